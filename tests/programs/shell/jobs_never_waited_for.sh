#!/bin/bash
# The shell itself reaps its background jobs.
sleep 0.1 &
sleep 0.2 &
true &
sleep 0.4
echo done
