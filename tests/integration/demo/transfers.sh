#!/usr/bin/env bash
# Germany exports to Brazil, each by its own gateway: the licence on record, the question on end use answered, the
# authorisation asked for, the consignment sent and confirmed, through kill -9 of both; an alert; the figures held against
# each other; the year's report; a weapon that was destroyed is sent. Usage: transfers.sh BUILD_DIR
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

fail() { printf 'transfers: %s\n' "$*" >&2; exit 1; }

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

of() { "$tracegate" --profile "$out/$1/$2.yaml" "${@:3}"; }
# The first value of that field in a reply.
id_in() { grep -o "\"$2\":\"[^\"]*\"" "$1" | head -n 1 | cut -d '"' -f 4; }

# Each asks the other about transfers; Germany's gateway, which asked nobody, learns where Brazil's is.
for name in de br; do
  sed -i "s/127.0.0.1:0/$(cat "$out/$name/address")/" "$out/$name/gateway.yaml"
done
for name in de br; do
  sed -i '/^agreements:$/r /dev/stdin' "$out/$name/gateway.yaml" <<'YAML'
  - {id: DE-BR-8-1, asking_state: DE, answering_state: BR, legal_basis: ATT_8_1, purposes: [EXPORT_CONTROL], valid_from: 2020-01-01,
     transfers: {record: [states, lines], end_use_answer: [end_use, documents]}}
  - {id: BR-DE-8-3, asking_state: BR, answering_state: DE, legal_basis: ATT_8_3, purposes: [EXPORT_CONTROL], valid_from: 2020-01-01,
     transfers: {record: [basis, kind, date, states, lines.category, lines.quantity, authorisation.number, authorisation.status]}}
  - {id: BR-DE-11, asking_state: BR, answering_state: DE, legal_basis: ATT_11, purposes: [EXPORT_CONTROL], valid_from: 2020-01-01,
     transfers: {diversion: [items], figures: true}}
  - {id: DE-BR-11, asking_state: DE, answering_state: BR, legal_basis: ATT_11, purposes: [EXPORT_CONTROL], valid_from: 2020-01-01,
     transfers: {figures: true}}
YAML
done
cat >> "$out/de/gateway.yaml" <<YAML
  - name: br-gateway
    state: BR
    peer: {address: "$(cat "$out/br/address")"}
YAML
restart de
restart br

cat > "$out/licence.yaml" <<'YAML'
basis: AUTHORISED
kind: EXPORT
date: {year: 2024, month: 1, day: 15}
states: {exporting: [DE], importing: [BR], final_destination: BR}
authorisation: {number: 2024-0417, issuing_state: DE, issue_date: {year: 2024, month: 1, day: 15}, status: GRANTED}
final_recipient: {name: Empresa Importadora Ltda, state: BR}
lines:
  - number: 1
    category: SMALL_ARMS_AND_LIGHT_WEAPONS
    subcategory: RIFLES_AND_CARBINES
    quantity: {amount: 12, unit: ITEMS}
YAML
sed 's/^basis: .*/basis: ACTUAL/; s/month: 1, day: 15}$/month: 5, day: 6}/' "$out/licence.yaml" > "$out/export.yaml"
echo 'consignment: AWB 020-1' >> "$out/export.yaml"
sed 's/^kind: .*/kind: IMPORT/' "$out/export.yaml" > "$out/import.yaml"

of de officer --json transfer record --file "$out/licence.yaml" --request-id licence-0001 > "$out/licence.json"
licence=$(id_in "$out/licence.json" transfer_id)
of de officer --json transfer record --file "$out/licence.yaml" --request-id licence-0001 > "$out/again.json"
cmp "$out/licence.json" "$out/again.json" || fail "asked twice, answered twice"
of de officer transfer record --file "$out/export.yaml" --request-id licence-0001 2> "$out/reused.txt" &&
  fail "a request id was used twice"
grep -q REQUEST_ID_REUSED "$out/reused.txt" || fail "$(cat "$out/reused.txt")"
sed 's/amount: 12/amount: -12/' "$out/export.yaml" | of de officer transfer record --file - 2> "$out/negative.txt" &&
  fail "minus twelve rifles are on record"
grep -q 'record.lines\[0\].quantity.amount' "$out/negative.txt" || fail "$(cat "$out/negative.txt")"

status=0
of de officer transfer end-use ask --transfer "$licence" --to BR --want end_user_certificate --confidential \
  --request-id end-use-0001 > "$out/asked.txt" || status=$?
[ "$status" = 4 ] || fail "an unanswered question came back with $status: $(cat "$out/asked.txt")"
restart br
of br officer --json transfer list --end-use-open > "$out/open.json"
end_use=$(id_in "$out/open.json" end_use_id)
[ -n "$end_use" ] || fail "Brazil has no question: $(cat "$out/open.json")"
grep -q 'Empresa Importadora' "$out/open.json" && fail "the recipient was told, which is not agreed"
printf 'certificado de usuario final' > "$out/certificate.txt"
cat > "$out/answer.yaml" <<'YAML'
outcome: CONFIRMED
end_use: border police
end_users: [{name: Policia Federal, state: BR}]
documents: [{kind: END_USER_CERTIFICATE, reference: CUF 12/2024, media_type: text/plain}]
YAML
of br officer transfer end-use answer "$end_use" --file "$out/answer.yaml" --attach "CUF 12/2024=$out/certificate.txt" > "$out/answered.txt"
restart de
of de officer transfer end-use ask --transfer "$licence" --to BR --want end_user_certificate --confidential \
  --request-id end-use-0001 > "$out/heard.txt"
