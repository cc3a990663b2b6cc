#!/bin/sh
# The answer to every question that may come.
yes
