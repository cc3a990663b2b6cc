#!/bin/bash
set -o pipefail
seq 1 1000000 | head -n 1
code=$?
echo "code $code"
[ $code -eq 141 ] || [ $code -eq 0 ]
