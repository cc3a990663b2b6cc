#!/bin/bash
# Waits for the coprocess with its input still open.
coproc UPPER { tr a-z A-Z >&2; }
echo hello >&"${UPPER[1]}"
wait "$UPPER_PID"
echo "exit $?"
