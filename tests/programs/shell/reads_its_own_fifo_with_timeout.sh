#!/bin/bash
# The same queue, but the reader stops when nothing has come for a while.
mkfifo queue
exec 3<>queue
rm queue
printf 'one\ntwo\n' >&3
while read -r -t 0.5 job <&3; do
    echo "doing $job"
done
echo "all done"
