#!/bin/sh
# make -j2 with gcc: pipes, temporary files, job tokens.
set -e
cat >Makefile <<'END'
all: one two
	@./one; ./two
one two: %: %.c
	@gcc -pipe -o $@ $<
END
for name in one two; do
    printf '#include <stdio.h>\nint main(void) { puts("%s"); return 0; }\n' $name >$name.c
done
make -s -j2
