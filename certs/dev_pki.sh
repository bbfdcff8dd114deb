#!/usr/bin/env bash
# Makes a development PKI: for each State a root, an issuing CA, a gateway's certificate, one for
# each kind of caller, and the CAs' lists of what they revoked. What certs/README.md says about the files holds. Never for production:
# the root's key lies beside everything else, unencrypted.
set -euo pipefail

profiles="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/profiles"
readonly profiles
readonly renew_before_s=$((7 * 24 * 3600))
readonly root_days=3650 issuing_days=1825

# file stem, agency, role, common name
readonly people='
officer registry-office registry Registry officer
compliance oversight-office compliance Compliance officer
liaison liaison-office liaison Liaison officer
desk registry-office desk Desk officer
admin gateway admin Gateway administrator'

usage() {
  cat >&2 <<'TEXT'
usage: certs/dev_pki.sh [--days N] [--revoke STATE/NAME]... OUT_DIR STATE=TRUST_DOMAIN...

  STATE         ISO 3166-1 alpha-2, for example BR
  TRUST_DOMAIN  lowercase, for example br.example
  --days N      life of gateways' and callers' certificates, 8 to 1800 days (90)
  --revoke STATE/NAME
                revokes a certificate that is there: issuing, gateway, officer, compliance,
                liaison, desk or admin. It stays revoked; delete its files to have a new one made

example: certs/dev_pki.sh out/pki BR=br.example PT=pt.example
         certs/dev_pki.sh --revoke BR/officer out/pki BR=br.example
TEXT
}

fail_usage() {
  echo "dev_pki.sh: $1" >&2
  usage
  exit 2
}

# Runs openssl quietly, and shows what it said if it fails.
ssl() {
  local said
  if ! said=$(openssl "$@" 2>&1 >/dev/null); then
    printf 'dev_pki.sh: openssl %s failed:\n%s\n' "$1" "$said" >&2
    return 1
  fi
}

# matches CERTIFICATE KEY: both are there, belong together, and last for another week.
matches() {
  [[ -s $1 && -s $2 ]] || return 1
  openssl x509 -in "$1" -noout -checkend "$renew_before_s" >/dev/null 2>&1 || return 1
  local of_key of_certificate
  of_key=$(openssl pkey -in "$2" -pubout 2>/dev/null) || return 1
  of_certificate=$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null) || return 1
  [[ $of_key == "$of_certificate" ]]
}

# Certificates get random serial numbers, so that no file has to count them.
new_serial() { echo "0x$(openssl rand -hex 15)"; }

