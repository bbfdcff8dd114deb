#!/usr/bin/env bash
# What docs/reference/cli.md promises of `tracegate certs`. Usage: certs_commands_test.sh TRACEGATE DEV_PKI_SH
set -euo pipefail

readonly tracegate=$1 dev_pki=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
readonly pki=$dir/pki

fail() { echo "FAILED: $1" >&2; exit 1; }

# expect STATUS TEXT ARGUMENT...: `tracegate certs` ends with that status and says that.
expect() {
  local wanted=$1 text=$2 status=0 said
  shift 2
  said=$("$tracegate" certs "$@" 2>&1) || status=$?
  [[ $status == "$wanted" ]] || fail "certs $* gave status $status: $said"
  [[ $said == *"$text"* ]] || fail "certs $* did not say '$text': $said"
}

bash "$dev_pki" "$pki" BR=br.example PT=pt.example >/dev/null
bash "$dev_pki" --revoke BR/officer "$pki" BR=br.example >/dev/null
br=(--bundle "$pki/trust" --trust-domain BR=br.example)
both=("${br[@]}" --trust-domain PT=pt.example)

# verify: folders.
expect 0 'spiffe://br.example/registry-office/desk' verify "${br[@]}" --chain "$pki/BR/desk.chain.pem"
expect 0 '"revocation":"current"' verify "${br[@]}" --chain "$pki/BR/desk.chain.pem" --json
expect 1 'CERTIFICATE_REVOKED' verify "${br[@]}" --chain "$pki/BR/officer.chain.pem"
expect 1 '"reason":"CERTIFICATE_REVOKED"' verify "${br[@]}" --chain "$pki/BR/officer.chain.pem" --json
expect 1 'CERTIFICATE_UNTRUSTED' verify "${br[@]}" --chain "$pki/PT/desk.chain.pem"
expect 0 'PT' verify "${both[@]}" --chain "$pki/PT/desk.chain.pem"
expect 1 'CERTIFICATE_EXPIRED' verify --bundle "$pki/trust" --path-only --chain "$pki/BR/desk.chain.pem" --at 2020-01-01
expect 1 'REVOCATION_UNKNOWN' verify "${br[@]}" --crl "$pki/BR/root.crl.pem" --chain "$pki/BR/desk.chain.pem"
expect 1 'REVOCATION_UNKNOWN' verify "${both[@]}" --crl "$pki/BR/bundle.crl.pem" --chain "$pki/PT/desk.chain.pem"

# verify: mistakes.
expect 2 '--bundle' verify --chain "$pki/BR/desk.chain.pem"
expect 2 '--trust-domain' verify --bundle "$pki/trust" --chain "$pki/BR/desk.chain.pem"
expect 2 'cannot be read' verify "${br[@]}" --chain "$dir/nothing"
expect 2 'cannot be read' verify --bundle "$dir/nothing" --trust-domain BR=br.example --chain "$pki/BR/desk.chain.pem"
expect 2 '--at' verify "${br[@]}" --chain "$pki/BR/desk.chain.pem" --at yesterday

# verify: the path alone, and lines.
expect 0 'accepted' verify --bundle "$pki/trust" --path-only --chain "$pki/BR/issuing.pem"
expect 1 'CERTIFICATE_REVOKED' verify --bundle "$pki/trust" --path-only --crl "$pki/trust/BR.crl.pem" \
  --chain "$pki/BR/officer.chain.pem"
printf '{"id": 1}\n' >"$dir/lines"
status=0
said=$("$tracegate" certs verify --jsonl <"$dir/lines") || status=$?
[[ $status == 2 && $said == *'"unreadable"'* ]] || fail "--jsonl gave $status: $said"

# A gateway's configuration serves as well, and its ends are watched.
cat >"$dir/gateway.yaml" <<'YAML'
states: [BR]
server: {listen: "127.0.0.1:0"}
identity:
  certificate_chain: pki/BR/gateway.chain.pem
  private_key: pki/BR/gateway.key
  trust:
    - {state: BR, trust_domain: br.example, bundle: pki/trust/BR.pem, crl: pki/trust/BR.crl.pem, crl_grace: 2d}
    - {state: PT, trust_domain: pt.example, bundle: pki/trust/PT.pem, no_revocation: true}
