#!/bin/sh
nohup sleep 30 >/dev/null 2>&1 &
echo started
