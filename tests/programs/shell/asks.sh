#!/bin/sh
# Reads a name from the user, who needs a second.
printf '? '
read -r name
echo "hello $name"
