#!/bin/bash
# A server on two FIFOs that ends when it is told to.
mkfifo requests answers
{
    while read -r line; do
        [ "$line" = quit ] && break
        echo "$((line * line))"
    done <requests >answers
} &
exec 3>requests 4<answers
for n in 3 4 5; do
    echo $n >&3
    read -r square <&4
    echo "$square"
    sleep 0.1
done
echo quit >&3
wait
rm requests answers
