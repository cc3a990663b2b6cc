#!/bin/bash
# A queue of jobs on descriptor 3, which is open for reading and for writing.
mkfifo queue
exec 3<>queue
rm queue
printf 'one\ntwo\n' >&3
while read -r job <&3; do
    echo "doing $job"
done
echo "all done"
