#!/bin/sh
(sleep 0.7; touch ready) &
until [ -e ready ]; do
    sleep 0.1
done
wait
echo ready
