#!/bin/sh
# One after the other: cat never gets a writer.
mkfifo channel
cat channel
echo hi > channel
rm channel
