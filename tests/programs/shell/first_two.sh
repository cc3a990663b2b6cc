#!/bin/sh
# The first lines of what a command prints. $1...: the command
"$@" | head -n 2
