#!/bin/sh
mkfifo pipe1 pipe2
(tr a-z A-Z <pipe1 >pipe2) &
echo hello >pipe1 &
cat pipe2
wait
rm pipe1
