#!/bin/sh
( setsid sleep 30 </dev/null >/dev/null 2>&1 & )
echo started
