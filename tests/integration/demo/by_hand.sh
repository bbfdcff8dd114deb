#!/usr/bin/env bash
# Germany's registry becomes a desk: questions of Brazil wait there, through kill -9, until an officer has taken and
# answered them, has asked back and refused and explained it, or has heard that one is taken back. Usage: by_hand.sh BUILD_DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
out=${TRACEGATE_DEMO_DIR:?say where}
tracegate=$build/tracegate

"$here/run_demo.sh" "$build" --keep > "$out.log" 2>&1 || { cat "$out.log"; exit 1; }
# The demonstration's last line to type ends its gateways: Serbia's, Germany's, Brazil's.
read -r -a pids <<< "$(sed -n 's/^ *kill \([0-9 ]*\).*/\1/p' "$out.log")"
declare -A pid=([rs]=${pids[0]} [de]=${pids[1]} [br]=${pids[2]})
trap 'kill -TERM "${pid[@]}" 2>/dev/null || true' EXIT

fail() { printf 'by_hand: %s\n' "$*" >&2; exit 1; }

restart() {
  local name=$1 i
  kill -KILL "${pid[$name]}" 2> /dev/null || true
  rm -f "$out/$name/address"
  "$build/tracegated" --config "$out/$name/gateway.yaml" 2>> "$out/$name/gateway.log" &
  pid[$name]=$!
  for ((i = 0; i < 200; i++)); do
    [ -s "$out/$name/address" ] && return 0
    kill -0 "${pid[$name]}" 2> /dev/null || break
    sleep 0.1
  done
  tail -3 "$out/$name/gateway.log" >&2
  fail "the gateway of ${name^^} did not start"
}

sed 's/officer/desk/' "$out/de/officer.yaml" > "$out/de/desk.yaml"
desk() { "$tracegate" --profile "$out/de/desk.yaml" desk "$@"; }
officer() { "$tracegate" --profile "$out/br/officer.yaml" trace "$@"; }
# The newest trace that somebody's list shows.
newest() {
  "$tracegate" --profile "$1" --json "${@:2}" |
    grep -o '"trace_id":"[^"]*"' | head -n 1 | cut -d '"' -f 4
}

sed -i "s/127.0.0.1:0/$(cat "$out/de/address")/; s/^    sql:.*/    desk: {acknowledge_within: 86400s}/" "$out/de/gateway.yaml"
restart de
[ "$(desk list)" = "nothing waits" ] || fail "something waits: $(desk list)"

# Waits until the output of a command has a line like that.
await() {
  local pattern=$1 i
  for ((i = 0; i < 900; i++)); do
    "${@:2}" > "$out/awaited.txt" 2>&1 || true
    if grep -q "$pattern" "$out/awaited.txt"; then return 0; fi
    sleep 0.1
  done
  cat "$out/awaited.txt" >&2
  fail "no '$pattern'"
}

{ cat "$here/seized_pistol.yaml"; echo "to_state: DE"; } > "$out/to_de.yaml"
status=0
officer create "$out/to_de.yaml" --request-id by-hand-1 --wait 5 > "$out/asked.txt" || status=$?
[ "$status" = 4 ] || fail "a question that nobody has answered came back with $status: $(cat "$out/asked.txt")"
desk list | tee "$out/list.txt"
grep -q 'BR/registry-office' "$out/list.txt" || fail "the desk has no question of Brazil"
question=$(newest "$out/de/desk.yaml" desk list)

desk take "$question" --reference "Az. 12/26" > "$out/taken.txt"
grep -q 'taken by DE/registry-office as Az. 12/26' "$out/taken.txt" || fail "$(cat "$out/taken.txt")"
restart de
desk list | grep -q acknowledged || fail "what was acknowledged is lost: $(desk list)"
desk take "$question" 2> "$out/again.txt" && fail "it was taken twice"
grep -q TRACE_STATE "$out/again.txt" || fail "$(cat "$out/again.txt")"
desk answer "$question" 2> "$out/empty.txt" && fail "an empty answer was taken"
grep -q 'answer.outcome' "$out/empty.txt" || fail "$(cat "$out/empty.txt")"

desk answer "$question" --outcome no_record --explanation "Neither in the books nor on the cards." > /dev/null
restart br
trace=$(newest "$out/br/officer.yaml" trace list)
await 'no record. Neither in the books' officer get "$trace"
cat "$out/awaited.txt"
"$tracegate" --profile "$out/de/compliance.yaml" log list --kind desk_told --trace "$question"

# What the desk wants to know, what it is told, why it refuses, and what that means.
ask() {
  local status=0
  officer create "$out/to_de.yaml" --request-id "$1" --wait 5 > "$out/asked.txt" || status=$?
  [ "$status" = 4 ] || fail "$1 came back with $status: $(cat "$out/asked.txt")"
  trace=$(newest "$out/br/officer.yaml" trace list)
  question=$(newest "$out/de/desk.yaml" desk list)
}
ask by-hand-2
officer supplement "$trace" --message "DE 19" 2> "$out/early.txt" && fail "nobody wanted that"
grep -q 'TRACE_STATE.*IN_PROGRESS' "$out/early.txt" || fail "$(cat "$out/early.txt")"
desk ask "$question" --message "Which import mark?" > /dev/null
await 'Which import mark?' officer get "$trace"
officer supplement "$trace" --message "On the frame" --import-mark "DE 19" > "$out/told.txt" || [ $? = 4 ]
grep -q 'added: On the frame' "$out/told.txt" || fail "$(cat "$out/told.txt")"
await 'added: On the frame' "$tracegate" --profile "$out/de/desk.yaml" trace get "$question"
desk refuse "$question" --ground ongoing_investigation > /dev/null
await 'withheld' officer get "$trace"
officer clarify "$trace" --question "Until when?" > "$out/sought.txt" || [ $? = 4 ]
grep -q 'clarification requested' "$out/sought.txt" || fail "$(cat "$out/sought.txt")"
await 'clarification requested' desk list
restart de
desk clarify "$question" --message "Until the trial in May." > /dev/null
await 'DE: Until the trial in May.' officer get "$trace"
cat "$out/awaited.txt"
officer get "$trace" --diagram | "$here/check_diagram.sh" by_hand || fail "the page is of another run"

# A question that is taken back leaves the desk.
ask by-hand-3
officer withdraw "$trace" --explanation "The owner was found." > "$out/withdrawn.txt" || [ $? = 4 ]
await 'nothing waits' desk list
await 'withdrawn by registry-office: The owner was found.' officer get "$trace"
desk take "$question" 2> "$out/gone.txt" && fail "a question that was taken back was taken"
grep -q 'WITHDRAWN' "$out/gone.txt" || fail "$(cat "$out/gone.txt")"
echo "by_hand: asked, taken, killed, answered, supplemented, refused, explained, withdrawn"
