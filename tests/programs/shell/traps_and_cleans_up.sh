#!/bin/sh
# A temporary folder, a helper, a signal to itself, and everything is cleared in the trap.
work=$(mktemp -d)
clean() {
    rm -rf "$work"
    echo "cleaned"
}
trap clean EXIT
trap 'echo "told to stop"; exit 0' TERM
mkfifo "$work/control"
(echo ready >"$work/control"; sleep 0.3; kill -TERM $$) &
read -r state <"$work/control"
echo "$state"
while :; do
    sleep 0.1
done
