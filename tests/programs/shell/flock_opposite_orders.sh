#!/bin/sh
# Two scripts that each hold one lock file and want the other's.
flock first sh -c 'sleep 0.2; flock second true' &
flock second sh -c 'sleep 0.2; flock first true' &
wait
echo done
