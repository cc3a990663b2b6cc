#!/bin/bash
# A dialogue with a coprocess that answers each line, slowly.
coproc ECHO { while read -r line; do sleep 0.3; echo "<$line>"; done; }
for word in one two; do
    echo $word >&"${ECHO[1]}"
    read -r answer <&"${ECHO[0]}"
    echo "$answer"
done
exec {ECHO[1]}>&-
wait