storage: {sqlite: {file: records.db}}
evidence: {origin: br.example/tracegate, signing_key: log.key}
YAML
expect 0 'desk' verify --config "$dir/gateway.yaml" --chain "$pki/BR/desk.chain.pem"
expect 0 'not_checked' verify --config "$dir/gateway.yaml" --chain "$pki/PT/desk.chain.pem"
expect 1 'CERTIFICATE_REVOKED' verify --config "$dir/gateway.yaml" --chain "$pki/BR/officer.chain.pem"
expect 0 'CRL of BR development issuing CA' status --config "$dir/gateway.yaml"
in_days() { date -u -d "+$1 days" +%Y-%m-%dT%H:%M:%SZ; }
expect 7 'ends soon' status --config "$dir/gateway.yaml" --at "$(in_days 25)"
expect 7 'stale, put up with until' status --config "$dir/gateway.yaml" --at "$(in_days 31)"
expect 8 'ended' status --config "$dir/gateway.yaml" --at "$(in_days 33)"
expect 8 '"standing":"ended"' status --config "$dir/gateway.yaml" --at "$(in_days 100)" --json
sed 's/, crl: [^,]*, crl_grace: 2d//' "$dir/gateway.yaml" >"$dir/silent.yaml"
expect 2 'no_revocation: true' status --config "$dir/silent.yaml"
sed 's/no_revocation: true/no_revocation: false/' "$dir/gateway.yaml" >"$dir/false.yaml"
expect 2 'can only be true' status --config "$dir/false.yaml"
sed 's/no_revocation: true/no_revocation: true, crl: x/' "$dir/gateway.yaml" >"$dir/two.yaml"
expect 2 'crl' status --config "$dir/two.yaml"
sed 's/crl_grace: 2d/crl_grace: 31d/' "$dir/gateway.yaml" >"$dir/long.yaml"
expect 2 'must be 0s to 30d' status --config "$dir/long.yaml"
sed 's/no_revocation: true/no_revocation: true, crl_grace: 1h/' "$dir/gateway.yaml" >"$dir/idle.yaml"
expect 2 'means nothing' status --config "$dir/idle.yaml"

# inspect.
expect 0 'spiffe://br.example/gateway/peer' inspect "$pki/BR/gateway.chain.pem"
expect 0 '"is_ca":true' inspect --json "$pki/BR/root.pem"
expect 2 'CONFIG_INVALID' inspect "$pki/BR/gateway.key"

# issue: a key here, or a request from elsewhere; nothing is overwritten.
order=(issue --ca "$pki/BR/issuing" --trust-domain br.example --agency policia-federal)
expect 0 'spiffe://br.example/policia-federal/registry' "${order[@]}" --role registry --out "$dir/new"
expect 0 'role              registry' verify "${br[@]}" --chain "$dir/new.chain.pem"
[[ $(stat -c %a "$dir/new.key") == 600 ]] || fail "the key is readable by others"
[[ $(openssl x509 -in "$dir/new.chain.pem" -noout -pubkey) == "$(openssl pkey -in "$dir/new.key" -pubout)" ]] ||
  fail "the key is not the certificate's"
before=$(cat "$dir/new.key" "$dir/new.chain.pem")
expect 2 'exists already' "${order[@]}" --role desk --out "$dir/new"
rm "$dir/new.chain.pem"
expect 2 'exists already' "${order[@]}" --role desk --out "$dir/new"
[[ $before == "$(cat "$dir/new.key")"* ]] || fail "a key was overwritten"
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$dir/far.key" -out "$dir/far.csr" \
  -subj /CN=anybody 2>/dev/null
expect 0 'made' "${order[@]}" --role desk --request "$dir/far.csr" --out "$dir/far-made"
[[ ! -e $dir/far-made.key ]] || fail "a key was made for a request"
[[ $(openssl x509 -in "$dir/far-made.chain.pem" -noout -pubkey) == "$(openssl pkey -in "$dir/far.key" -pubout)" ]] ||
  fail "the request's key was not taken"
expect 2 'does not end in a role' "${order[@]}" --role emperor --out "$dir/no"
expect 2 'cannot be read' issue --ca "$dir/nothing" --trust-domain br.example --agency a --role desk --out "$dir/no"
[[ ! -e $dir/no.key && ! -e $dir/no.chain.pem ]] || fail "a refused order left files"
echo "passed"
