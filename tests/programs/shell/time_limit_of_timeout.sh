#!/bin/sh
# timeout(1) stops what would wait for ever.
timeout 0.5 sleep 30
echo "code $?"
timeout -s KILL 0.3 sh -c 'trap "" TERM; sleep 0.6' 2>/dev/null
echo "code $?"
