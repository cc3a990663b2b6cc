#!/bin/sh
# The shell becomes sleep, which knows nothing of the shell's child.
sleep 0.1 &
exec sleep 0.5
