#!/bin/sh
mkfifo channel
cat channel &
sleep 0.6
echo hi > channel
wait
rm channel
