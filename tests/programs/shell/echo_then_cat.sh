#!/bin/sh
set -e
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkfifo "$dir/p"
seq 5 > "$dir/p"
sort -r < "$dir/p"
