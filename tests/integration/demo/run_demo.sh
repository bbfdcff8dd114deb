#!/usr/bin/env bash
# Three States, three gateways, three registries in three languages: a pistol seized in Brazil is traced through Serbia
# and Germany over mutual TLS. Usage: run_demo.sh BUILD_DIR [--keep]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=$(cd "$1" && pwd)
keep=no
[ "${2:-}" = --keep ] && keep=yes
out=${TRACEGATE_DEMO_DIR:-$root/out/demo}
tracegate=$build/tracegate
pids=()

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'demo: %s\n' "$*" >&2; exit 1; }

end_gateways() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  pids=()
}
trap end_gateways EXIT

# The keys of each State's log, and those it cosigns others' logs with.
make_log_keys() {
  local name key
  for name in br rs de; do
    mkdir -p "$out/$name"
    for key in log cosign; do
      [ -f "$out/$name/$key.key" ] ||
        (umask 077 && openssl genpkey -algorithm ed25519 -out "$out/$name/$key.key")
    done
  done
}

log_key() { "$tracegate" log key --origin "$1.example/tracegate" --key "$out/$1/log.key"; }
cosigning_key() {
  "$tracegate" log key --origin "$1.example/tracegate" --key "$out/$1/cosign.key" --cosigner
}

# The two other States' logs.
watched_logs() {
  local name logs=
  for name in br rs de; do
    [ "$name" = "$1" ] || logs="$logs{state: ${name^^}, key: $(log_key "$name")}, "
  done
  printf '%s' "${logs%, }"
}

# A State's folder: registry, mapping, keys.
make_state() {
  local state=$1 name=$2
  mkdir -p "$out/$name"
  rm -f "$out/$name"/{registry.db,records.db*,address,gateway.log}
  sqlite3 "$out/$name/registry.db" < "$here/$name.sql"
  cp "$here/${name}_mapping.yaml" "$out/$name/mapping.yaml"
  rm -f "$out/$name"/records.db.checkpoint
  cat > "$out/$name/gateway.yaml" <<YAML
states: [$state]
server: {listen: "127.0.0.1:0", address_file: address}
identity:
  certificate_chain: ../pki/$state/gateway.chain.pem
  private_key: ../pki/$state/gateway.key
  trust:
    - {state: BR, trust_domain: br.example, bundle: ../pki/trust/BR.pem, crl: ../pki/trust/BR.crl.pem}
    - {state: RS, trust_domain: rs.example, bundle: ../pki/trust/RS.pem, crl: ../pki/trust/RS.crl.pem}
    - {state: DE, trust_domain: de.example, bundle: ../pki/trust/DE.pem, crl: ../pki/trust/DE.crl.pem}
storage: {sqlite: {file: records.db}}
evidence:
  origin: $name.example/tracegate
  signing_key: log.key
  cosigning_key: cosign.key
  witnessing:
    interval: 2s
    refuse_service: true
    logs: [$(watched_logs "$name")]
agreements:
  - id: BR-RS-2019
    asking_state: BR
    answering_state: RS
    legal_basis: ITI
    purposes: [CRIMINAL_INVESTIGATION, PROSECUTION]
    disclose: [record_number, firearm, events]
    handling: [H1]
    requires_confidentiality: true
    valid_from: 2019-01-01
  - id: BR-DE-2021
    asking_state: BR
    answering_state: DE
    legal_basis: BILATERAL
    purposes: [CRIMINAL_INVESTIGATION]
    disclose: [record_number, firearm, events.kind, events.date, events.from_state, events.to_state]
    handling: [H1, H2]
    onward_needs_consent: true
    valid_from: 2021-07-01
registries:
  - name: $name-registry
    state: $state
    sql: {sqlite_file: registry.db, mapping: mapping.yaml}
YAML
}

# The asking State also knows the other two gateways.
add_peers() {
  local name
  for name in rs de; do
    cat >> "$out/br/gateway.yaml" <<YAML
  - name: $name-gateway
    state: ${name^^}
    peer: {address: "$(cat "$out/$name/address")", cosigning_key: $(cosigning_key "$name")}
YAML
  done
}

start_gateway() {
  local name=$1 i
  "$build/tracegated" --config "$out/$name/gateway.yaml" --check > /dev/null
  "$build/tracegated" --config "$out/$name/gateway.yaml" 2> "$out/$name/gateway.log" &
  pids+=($!)
  for ((i = 0; i < 200; i++)); do
    [ -s "$out/$name/address" ] && return 0
    kill -0 "${pids[-1]}" 2>/dev/null || break
    sleep 0.1
  done
  cat "$out/$name/gateway.log" >&2
  fail "the gateway of ${name^^} did not start"
}

# What a person of that State needs to speak to its gateway.
make_profile() {
  local name=$1 who=$2
  cat > "$out/$name/$who.yaml" <<YAML
gateway_file: address
roots: ../pki/trust/${name^^}.pem
certificate_chain: ../pki/${name^^}/$who.chain.pem
private_key: ../pki/${name^^}/$who.key
log_key: $(log_key "$name")
YAML
}

