# SPDX-License-Identifier: MIT
# What shells do all day: arrays, subshells, pipes, here-documents, substitutions, traps and background jobs.
set -uo pipefail

words=()
for ((i = 0; i < 3000; i++)); do words+=("word-$((i * 7919 % 3001))"); done
echo "${#words[@]} ${words[*]: -3} ${words[*]:100:5}"

declare -A lengths
for word in "${words[@]}"; do lengths[$word]=${#word}; done
sum=0
for key in "${!lengths[@]}"; do sum=$((sum + lengths[$key])); done
echo "$sum ${#lengths[@]}"
unset 'words[5]' 'lengths[word-7]'
echo "${#words[@]} ${#lengths[@]}"

text=""
for ((i = 0; i < 2000; i++)); do text+="$i,"; done
echo "${#text} ${text//1/one}" | cksum
echo "${text%%,17*}" | cksum
IFS=, read -ra parts <<<"$text"
echo "${#parts[@]}"

while read -r number name; do printf '%05d:%s\n' "$number" "${name^^}"; done <<END
1 one
22 $(echo "two from a $(echo nested) substitution")
333 three
END

(
  cd /
  x=inner
  echo "$x in $(pwd)"
  exit 3
)
echo "the subshell left ${x-nothing} and $?"

count() { seq "$1" | sort -R --random-source=/dev/zero | sort -n | awk '{ s += $1 } END { print s }'; }
echo "$(count 500) $(count 5000 | tr 0-9 a-j)"

fibonacci() { if (($1 < 2)); then echo "$1"; else echo $(($(fibonacci $(($1 - 1))) + $(fibonacci $(($1 - 2))))); fi; }
fibonacci 9

pids=()
for job in 1 2 3 4 5 6; do
  (
    for ((i = 0; i < 300; i++)); do line="$job $i ${line-}"; line=${line:0:400}; done
    echo "$line" >"job.$job"
    exit "$job"
  ) &
  pids+=($!)
done
statuses=()
for pid in "${pids[@]}"; do
  wait "$pid"
  statuses+=($?)
done
echo "${statuses[*]}"
cksum job.*

trap 'echo "trapped"' USR1
kill -USR1 $$
coproc upper { while read -r line; do echo "${line^^}"; done; }
for word in some words there and back; do
  echo "$word" >&"${upper[1]}"
  read -r -u "${upper[0]}" answer
  printf '%s ' "$answer"
done
echo
exec {upper[1]}>&-
wait
diff <(seq 100) <(seq 2 101) | cksum
for ((i = 0; i < 200; i++)); do : "$(:)"; done
[[ "$text" =~ 1(99)9, ]] && echo "${BASH_REMATCH[1]}"
mapfile -t lines < <(seq 20000)
echo "${#lines[@]} ${lines[-1]}"
trap 'echo "the end"' EXIT