grep -qi 'border police' "$out/heard.txt" || fail "$(cat "$out/heard.txt")"
grep -q 'Policia Federal' "$out/heard.txt" && fail "the end user was told, which is not agreed"
rm -f "$out/arrived.txt"
of de officer transfer end-use show "$licence" --document "CUF 12/2024" --save "$out/arrived.txt" > /dev/null
cmp "$out/certificate.txt" "$out/arrived.txt" || fail "the certificate is another"

of br officer transfer authorizations --state DE --confidential > "$out/authorizations.txt"
grep -q '2024-0417' "$out/authorizations.txt" || fail "$(cat "$out/authorizations.txt")"
grep -q 'Empresa Importadora' "$out/authorizations.txt" && fail "the recipient was told, which is not agreed"

of de officer --json transfer record --file "$out/export.yaml" --request-id export-0001 > "$out/export.json"
export=$(id_in "$out/export.json" transfer_id)
of de officer transfer list --overdue | grep -q "$export" || fail "it is not overdue"
of br officer transfer record --file "$out/import.yaml" --request-id import-0001 > /dev/null
of br officer transfer confirm --authorisation DE/2024-0417 --consignment 'AWB 020-1' --date 2024-05-20 --state BR > "$out/confirmed.txt"
restart de
of de officer transfer show "$export" > "$out/shown.txt"
of de officer transfer list --overdue | grep -q "$export" && fail "it is overdue though it was confirmed"

cat > "$out/alert.yaml" <<YAML
diversion: {kind: UNAUTHORISED_RE_EXPORT, circumstances: two of the rifles were offered for sale elsewhere, transfer_id: $export}
YAML
of de officer transfer alert --file "$out/alert.yaml" --to BR --request-id alert-0001 > "$out/alert.txt"
for ((i = 0; i < 100; i++)); do
  of br officer transfer list --alerted > "$out/alerted.txt"
  grep -q '2024' "$out/alerted.txt" && break
  sleep 0.1
done
grep -q '2024' "$out/alerted.txt" || fail "Brazil was not told of the alert"
of br officer --json transfer alerts > "$out/alerts.json"
alert=$(id_in "$out/alerts.json" alert_id)
of br officer transfer follow-up "$alert" --text 'both rifles are held in Santos' --measure shipment_held > "$out/held.txt"
for ((i = 0; i < 100; i++)); do
  of de officer transfer alerts --open > "$out/alerts.txt"
  grep -q 'held in Santos' "$out/alerts.txt" && break
  sleep 0.1
done
grep -q 'held in Santos' "$out/alerts.txt" || fail "Germany was not told what came of its alert"

of de compliance transfer reconcile --partner BR --from 2024-01-01 --to 2024-12-31 > "$out/reconciled.txt"
cat > "$out/head.yaml" <<'YAML'
state: DE
authority: {state: DE, name: bafa}
export_definition: BORDER_CROSSED
import_definition: BORDER_CROSSED
availability: PUBLIC
YAML
of de compliance report att --from 2024-01-01 --to 2024-12-31 --file "$out/head.yaml" --basis actual > "$out/report.txt"
cat "$out/report.txt"
grep -q 'BR' "$out/report.txt" || fail "the report has no export to Brazil"
of de compliance report att --from 2024-01-01 --to 2024-12-31 --file "$out/head.yaml" --basis actual --format html > "$out/report.html"
grep -q '<table' "$out/report.html" || fail "the report has no table"
sed '/^consignment: /d' "$out/export.yaml" > "$out/destroyed.yaml"
cat >> "$out/destroyed.yaml" <<'YAML'
    items:
      - weapon: {serial_number: 245-880113, manufacturer: {verbatim: Heckler & Koch}, model: {verbatim: USP}, calibre: {verbatim: 9x19}}
      - weapon: {serial_number: 245-880114, manufacturer: {verbatim: Heckler & Koch}, model: {verbatim: USP}, calibre: {verbatim: 9x19}}
YAML
of de officer --json transfer record --file "$out/destroyed.yaml" --request-id export-0002 > "$out/destroyed.json"
grep -q 'record.lines\[0\].items\[1\]","kind":"RECORD_REMARK_KIND_DESTROYED","text":"was destroyed on 2021-03-12, by record W-0117760-E' \
  "$out/destroyed.json" || fail "a weapon that was destroyed is sent: $(cat "$out/destroyed.json")"
of de compliance log list --kind transfer_recorded | grep -q "$export" || fail "the log does not have it"
rm -rf "$out/de/export"
of de compliance log export "$out/de/export" > /dev/null
"$tracegate" log verify --export "$out/de/export" --key "$(sed -n 's/^log_key: //p' "$out/de/compliance.yaml")" > "$out/verified.txt" ||
  fail "the log does not verify: $(cat "$out/verified.txt")"
echo "transfers: agreed, told, confirmed, alerted, reconciled and reported; nothing else was told"
