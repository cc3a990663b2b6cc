#!/bin/sh
set -eu
seq 1 5000 | sed 's/$/ apples/' | awk '{ n += $1 } END { print n }' | tee total | tr -d '\n' | wc -c
sort -rn total | head -n 1
find / -maxdepth 1 -type d 2>/dev/null | sort | head -n 1
tar cf - total | tar tf -
