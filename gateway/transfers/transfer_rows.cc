#include "gateway/transfers/transfer_rows.h"

#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

std::string SerialOf(const v1::Item& item) {
  if (item.has_weapon()) return item.weapon().serial_number();
  return item.essential_part().serial_number();
}

std::vector<std::string> WordsOf(const v1::TransferRecord& record) {
  std::set<std::string> words;
  if (!record.authorisation().number().empty()) {
    words.insert(AuthorisationWord(record.authorisation().number()));
  }
  if (!record.consignment().empty()) words.insert(ConsignmentWord(record.consignment()));
  for (const v1::TransferLine& line : record.lines()) {
    for (const v1::Item& item : line.items()) {
      std::string word = SerialWord(SerialOf(item));
      if (!word.empty()) words.insert(std::move(word));
    }
  }
  words.merge(RecipientWords(record));
  return {words.begin(), words.end()};
}

}  // namespace

std::string AuthorisationWord(std::string_view number) {
  return "authorisation " + std::string(number);
}

std::string EndUseWord(std::string_view authorisation_number) {
  return "end use " + std::string(authorisation_number);
}

std::string ConsignmentWord(std::string_view consignment) {
  return "consignment " + std::string(consignment);
}

std::string SerialWord(std::string_view serial_number) {
  if (serial_number.empty()) return "";
  const std::string key = ReadSerial(serial_number).key;
  return key.empty() ? "" : "serial " + key;
}

std::string PartyWord(const v1::Party& party) {
  const std::string name = party.identifier().empty() ? FoldWord(party.name()) : party.identifier();
  return name.empty() ? "" : "party " + party.state() + " " + name;
}

std::set<std::string> RecipientWords(const v1::TransferRecord& record) {
  std::set<std::string> words = {PartyWord(record.consignee()),
                                 PartyWord(record.final_recipient())};
  for (const v1::Party& user : record.end_users()) words.insert(PartyWord(user));
  words.erase("");
  return words;
}

std::string RequestWord(std::string_view agency, std::string_view request_id) {
  return "request " + std::string(agency) + " " + std::string(request_id);
}

std::string AlertWord(std::string_view raising_state, std::string_view alert_id) {
  return "alert " + std::string(raising_state) + " " + std::string(alert_id);
}

v1::Transfer NewTransfer(const v1::Agency& agency, const v1::TransferRecord& record,
                         absl::Time now) {
  v1::Transfer transfer;
  transfer.set_transfer_id(MakeTraceId(now));
  *transfer.mutable_record() = record;
  *transfer.mutable_recording_agency() = agency;
  *transfer.mutable_create_time() = ToTimestamp(now);
  *transfer.mutable_update_time() = ToTimestamp(now);
  v1::Revision& revision = *transfer.mutable_revision();
  revision.set_number(1);
  revision.set_newest(1);
  *revision.mutable_agency() = agency;
  *revision.mutable_time() = ToTimestamp(now);
  return transfer;
}

DocumentRow NewRow(DocumentKind kind, const std::string& id, const std::string& state,
                   const std::string& about, const google::protobuf::Message& body) {
  DocumentRow row;
  row.document_id = id;
  row.kind = static_cast<int>(kind);
  row.state = state;
  row.about = about;
  row.body = body.SerializeAsString();
  return row;
}

DocumentQuery DocumentsOf(DocumentKind kind, const std::string& state) {
  DocumentQuery query;
  query.kind = static_cast<int>(kind);
  query.state = state;
  return query;
}

DocumentRow NextRevision(DocumentRow row, const google::protobuf::Message& body) {
  ++row.revision;
  row.body = body.SerializeAsString();
  return row;
}

DocumentRow TransferRowOf(const v1::Transfer& kept) {
  DocumentRow row = NewRow(DocumentKind::kTransfer, kept.transfer_id(),
                           kept.recording_agency().state(), "", kept);
  row.date = DateText(kept.record().date());
  row.due = DateText(kept.delivery_due_date());
  row.revision = kept.revision().number();
  row.keys = WordsOf(kept.record());
  return row;
}

}  // namespace tracegate
