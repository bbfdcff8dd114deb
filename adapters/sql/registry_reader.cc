#include "adapters/sql/registry_reader.h"

#include <algorithm>
#include <optional>

#include "adapters/find_request.h"
#include "adapters/sql/serial_questions.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using adapter::v1::GetRecordRequest;
using adapter::v1::GetRecordResponse;
using Kind = QueryKey::Kind;

// What is looked for, in the registry's own bytes. What its character set cannot write stands in no cell.
FindRequest Encoded(const FindRequest& request, const CharacterSet& character_set) {
  FindRequest encoded;
  for (const std::string& spelling : request.serial_spellings()) {
    if (auto bytes = character_set.Encode(spelling)) {
      encoded.add_serial_spellings(*std::move(bytes));
    }
  }
  encoded.set_serial_pattern(character_set.Encode(request.serial_pattern()).value_or(""));
  return encoded;
}

}  // namespace

absl::StatusOr<FindResponse> RegistryReader::Find(const FindRequest& request,
                                                  const CallWatch& watch) {
  if (absl::Status checked = CheckFindRequest(request); !checked.ok()) return checked;
  const FindRequest encoded = Encoded(request, mapping_->character_set());
  FindResponse response;
  adapter::v1::Records* records = response.mutable_records();
  if (LooksForNothing(encoded)) return response;
  const SerialQuestions questions(encoded, mapping_->serial_search());
  absl::StatusOr<Call> call =
      Call::Begin(connection_.get(), &watch, NeedsSnapshot(questions.all().size()));
  if (!call.ok()) return call.status();

  const auto candidates_max = static_cast<size_t>(request.candidates_max());
  std::vector<SourceRow> rows;
  for (const auto& [key, values] : questions.all()) {
    absl::Status collected = Collect(*call, key, values, candidates_max + 1, &rows);
    if (!collected.ok()) return collected;
  }
  records->set_more(rows.size() > candidates_max);
  for (size_t i = 0; i < std::min(rows.size(), candidates_max); ++i) {
    absl::StatusOr<v1::RegistryRecord> record = Translate(*call, rows[i]);
    if (!record.ok()) return record.status();
    *records->add_records() = *std::move(record);
  }
  return response;
}

bool RegistryReader::NeedsSnapshot(size_t questions) const {
  return questions > 1 || !mapping_->related().empty();
}

absl::Status RegistryReader::Collect(Call& call, const QueryKey& key,
                                     const std::vector<QueryValue>& values, size_t rows_max,
                                     std::vector<SourceRow>* rows) {
  if (rows->size() >= rows_max) return absl::OkStatus();
  absl::StatusOr<std::vector<SourceRow>> asked = call.Ask(key, values, rows_max);
  if (!asked.ok()) return asked.status();
  for (SourceRow& row : *asked) {
    if (rows->size() == rows_max) break;
    if (std::find(rows->begin(), rows->end(), row) == rows->end()) rows->push_back(std::move(row));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RegistryRecord> RegistryReader::Translate(Call& call, const SourceRow& row) {
  std::vector<std::vector<SourceRow>> related(mapping_->related().size());
  const std::optional<std::string>& number = row[mapping_->record_number_position()];
  const std::optional<std::string> encoded =
      number ? mapping_->character_set().Encode(*number) : std::nullopt;
  for (size_t i = 0; encoded && i < related.size(); ++i) {
    std::vector<QueryValue> values;
    AddAsTextAndNumber(*encoded, &values);
    values.resize(2, values.back());
    // One row more than is read tells the mapping that there are more.
    absl::StatusOr<std::vector<SourceRow>> asked =
        call.Ask({Kind::kRelated, i}, values, kRelatedRowsMax + 1);
    if (!asked.ok()) return asked.status();
    related[i] = *std::move(asked);
  }
  return mapping_->Translate(row, related);
}

absl::StatusOr<GetRecordResponse> RegistryReader::GetRecord(const GetRecordRequest& request,
                                                            const CallWatch& watch) {
  if (absl::Status checked = CheckGetRecordRequest(request); !checked.ok()) return checked;
  const std::string& number = request.record_number();
  absl::StatusOr<Call> call = Call::Begin(connection_.get(), &watch, NeedsSnapshot(1));
  if (!call.ok()) return call.status();
  const std::optional<std::string> encoded = mapping_->character_set().Encode(number);
  std::vector<SourceRow> found;
  if (encoded) {
    std::vector<QueryValue> values;
    AddAsTextAndNumber(*encoded, &values);
    values.resize(2, values.back());
    absl::StatusOr<std::vector<SourceRow>> rows = call->Ask({Kind::kRecord}, values, 1);
    if (!rows.ok()) return rows.status();
    found = *std::move(rows);
  }
  // A numeric column finds record 7 for `007` too, which is no number of its.
  if (found.empty() || found.front()[mapping_->record_number_position()] != number) {
    return Failure(v1::REASON_RECORD_NOT_FOUND, "the registry has no record of that number");
  }
  absl::StatusOr<v1::RegistryRecord> record = Translate(*call, found.front());
  if (!record.ok()) return record.status();
  GetRecordResponse response;
  *response.mutable_record() = *std::move(record);
  return response;
}

absl::Status RegistryReader::Health(const CallWatch& watch) {
  absl::StatusOr<Call> call = Call::Begin(connection_.get(), &watch, /*snapshot=*/false);
  if (!call.ok()) return call.status();
  const absl::StatusOr<std::vector<SourceRow>> rows = call->Ask({Kind::kAny}, {}, 1);
  if (!rows.ok()) return rows.status();
  absl::Status checked;
  if (!mapping_->serial_search().folded().empty()) checked = call->Check({Kind::kFoldedIn, 1});
  for (size_t i = 0; checked.ok() && i < mapping_->related().size(); ++i) {
    checked = call->Check({Kind::kRelated, i});
  }
  return checked;
}

}  // namespace tracegate
