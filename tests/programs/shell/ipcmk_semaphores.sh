#!/bin/sh
ipcmk -S 4 >/dev/null
ipcmk -Q >/dev/null
echo "objects are ready"
