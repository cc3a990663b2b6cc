#!/bin/sh
# Three writers take turns.
for i in 1 2 3; do
    flock lock sh -c "sleep 0.2; echo $i >>turns" &
done
wait
sort turns
