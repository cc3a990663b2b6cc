#!/bin/sh
# A worker counts signals while it waits; wait is interrupted and started again.
count=0
trap 'count=$((count + 1))' USR1
(sleep 0.2; kill -USR1 $$; sleep 0.2; kill -USR1 $$) &
worker=$!
while kill -0 $worker 2>/dev/null; do
    wait $worker
done
echo "$count signals"
