#!/bin/bash
# Here documents, process substitution, command substitution, subshells.
diff <(seq 1 5) <(printf '%s\n' 1 2 3 4 5) && echo same
total=0
while read -r n; do total=$((total + n)); done < <(seq 1 10; sleep 0.3)
echo "$total"
(cd / && pwd)
cat <<END
$(echo nested "$(echo deeper)")
END
