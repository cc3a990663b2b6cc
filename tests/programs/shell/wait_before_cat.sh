#!/bin/bash
# Starts the producer, waits for it, then looks at its output.
mkfifo results
seq 1 20000 >results &
exec 3<results
rm results
wait
wc -l <&3
