#!/usr/bin/env bash
# Germany's registry becomes a desk: a question of Brazil waits there, through kill -9, until an officer has taken and
# answered it. Usage: by_hand.sh BUILD_DIR
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
restart br  # asks at once what it has no answer to
trace=$(newest "$out/br/officer.yaml" trace list)
for ((i = 0; i < 100; i++)); do
  officer get "$trace" > "$out/answered.txt" && break
  sleep 0.1
done
cat "$out/answered.txt"
grep -q 'no record. Neither in the books' "$out/answered.txt" || fail "Brazil has no answer"
"$tracegate" --profile "$out/de/compliance.yaml" log list --kind desk_told --trace "$question"
echo "by_hand: asked, taken, killed, answered"
