#!/bin/bash
# The process substitution ends at once, the script goes on writing to it.
exec 4> >(exit 0)
sleep 0.3
echo one >&4
echo two >&4
echo finished
