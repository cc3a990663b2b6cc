#!/bin/sh
seq 1 8 | xargs -P 4 -n 2 sh -c 'sleep 0.1; echo $(($1 + $2))' sh | sort -n | tr '\n' ' '
echo
