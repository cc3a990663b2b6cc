#!/bin/bash
# The helper is stopped by a trap at the end of the script.
sleep 30 &
helper=$!
trap 'kill "$helper"; wait "$helper" 2>/dev/null; echo stopped' EXIT
sleep 0.2
echo "work done"
exit 0
