#!/usr/bin/env bash
# What a gateway has acknowledged survives kill -9: officers open traces while it is killed again and again; afterwards
# each reply that an officer got is given again, byte for byte, and the log still verifies (the gateway refuses to start
# otherwise). Usage: kill_nine.sh BUILD_DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
out=${TRACEGATE_DEMO_DIR:?say where}
rounds=${ROUNDS:-3}
per_round=${PER_ROUND:-12}

"$here/run_demo.sh" "$build" --keep > "$out.log" 2>&1 || { cat "$out.log"; exit 1; }
# The demonstration's last line to type ends its gateways, the asking State's last.
read -r -a pids <<< "$(sed -n 's/^ *kill \([0-9 ]*\).*/\1/p' "$out.log")"
br=${pids[2]}
trap 'kill -TERM "${pids[0]}" "${pids[1]}" "$br" 2>/dev/null || true' EXIT

create() {
  "$build/tracegate" --profile "$out/br/officer.yaml" --json trace create "$here/seized_pistol.yaml" \
    --serial "$2" --request-id "$1" --wait 10
}

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
  tail -3 "$out/br/gateway.log"
  echo "kill_nine: the gateway did not start again"
  exit 1
}

mkdir -p "$out/replies"
rm -f "$out/replies"/*
for ((round = 0; round < rounds; round++)); do
  for ((i = 0; i < per_round; i++)); do
    id=kill-$round-$i-$$
    if create "$id" "381$((20 + i))" > "$out/replies/$id.tmp" 2> /dev/null; then
      mv "$out/replies/$id.tmp" "$out/replies/$id"
    fi
  done &
  load=$!
  sleep "0.$((3 + round * 2))"
  kill -KILL "$br"
  wait "$load" || true
  restart
done

acknowledged=0
for reply in "$out/replies"/kill-*; do
  case $reply in *.tmp) continue ;; esac
  id=$(basename "$reply")
  create "$id" "381$((20 + $(cut -d- -f3 <<< "$id")))" > "$out/again"
  cmp "$reply" "$out/again" || { echo "kill_nine: $id is answered differently"; exit 1; }
  acknowledged=$((acknowledged + 1))
done
[ "$acknowledged" -gt 0 ] || { echo "kill_nine: no trace was acknowledged"; exit 1; }
echo "kill_nine: killed $rounds times; all $acknowledged acknowledged replies stand, byte for byte"
