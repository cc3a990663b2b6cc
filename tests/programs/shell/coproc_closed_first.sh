#!/bin/bash
coproc UPPER { sleep 0.4; tr a-z A-Z; }
exec 5<&"${UPPER[0]}"
echo hello >&"${UPPER[1]}"
exec {UPPER[1]}>&-
cat <&5
wait
