#include "adapters/rest/rest_reader.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "adapters/find_request.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using adapter::v1::GetRecordRequest;
using adapter::v1::GetRecordResponse;

constexpr int kNoContent = 204;
constexpr int kNotFound = 404;

bool IsJson(const std::string& type) {
  return type == "application/json" || type == "text/json" || absl::EndsWith(type, "+json");
}

absl::Status NoSuchRecord() {
  return Failure(v1::REASON_RECORD_NOT_FOUND, "the registry has no record of that number");
}

}  // namespace

absl::StatusOr<FindResponse> RestReader::Find(const FindRequest& request, const CallWatch& watch) {
  return interface_->words.Find(request, interface_->mapping,
                                [&](const std::string& serial, CandidateList* candidates) {
                                  return Collect(serial, watch, candidates);
                                });
}

absl::Status RestReader::Collect(const std::string& serial, const CallWatch& watch,
                                 CandidateList* candidates) {
  const auto first = interface_->questions.Find(serial);
  if (!first.ok()) return first.status();
  std::optional<HttpRequest> request = *first;
  for (int page = 1; request; ++page) {
    if (page > interface_->pages.pages_max()) {
      candidates->MarkMore();
      break;
    }
    const auto answer = interface_->endpoint->Ask(*client_, *request, watch);
    if (!answer.ok()) return answer.status();
    if (answer->status == kNotFound && interface_->nothing_is_404) break;
    if (answer->status == kNoContent) break;
    const auto json = Read(*answer);
    if (!json.ok()) return json.status();
    auto records = interface_->records.InList(*json);
    if (!records.ok()) return records.status();
    for (NestedRecord& record : *records) candidates->Add(std::move(record));
    if (candidates->full()) break;
    auto next = interface_->pages.Next({**first, *request, *answer, *json, page, records->size()});
    if (!next.ok()) {
      return Failure(v1::REASON_REGISTRY_MISMATCH, interface_->endpoint->asked() +
                                                       " answers with a next page whose address " +
                                                       std::string(next.status().message()));
    }
    request = *std::move(next);
  }
  return absl::OkStatus();
}

absl::StatusOr<JsonAnswer> RestReader::Read(const HttpAnswer& answer) const {
  const std::string& asked = interface_->endpoint->asked();
  if (absl::Status success = CheckSuccess(asked, answer); !success.ok()) return success;
  if (!IsJson(answer.content_type)) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                   asked + " answers with what it says is no JSON");
  }
  const CharacterSet& character_set = interface_->mapping.character_set();
  auto json = ParseJson(character_set.is_utf8() ? answer.body : character_set.Decode(answer.body));
  if (json.ok()) return json;
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                 asked + " answers with what " + std::string(json.status().message()));
}

absl::StatusOr<GetRecordResponse> RestReader::GetRecord(const GetRecordRequest& request,
                                                        const CallWatch& watch) {
  if (absl::Status checked = CheckGetRecordRequest(request); !checked.ok()) return checked;
  const auto question = interface_->questions.Record(request.record_number());
  if (!question.ok()) return question.status();
  if (!*question) return NoSuchRecord();
  const auto answer = interface_->endpoint->Ask(*client_, **question, watch);
  if (!answer.ok()) return answer.status();
  if (answer->status == kNotFound) return NoSuchRecord();
  const auto json = Read(*answer);
  if (!json.ok()) return json.status();
  const JsonValue* value = interface_->record_place.In(*json);
  if (value == nullptr) {
    return FieldFailure(v1::REASON_REGISTRY_MISMATCH, "rest.record.at",
                        interface_->endpoint->asked() + " answers without a record there");
  }
  auto record = interface_->records.One(*value);
  if (!record.ok()) return record.status();
  // An API that reads numbers finds record 7 for `007` too, which is no number of its.
  const auto& number = record->row[interface_->mapping.record_number_position()];
  if (number != request.record_number()) return NoSuchRecord();
  GetRecordResponse response;
  *response.mutable_record() = Translate(interface_->mapping, *std::move(record));
  return response;
}

absl::Status RestReader::Health(const CallWatch& watch) {
  return interface_->endpoint->Health(*client_, watch);
}

}  // namespace tracegate
