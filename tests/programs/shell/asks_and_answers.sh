#!/bin/sh
# Reads a name from the user, who needs a second.
printf 'name? '
read -r name
echo "hello $name"
