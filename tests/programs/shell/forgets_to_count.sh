#!/bin/sh
i=0
while [ $i -lt 10 ]; do
    j=$((i + 1))
done
echo "$i"
