#!/bin/sh
# Both kinds of objects, and both are removed.
number() { sed 's/.*: *//'; }
memory=$(ipcmk -M 4096 | number)
semaphores=$(ipcmk -S 2 | number)
queue=$(ipcmk -Q | number)
ipcrm -m "$memory" -s "$semaphores" -q "$queue" && echo removed
