#!/usr/bin/env bash
# A seizure of 500 weapons is imported over mutual TLS while the gateway is killed, and once more while somebody presses
# Ctrl-C: the same command goes on with the rest, each weapon is traced once, and none is lost. Some are asked abroad.
# Usage: import_kill_nine.sh BUILD_DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
demo=$here/../demo
build=$(cd "$1" && pwd)
out=${TRACEGATE_DEMO_DIR:?say where}
weapons=500

"$demo/run_demo.sh" "$build" --keep > "$out.log" 2>&1 || { cat "$out.log"; exit 1; }
# The demonstration's last line to type ends its gateways, the asking State's last.
read -r -a pids <<< "$(sed -n 's/^ *kill \([0-9 ]*\).*/\1/p' "$out.log")"
br=${pids[2]}
trap 'kill -TERM "${pids[0]}" "${pids[1]}" "$br" 2>/dev/null || true' EXIT

fail() { printf 'import_kill_nine: %s\n' "$*" >&2; exit 1; }

restart() {
  local i
  rm -f "$out/br/address"
  "$build/tracegated" --config "$out/br/gateway.yaml" 2>> "$out/br/gateway.log" &
  br=$!
  for ((i = 0; i < 200; i++)); do
    [ -s "$out/br/address" ] && return 0
    kill -0 "$br" 2>/dev/null || break
    sleep 0.1
  done
  tail -3 "$out/br/gateway.log" >&2
  fail "the gateway did not start again"
}

# Numbers in no order: every tenth weapon is Serbian, and Serbia is asked.
make_seizure() {
  local i
  echo "reference,serial,make,country"
  for ((i = 1; i <= weapons; i++)); do
    if ((i % 10 == 0)); then
      printf 'r%03d,%s%06d,ZASTAVA,SRBIJA\n' "$i" "$1" "$((i * 7919 % 999983))"
    else
      printf 'r%03d,%s%06d,TAURUS,BRASIL\n' "$i" "$1" "$((i * 7919 % 999983))"
    fi
  done
}

sed '/^item:/,/^grounds:/{/^grounds:/!d}' "$demo/seized_pistol.yaml" > "$out/request.yaml"

import() {  # BATCH, OUTPUT
  "$build/tracegate" --profile "$out/br/officer.yaml" --json trace import "$out/$1.csv" \
    --file "$out/request.yaml" --batch "$1"
}

# Until the import has so many answers; it is slowed by the limits, so that it is then in its middle.
await_answers() {  # FILE, COUNT, PROCESS
  local i
  for ((i = 0; i < 600; i++)); do
    [ "$(wc -l < "$1")" -ge "$2" ] && return 0
    kill -0 "$3" 2>/dev/null || break
    sleep 0.05
  done
  fail "no $2 answers came: $(wc -l < "$1")"
}

# Each weapon has one trace, and those that had one before still have it.
check() {  # BATCH, FIRST ANSWERS, LAST ANSWERS
  local traces
  [ "$(wc -l < "$3")" = "$weapons" ] || fail "$1: $(wc -l < "$3") answers of $weapons"
  ! grep -q '"failure"' "$3" || fail "$1: $(grep -m 1 '"failure"' "$3")"
  pairs "$2" > "$2.pairs"
  pairs "$3" > "$3.pairs"
  [ "$(cut -d' ' -f2 "$3.pairs" | sort -u | wc -l)" = "$weapons" ] || fail "$1: two weapons share a trace"
  [ -z "$(comm -23 "$2.pairs" "$3.pairs")" ] || fail "$1: traced twice: $(comm -23 "$2.pairs" "$3.pairs" | head -3)"
  # In the gateway's own records too.
  traces=$(sqlite3 "file:$out/br/records.db?mode=ro" \
    "SELECT COUNT(*), COUNT(DISTINCT request_id) FROM trace WHERE request_id LIKE '$1-%'")
  [ "$traces" = "$weapons|$weapons" ] || fail "$1: the gateway has $traces traces"
}

# Request id and trace id of each whole line, sorted.
pairs() {
  sed -n 's/.*"request_id":"\([^"]*\)","trace":{"trace_id":"\([^"]*\)".*}$/\1 \2/p' "$1" | sort
}

kill -TERM "$br"
for ((i = 0; i < 200; i++)); do kill -0 "$br" 2>/dev/null || break; sleep 0.1; done
echo 'limits: {calls_per_minute: 6000, burst: 60}' >> "$out/br/gateway.yaml"
restart

make_seizure KN > "$out/killed-gateway.csv"
import killed-gateway > "$out/killed.1" 2> "$out/killed.1.err" &
running=$!
await_answers "$out/killed.1" 150 "$running"
kill -KILL "$br"
status=0; wait "$running" || status=$?
[ "$status" = 3 ] || fail "the import that lost its gateway ended with $status: $(tail -3 "$out/killed.1.err")"
grep -q 'not answered' "$out/killed.1.err" || fail "it does not say what is left: $(tail -3 "$out/killed.1.err")"
answered=$(grep -c '"trace"' "$out/killed.1")
restart
status=0; import killed-gateway > "$out/killed.2" 2> "$out/killed.2.err" || status=$?
[ "$status" = 0 ] || [ "$status" = 4 ] || fail "the second run ended with $status: $(tail -3 "$out/killed.2.err")"
check killed-gateway "$out/killed.1" "$out/killed.2"
[ "$answered" -lt "$weapons" ] || fail "the gateway was killed too late to tell anything"

make_seizure CC > "$out/ctrl-c.csv"
# A job of a script ignores Ctrl-C unless it has a job control of its own.
set -m
import ctrl-c > "$out/stopped.1" 2> "$out/stopped.1.err" &
running=$!
set +m
await_answers "$out/stopped.1" 100 "$running"
kill -INT -- "-$running"
status=0; wait "$running" || status=$?
[ "$status" = 4 ] || fail "the import that was stopped ended with $status: $(tail -3 "$out/stopped.1.err")"
grep -q 'not answered' "$out/stopped.1.err" || fail "$(tail -3 "$out/stopped.1.err")"
# What was sent was answered: no line is torn, and every trace that the gateway has was told.
[ "$(pairs "$out/stopped.1" | wc -l)" = "$(wc -l < "$out/stopped.1")" ] || fail "a line is torn"
has=$(sqlite3 "file:$out/br/records.db?mode=ro" "SELECT COUNT(*) FROM trace WHERE request_id LIKE 'ctrl-c-%'")
[ "$has" = "$(wc -l < "$out/stopped.1")" ] || fail "$has traces, $(wc -l < "$out/stopped.1") told"
status=0; import ctrl-c > "$out/stopped.2" 2> "$out/stopped.2.err" || status=$?
[ "$status" = 0 ] || [ "$status" = 4 ] || fail "the second run ended with $status: $(tail -3 "$out/stopped.2.err")"
check ctrl-c "$out/stopped.1" "$out/stopped.2"

# Serbia was asked about each of its weapons once.
asked=$(sqlite3 "file:$out/rs/records.db?mode=ro" \
  "SELECT COUNT(*), COUNT(DISTINCT serial_number) FROM trace WHERE serial_number GLOB 'KN*' OR serial_number GLOB 'CC*'")
[ "$asked" = "$((weapons / 5))|$((weapons / 5))" ] || fail "Serbia has $asked questions, $((weapons / 5)) weapons"
echo "import_kill_nine: killed after $answered of $weapons, stopped after $has; each weapon is traced once, none is lost"
