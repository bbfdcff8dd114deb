#include "adapters/sql/registry_reader.h"

#include <algorithm>
#include <optional>

#include "adapters/sql/serial_questions.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using adapter::v1::GetRecordRequest;
using adapter::v1::GetRecordResponse;
using Kind = QueryKey::Kind;

absl::Status CheckRequest(const FindRequest& request) {
  if (request.candidates_max() < 1 || request.candidates_max() > kCandidatesMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "candidates_max", "expected 1 to 50");
  }
  if (request.serial_spellings_size() > kSpellingsMax) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, "serial_spellings", "expected at most 64");
  }
  for (const std::string& spelling : request.serial_spellings()) {
    if (spelling.empty() || spelling.size() > kSpellingBytesMax) {
      return FieldFailure(v1::REASON_FIELD_INVALID, "serial_spellings",
                          "expected 1 to 256 bytes each");
    }
  }
  const std::string& pattern = request.serial_pattern();
  const auto stars = static_cast<size_t>(std::count(pattern.begin(), pattern.end(), '*'));
  if (pattern.size() > kPatternBytesMax || stars > kPatternStarsMax) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, "serial_pattern",
                        "expected at most 128 bytes and four *");
  }
  if (request.serial_spellings().empty() && pattern.empty()) {
    return FieldFailure(
        v1::REASON_FIELD_REQUIRED, "serial_spellings",
        "expected a spelling or a pattern: this registry is searched by serial number");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FindResponse> RegistryReader::Find(const FindRequest& request,
                                                  const CallWatch& watch) {
  if (absl::Status checked = CheckRequest(request); !checked.ok()) return checked;
  const SerialQuestions questions(request, mapping_->serial_search());
  absl::StatusOr<Call> call = Call::Begin(&file_, &watch, NeedsSnapshot(questions.all().size()));
  if (!call.ok()) return call.status();

  const auto candidates_max = static_cast<size_t>(request.candidates_max());
  std::vector<SourceRow> rows;
  for (const auto& [key, values] : questions.all()) {
    absl::Status collected = Collect(*call, key, values, candidates_max + 1, &rows);
    if (!collected.ok()) return collected;
  }
  FindResponse response;
  adapter::v1::Records* records = response.mutable_records();
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
  for (size_t i = 0; number && i < related.size(); ++i) {
    std::vector<QueryValue> values;
    AddAsTextAndNumber(*number, &values);
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
  const std::string& number = request.record_number();
  if (number.empty() || number.size() > kSpellingBytesMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "record_number", "expected 1 to 256 bytes");
  }
  absl::StatusOr<Call> call = Call::Begin(&file_, &watch, NeedsSnapshot(1));
  if (!call.ok()) return call.status();
  std::vector<QueryValue> values;
  AddAsTextAndNumber(number, &values);
  values.resize(2, values.back());
  const absl::StatusOr<std::vector<SourceRow>> rows = call->Ask({Kind::kRecord}, values, 1);
  if (!rows.ok()) return rows.status();
  // A numeric column finds record 7 for `007` too, which is no number of its.
  if (rows->empty() || rows->front()[mapping_->record_number_position()] != number) {
    return Failure(v1::REASON_RECORD_NOT_FOUND, "the registry has no record of that number");
  }
  absl::StatusOr<v1::RegistryRecord> record = Translate(*call, rows->front());
  if (!record.ok()) return record.status();
  GetRecordResponse response;
  *response.mutable_record() = *std::move(record);
  return response;
}

absl::Status RegistryReader::Health(const CallWatch& watch) {
  absl::StatusOr<Call> call = Call::Begin(&file_, &watch, /*snapshot=*/false);
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