mkdir -p "$out"
say "Keys and certificates: one root per country"
"$root/certs/dev_pki.sh" "$out/pki" BR=br.example RS=rs.example DE=de.example

say "Three registries, three gateways on 127.0.0.1, mutual TLS 1.3"
make_log_keys
make_state RS rs; make_state DE de; make_state BR br
start_gateway rs; start_gateway de
add_peers
start_gateway br
for name in br rs de; do
  make_profile "$name" officer
  make_profile "$name" compliance
  printf '%s  %s\n' "${name^^}" "$(cat "$out/$name/address")"
done

say "Before anything is sent: the quality gate reads the marks (tracegate trace check)"
"$tracegate" --profile "$out/br/officer.yaml" trace check "$here/seized_pistol.yaml"

say "A serial nobody can look for is stopped here, not abroad"
"$tracegate" --profile "$out/br/officer.yaml" trace create "$here/seized_pistol.yaml" --serial RASPADO &&
  fail "a removed serial was sent on"

say "The trace: Brazil asks Serbia, Serbia names Germany, Germany answers (tracegate trace create)"
"$tracegate" --profile "$out/br/officer.yaml" trace create "$here/seized_pistol.yaml" --request-id demo-0001 |
  tee "$out/trace.txt"
grep -q 'reported lost or stolen' "$out/trace.txt" || fail "the trace did not reach the theft in Germany"
grep -q 'receipt verified' "$out/trace.txt" || fail "the receipt was not verified"

say "Asked again under the same id, it answers the same bytes"
"$tracegate" --profile "$out/br/officer.yaml" --json trace create "$here/seized_pistol.yaml" --request-id demo-0001 > "$out/first.json"
"$tracegate" --profile "$out/br/officer.yaml" --json trace create "$here/seized_pistol.yaml" --request-id demo-0001 > "$out/second.json"
cmp "$out/first.json" "$out/second.json" && echo "same"

say "The reply, kept in a file, is proof without any gateway (tracegate receipt verify)"
rm -f "$out/reply"
"$tracegate" --profile "$out/br/officer.yaml" trace create "$here/seized_pistol.yaml" --request-id demo-0001 --save "$out/reply" > "$out/saved.txt"
"$tracegate" receipt verify --reply "$out/reply" --key "$(log_key br)"
rm -f "$out/watched"
trace_id=$(grep -o '"trace_id":"[^"]*"' "$out/first.json" | head -n 1 | cut -d '"' -f 4)
"$tracegate" --profile "$out/br/officer.yaml" trace watch "$trace_id" --save "$out/watched" > "$out/watch.txt"
"$tracegate" receipt verify --reply "$out/watched" --key "$(log_key br)"

"$tracegate" --profile "$out/br/officer.yaml" trace get "$trace_id" --diagram | "$here/check_diagram.sh" demo

say "What each gateway has on record (tracegate log list)"
for name in br rs de; do
  printf -- '-- %s\n' "${name^^}"
  "$tracegate" --profile "$out/$name/compliance.yaml" log list
  "$tracegate" --profile "$out/$name/compliance.yaml" log checkpoint
done

say "Serbia and Germany cosign Brazil's log, and would refuse one that is cut or rewritten"
for ((i = 0; i < 100; i++)); do
  "$tracegate" --profile "$out/br/compliance.yaml" log list --kind cosignature_received > "$out/cosigned.txt"
  [ "$(grep -c 'cosignature received' "$out/cosigned.txt")" -ge 2 ] && break
  sleep 0.1
done
grep 'cosignature received' "$out/cosigned.txt" || fail "nobody cosigned"

say "The whole log as files (tracegate log export), checked with its public key alone (tracegate log verify)"
rm -rf "$out/br/export"
"$tracegate" --profile "$out/br/compliance.yaml" log export "$out/br/export"
"$tracegate" log verify --export "$out/br/export" --key "$(log_key br)"
"$tracegate" log verify --database "$out/br/records.db" --key "$(log_key br)" > "$out/database.txt" ||
  fail "the database does not verify: $(cat "$out/database.txt")"

if [ $keep = yes ]; then
  say "The gateways run on (their process ids: ${pids[*]}). Try, from $root:"
  cat <<TEXT
  export TRACEGATE_PROFILE=$out/br/officer.yaml
  $tracegate trace list
  $tracegate trace create tests/integration/demo/seized_pistol.yaml --serial 38127
  $tracegate trace create tests/integration/demo/seized_pistol.yaml --serial '3812?'
  $tracegate --profile $out/rs/officer.yaml trace list
  $tracegate --profile $out/de/compliance.yaml log list --newest
  kill ${pids[*]}        # when you are done
TEXT
  disown -a
  trap - EXIT
  exit 0
fi
say "Done: the pistol was stolen in Germany in October 2017. Ending the gateways."
