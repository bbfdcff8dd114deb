#!/usr/bin/env bash
# What certs/README.md promises of certs/dev_pki.sh, checked with the openssl program.
set -euo pipefail

readonly script=$1
readonly people='officer compliance liaison desk admin'
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
readonly pki="$dir/pki with a space"

fail() { echo "FAILED: $1" >&2; exit 1; }
make() { bash "$script" "$@"; }
verify() { openssl verify -purpose "$1" -CAfile "$pki/$2/root.pem" -untrusted "$pki/$2/bundle.pem" "$pki/$3" >/dev/null 2>&1; }
snapshot() { (cd "$pki" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
uris_of() { openssl x509 -in "$1" -noout -ext subjectAltName | tr ',' '\n' | sed -n 's/^ *URI://p'; }

make "$pki" BR=br.example PT=pt.example >/dev/null

for state in BR PT; do
  domain="${state,,}.example"
  for stem in gateway $people; do
    chain="$state/$stem.chain.pem"
    verify sslclient "$state" "$chain" || fail "$chain is no client of its State"
    [[ $(uris_of "$pki/$chain") == "spiffe://$domain/"*/* ]] || fail "$chain has no SPIFFE ID"
    [[ $(openssl x509 -in "$pki/$chain" -noout -pubkey) == "$(openssl pkey -in "$pki/$state/$stem.key" -pubout)" ]] ||
      fail "$stem.key is not the key of $chain"
  done
  verify sslserver "$state" "$state/gateway.chain.pem" || fail "the gateway of $state cannot serve"
  openssl verify -verify_hostname localhost -CAfile "$pki/$state/root.pem" \
    -untrusted "$pki/$state/bundle.pem" "$pki/$state/gateway.chain.pem" >/dev/null || fail "not localhost"
  openssl verify -verify_ip 127.0.0.1 -CAfile "$pki/$state/root.pem" \
    -untrusted "$pki/$state/bundle.pem" "$pki/$state/gateway.chain.pem" >/dev/null || fail "not 127.0.0.1"
  cmp "$pki/$state/bundle.pem" "$pki/trust/$state.pem" || fail "trust/$state.pem is not the bundle"
done
for stem in $people; do
  ! verify sslserver BR "BR/$stem.chain.pem" || fail "$stem could pose as a server"
done
! verify sslclient PT BR/officer.chain.pem || fail "PT's root vouches for BR's officer"
[[ -z $(find "$pki" -name '*.key' ! -perm 600) ]] || fail "a key is readable by others"
[[ -z $(find "$pki" -name '.making*') ]] || fail "working files were left behind"

# BR's issuing CA cannot name PT even to a verifier that trusts BR's root for everything.
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$dir/k" -out "$dir/r" -subj /CN=x 2>/dev/null
for domain in br.example pt.example; do
  echo "subjectAltName=URI:spiffe://$domain/a/registry" >"$dir/extensions"
  openssl x509 -req -in "$dir/r" -CA "$pki/BR/issuing.pem" -CAkey "$pki/BR/issuing.key" -set_serial 1 \
    -extfile "$dir/extensions" -out "$dir/$domain.pem" 2>/dev/null
done
openssl verify -CAfile "$pki/BR/root.pem" -untrusted "$pki/BR/issuing.pem" "$dir/br.example.pem" >/dev/null || fail "own name refused"
! openssl verify -CAfile "$pki/BR/root.pem" -untrusted "$pki/BR/issuing.pem" "$dir/pt.example.pem" >/dev/null 2>&1 ||
  fail "BR's issuing CA may name PT"

# Again: nothing changes. Something missing, damaged or ending: that alone is made.
before=$(snapshot)
[[ -z $(make "$pki" BR=br.example PT=pt.example) ]] || fail "a second run made something"
[[ $before == "$(snapshot)" ]] || fail "a second run changed something"
rm "$pki/BR/officer.key"
[[ $(make "$pki" BR=br.example) == "made $pki/BR/officer.chain.pem" ]] || fail "did not remake just the officer"
cp "$pki/BR/desk.key" "$pki/BR/officer.key"
[[ $(make "$pki" BR=br.example) == "made $pki/BR/officer.chain.pem" ]] || fail "kept a key of another certificate"
rm "$pki/PT/liaison.chain.pem"
make --days 8 "$pki" PT=pt.example >/dev/null
openssl x509 -in "$pki/PT/liaison.chain.pem" -noout -checkend $((7 * 86400)) >/dev/null || fail "--days 8 is too short"
! openssl x509 -in "$pki/PT/liaison.chain.pem" -noout -checkend $((9 * 86400)) >/dev/null || fail "--days 8 is too long"
openssl x509 -in "$dir/r" -req -key "$dir/k" -days 6 -out "$pki/BR/root.pem" 2>/dev/null
cp "$dir/k" "$pki/BR/root.key"
[[ $(make "$pki" BR=br.example | wc -l) == 10 ]] || fail "a root that ends was not replaced with all below it"
verify sslclient BR BR/officer.chain.pem || fail "the officer does not follow the new root"
[[ $(make "$pki" BR=brasil.example | wc -l) == 9 ]] || fail "a new trust domain did not remake all below the root"

# Mistakes are told, and nothing is made.
for arguments in "" "$dir/no" "--days" "--days 7 $dir/no BR=br.example" "--days 1801 $dir/no BR=br.example" \
  "--days x $dir/no BR=br.example" "--what $dir/no BR=br.example" "$dir/no BR" "$dir/no br=br.example" \
  "$dir/no BRA=br.example" "$dir/no BR=" "$dir/no BR=BR.example" "$dir/no BR=a/b" \
  "$dir/no BR=br.example BR=b.example" "$dir/no BR=br.example PT=br.example"; do
  status=0
  # shellcheck disable=SC2086  # split on purpose
  said=$(make $arguments 2>&1) || status=$?
  [[ $status == 2 && $said == *"usage: certs/dev_pki.sh"* ]] || fail "'$arguments' gave status $status: $said"
  [[ ! -e $dir/no ]] || fail "'$arguments' made files"
done
make --help 2>&1 | grep -q 'example: ' || fail "no help"
echo "passed"
