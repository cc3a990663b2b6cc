#!/bin/sh
# Waits for a file that another script should make.
until [ -e ready ]; do
    sleep 0.2
done
echo ready
