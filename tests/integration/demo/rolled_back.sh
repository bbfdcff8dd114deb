#!/usr/bin/env bash
# A record store that is replaced by an older copy: the gateway itself finds it by its high-water mark and only reads;
# without that mark the next State that is asked to cosign finds it, records it and refuses service, and the gateway
# stops recording. Usage: rolled_back.sh BUILD_DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
out=${TRACEGATE_DEMO_DIR:?say where}

"$here/run_demo.sh" "$build" --keep > "$out.log" 2>&1 || { cat "$out.log"; exit 1; }
read -r -a pids <<< "$(sed -n 's/^ *kill \([0-9 ]*\).*/\1/p' "$out.log")"
br=${pids[2]}
trap 'kill -TERM "${pids[0]}" "${pids[1]}" "$br" 2>/dev/null || true' EXIT

fail() { echo "rolled_back: $*"; tail -5 "$out/br/gateway.log"; exit 1; }

start() {
  local i
  rm -f "$out/br/address"
  "$build/tracegated" --config "$out/br/gateway.yaml" 2> "$out/br/gateway.log" &
  br=$!
  for ((i = 0; i < 200; i++)); do
    [ -s "$out/br/address" ] && return 0
    kill -0 "$br" 2>/dev/null || break
    sleep 0.1
  done
  fail "the gateway did not start"
}

stop() { kill -TERM "$br"; while kill -0 "$br" 2>/dev/null; do sleep 0.05; done; }

create() {
  "$build/tracegate" --profile "$out/br/officer.yaml" trace create "$here/seized_pistol.yaml" \
    --request-id "$1" 2>&1
}

wait_for() {  # FILE WORD
  local i
  for ((i = 0; i < 150; i++)); do grep -q "$2" "$1" && return 0; sleep 0.1; done
  fail "$1 never says $2"
}

stop
cp "$out/br/records.db" "$out/br/older.db"
start
create after-the-copy > /dev/null || fail "the trace after the copy"
wait_for "$out/rs/gateway.log" AddCheckpoint
sleep 3 # so that the new entries are cosigned
stop

echo "== an older copy, with the mark beside it"
cp "$out/br/older.db" "$out/br/records.db"
start
wait_for "$out/br/gateway.log" '"event":"log_damaged"'
grep -q 'was an older copy restored' "$out/br/gateway.log" || fail "it does not say what is wrong"
if create refused-1 > "$out/refused.txt"; then fail "it traced on a damaged log"; fi
grep -q LOG_READ_ONLY "$out/refused.txt" || fail "refused otherwise: $(cat "$out/refused.txt")"
"$build/tracegate" --profile "$out/br/compliance.yaml" log list > /dev/null || fail "the log cannot be read"
"$build/tracegate" --profile "$out/br/compliance.yaml" log checkpoint > /dev/null || fail "no checkpoint"
stop

echo "== the same, and somebody took the mark away too"
rm -f "$out/br/records.db.checkpoint"
cp "$out/br/older.db" "$out/br/records.db"
start
wait_for "$out/br/gateway.log" '"event":"log_damaged"'
grep -q 'cosigned it with' "$out/br/gateway.log" || fail "no witness told it"
for witness in rs de; do wait_for "$out/$witness/gateway.log" '"event":"log_conflict"'; done
"$build/tracegate" --profile "$out/rs/compliance.yaml" log list --kind log_conflict_found |
  grep -q 'log conflict found' || fail "Serbia has no entry of it"
if create refused-2 > "$out/refused.txt"; then fail "it traced on a rolled-back log"; fi
echo "rolled_back: found by itself, and by two witnesses"
