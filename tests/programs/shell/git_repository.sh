#!/bin/sh
# git starts many programs, some of them in the background.
set -e
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init -q -b main repository
cd repository
echo text >file
git add file
git -c user.name=a -c user.email=a@b.c commit -q -m "First"
git log --oneline | wc -l
git -c gc.auto=1 gc --quiet
git fsck --no-progress
git archive HEAD | tar t
