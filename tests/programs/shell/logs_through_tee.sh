#!/bin/bash
# All output of the script also goes to a log, by a process substitution, which ends with it.
exec > >(tee log) 2>&1
echo one
sleep 0.2
echo two >&2
exec >&- 2>&-
wait
