#!/bin/bash
# sort answers when its input has ended, and it never ends.
coproc sort
printf 'b\na\n' >&"${COPROC[1]}"
read -r first <&"${COPROC[0]}"
echo "first is $first"