new_key() { (umask 077 && ssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"); }

# publish NEW OLD MODE: by rename, so that a reader sees the old file or the new one.
publish() { chmod "$3" "$1" && mv -f "$1" "$2"; }

make_root() {
  local dir=$1
  if matches "$dir/root.pem" "$dir/root.key"; then return; fi
  TRACEGATE_CN="$TRACEGATE_STATE development root"
  new_key "$work/key"
  ssl req -new -x509 -config "$profiles/root.cnf" -key "$work/key" -sha256 -days "$root_days" \
    -set_serial "$(new_serial)" -out "$work/certificate"
  publish "$work/key" "$dir/root.key" 600
  publish "$work/certificate" "$dir/root.pem" 644
  rm -f "$dir/root.revoked" "$dir/root.crl.pem"
  echo "made $dir/root.pem"
}

# issue CA_STEM PROFILE DAYS: leaves a new certificate and its key in $work.
issue() {
  local ca=$1 profile=$2 days=$3
  new_key "$work/key"
  ssl req -new -config "$profiles/$profile.cnf" -key "$work/key" -out "$work/request"
  ssl x509 -req -in "$work/request" -CA "$ca.pem" -CAkey "$ca.key" -sha256 -days "$days" \
    -set_serial "$(new_serial)" -extfile "$profiles/$profile.cnf" -extensions extensions \
    -out "$work/certificate"
}

make_issuing() {
  local dir=$1
  if matches "$dir/issuing.pem" "$dir/issuing.key" &&
    openssl verify -CAfile "$dir/root.pem" "$dir/issuing.pem" >/dev/null 2>&1 &&
    openssl x509 -in "$dir/issuing.pem" -noout -ext nameConstraints |
      sed 's/^ *//' | grep -qxF "URI:$TRACEGATE_TRUST_DOMAIN"; then
    return
  fi
  TRACEGATE_CN="$TRACEGATE_STATE development issuing CA"
  issue "$dir/root" issuing "$issuing_days"
  publish "$work/key" "$dir/issuing.key" 600
  publish "$work/certificate" "$dir/issuing.pem" 644
  rm -f "$dir/issuing.revoked" "$dir/issuing.crl.pem"
  echo "made $dir/issuing.pem"
}

# publish_both FILE DIR OUT_DIR SUFFIX: $work/FILE as the State's own and as the copy for trust folders.
publish_both() {
  local file
  for file in "$2/bundle.$4" "$3/trust/$TRACEGATE_STATE.$4"; do
    if cmp -s "$work/$1" "$file"; then continue; fi
    cp "$work/$1" "$work/copy"
    publish "$work/copy" "$file" 644
    echo "made $file"
  done
}

make_bundle() {
  cat "$1/root.pem" "$1/issuing.pem" >"$work/bundle"
  publish_both bundle "$1" "$2" pem
}

# with_index CA_STEM ARGUMENT...: runs `openssl ca` over the CA's record of what it revoked.
with_index() {
  local ca=$1
  shift
  export TRACEGATE_INDEX=$work/index TRACEGATE_CRL_NUMBER=$work/crl_number
  rm -f "$work"/index* "$work"/crl_number*
  if [[ -f $ca.revoked ]]; then cp "$ca.revoked" "$work/index"; else : >"$work/index"; fi
  printf '%012X\n' "$(date +%s%3N)" >"$work/crl_number"
  ssl ca -config "$profiles/crl.cnf" -cert "$ca.pem" -keyfile "$ca.key" "$@"
}

# revoke DIR STEM: the CA's record has it from now on; the list is made afterwards.
revoke() {
  local dir=$1 certificate="$1/$2.chain.pem" ca="$1/issuing" serial
  if [[ $2 == issuing ]]; then certificate="$1/issuing.pem" ca="$1/root"; fi
  serial=$(openssl x509 -in "$certificate" -noout -serial)
  if grep -qs "^R.*${serial#serial=}" "$ca.revoked"; then return; fi
  with_index "$ca" -revoke "$certificate" -crl_reason keyCompromise
  publish "$work/index" "$ca.revoked" 644
  rm -f "$ca.crl.pem"
  echo "revoked $certificate"
}

# lists CA_STEM: its list is there, is its own, and lasts for another week.
lists() {
  local said until
  said=$(openssl crl -in "$1.crl.pem" -CAfile "$1.pem" -noout -nextupdate 2>&1) || return 1
  [[ $said == *"verify OK"* ]] || return 1
  until=$(date -u -d "$(sed -n 's/^nextUpdate=//p' <<<"$said")" +%s) || return 1
  ((until > $(date +%s) + renew_before_s))
}

make_crl() {
  if [[ -s $1.crl.pem ]] && lists "$1"; then return; fi
  with_index "$1" -gencrl -out "$work/crl"
  publish "$work/crl" "$1.crl.pem" 644
  echo "made $1.crl.pem"
}

make_crls() {
  make_crl "$1/root"
  make_crl "$1/issuing"
  cat "$1/root.crl.pem" "$1/issuing.crl.pem" >"$work/crls"
  publish_both crls "$1" "$2" crl.pem
}

# make_leaf DIR STEM PROFILE SPIFFE_ID COMMON_NAME
make_leaf() {
  local dir=$1 stem=$2 chain="$1/$2.chain.pem" key="$1/$2.key"
  export TRACEGATE_SPIFFE_ID=$4 TRACEGATE_CN="$TRACEGATE_STATE $5"
  if matches "$chain" "$key" &&
    openssl verify -CAfile "$dir/root.pem" -untrusted "$dir/issuing.pem" "$chain" >/dev/null 2>&1 &&
    openssl x509 -in "$chain" -noout -ext subjectAltName |
      tr ',' '\n' | sed 's/^ *//' | grep -qxF "URI:$TRACEGATE_SPIFFE_ID"; then
    chmod 600 "$key"
    return
  fi
  issue "$dir/issuing" "$3" "$leaf_days"
  cat "$work/certificate" "$dir/issuing.pem" >"$work/chain"
  publish "$work/key" "$key" 600
  publish "$work/chain" "$chain" 644
  echo "made $chain"
}

make_state() {
  local out=$1 dir="$1/$2"
  export TRACEGATE_STATE=$2 TRACEGATE_TRUST_DOMAIN=$3 TRACEGATE_CN
  mkdir -p "$dir"
  make_root "$dir"
  make_issuing "$dir"
  make_bundle "$dir" "$out"
  make_leaf "$dir" gateway gateway "spiffe://$3/gateway/peer" "gateway"
  local stem agency role name
  while read -r stem agency role name; do
    [[ -n $stem ]] || continue
    make_leaf "$dir" "$stem" person "spiffe://$3/$agency/$role" "$name"
  done <<<"$people"
  for stem in "${revoked[@]}"; do
    if [[ $stem == "$2"/* ]]; then revoke "$dir" "${stem#*/}"; fi
  done
  make_crls "$dir" "$out"
}

leaf_days=90
revoked=()
while [[ ${1:-} == -* ]]; do
  case $1 in
    --days) [[ $# -ge 2 ]] || fail_usage "--days needs a number"; leaf_days=$2; shift 2 ;;
    --revoke) [[ $# -ge 2 ]] || fail_usage "--revoke needs STATE/NAME"; revoked+=("$2"); shift 2 ;;
    -h | --help) usage 2>&1; exit 0 ;;
    *) fail_usage "unknown option $1" ;;
  esac
done
if ! [[ $leaf_days =~ ^[1-9][0-9]{0,3}$ ]] || ((leaf_days < 8 || leaf_days > 1800)); then
  fail_usage "--days must be 8 to 1800, not '$leaf_days'"
fi
[[ $# -ge 2 ]] || fail_usage "an output directory and at least one STATE=TRUST_DOMAIN are needed"
command -v openssl >/dev/null || { echo "dev_pki.sh: openssl is not installed" >&2; exit 1; }

out=$1
shift
seen=' '
for pair in "$@"; do
  [[ $pair =~ ^[A-Z]{2}=[a-z0-9][a-z0-9._-]{0,254}$ ]] ||
    fail_usage "'$pair' is not STATE=TRUST_DOMAIN, as in BR=br.example"
  [[ $seen != *" ${pair%%=*}="* && $seen != *"=${pair#*=} "* ]] ||
    fail_usage "'$pair' repeats a State or a trust domain"
  seen+="$pair "
done
for name in "${revoked[@]}"; do
  [[ $name =~ ^[A-Z]{2}/(issuing|gateway|officer|compliance|liaison|desk|admin)$ && $seen == *" ${name%%/*}="* ]] ||
    fail_usage "'$name' is not a certificate of one of these States, as in BR/officer"
done

mkdir -p "$out/trust"
# Inside the output, so that a rename from here never crosses file systems.
work=$(mktemp -d "$out/.making.XXXXXX")
trap 'rm -rf "$work"' EXIT
for pair in "$@"; do make_state "$out" "${pair%%=*}" "${pair#*=}"; done
