#include "adapters/xml/xml_reader.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "adapters/find_request.h"
#include "adapters/xml/soap_fault.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using adapter::v1::GetRecordRequest;
using adapter::v1::GetRecordResponse;

absl::Status Wrong(const std::string& field, const std::string& expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

bool IsXml(const std::string& type) {
  return type == "text/xml" || type == "application/xml" || absl::EndsWith(type, "+xml");
}

absl::StatusOr<XmlPath> AnswerPath(const std::string& field, const std::string& text,
                                   const XmlNamespaces& namespaces) {
  auto path = XmlPath::Parse(text, namespaces);
  if (path.ok()) return path;
  return Wrong(field, std::string(path.status().message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<XmlReader>> XmlReader::Create(
    std::shared_ptr<const XmlInterface> interface, const config::v1::XmlRegistry& config) {
  const XmlNamespaces namespaces(config.namespaces().begin(), config.namespaces().end());
  auto records = XmlRecords::Create(interface->endpoint->asked(), interface->mapping, namespaces);
  if (!records.ok()) return Wrong("xml.mapping", "has " + std::string(records.status().message()));
  auto find = AnswerPath("xml.find.answer", config.find().answer(), namespaces);
  if (!find.ok()) return find.status();
  auto record = AnswerPath("xml.record.answer", config.record().answer(), namespaces);
  if (!record.ok()) return record.status();
  Reading reading{*std::move(records), *std::move(find), *std::move(record), std::nullopt};
  if (!config.schema_file().empty()) {
    auto schema = XmlSchema::Load(config.schema_file());
    if (!schema.ok()) return Wrong("xml.schema_file", std::string(schema.status().message()));
    reading.schema = *std::move(schema);
  }
  return std::unique_ptr<XmlReader>(new XmlReader(std::move(interface), std::move(reading)));
}

absl::StatusOr<FindResponse> XmlReader::Find(const FindRequest& request, const CallWatch& watch) {
  // One more than may be told says that there are more.
  const auto records_max = static_cast<size_t>(std::max(request.candidates_max(), 0)) + 1;
  const auto collect = [&](const std::string& serial, CandidateList* candidates) {
    const auto question = interface_->find.About(serial);
    if (!question) return absl::OkStatus();
    auto records = Ask(*question, reading_.find_answer, "xml.find.answer", records_max, watch);
    if (!records.ok()) return records.status();
    for (NestedRecord& record : *records) candidates->Add(std::move(record));
    return absl::OkStatus();
  };
  return interface_->words.Find(request, interface_->mapping, collect);
}

absl::StatusOr<GetRecordResponse> XmlReader::GetRecord(const GetRecordRequest& request,
                                                       const CallWatch& watch) {
  if (absl::Status checked = CheckGetRecordRequest(request); !checked.ok()) return checked;
  const auto question = interface_->record.About(request.record_number());
  absl::StatusOr<std::vector<NestedRecord>> records = std::vector<NestedRecord>();
  if (question) {
    records = Ask(*question, reading_.record_answer, "xml.record.answer", kCandidatesMax, watch);
  }
  if (!records.ok()) return records.status();
  const size_t position = interface_->mapping.record_number_position();
  const auto found = std::find_if(
      records->begin(), records->end(),
      [&](const NestedRecord& record) { return record.row[position] == request.record_number(); });
  if (found == records->end()) {
    return Failure(v1::REASON_RECORD_NOT_FOUND, "the registry has no record of that number");
  }
  GetRecordResponse response;
  *response.mutable_record() = Translate(interface_->mapping, std::move(*found));
  return response;
}

absl::Status XmlReader::Health(const CallWatch& watch) {
  return interface_->endpoint->Health(*client_, watch);
}

absl::StatusOr<std::vector<NestedRecord>> XmlReader::Ask(const HttpRequest& request,
                                                         const XmlPath& path,
                                                         const std::string& field,
                                                         size_t records_max,
                                                         const CallWatch& watch) {
  const std::string& asked = interface_->endpoint->asked();
  const auto answer = interface_->endpoint->Ask(*client_, request, watch);
  if (!answer.ok()) return answer.status();
  const auto document = Read(*answer);
  if (!document.ok()) return document.status();
  const auto elements = path.Elements(xmlDocGetRootElement(document->get()), 1);
  if (elements.empty()) {
    return FieldFailure(v1::REASON_REGISTRY_MISMATCH, field,
                        asked + " answers without the element of " + field);
  }
  if (reading_.schema && !reading_.schema->Fits(elements.front())) {
    return FieldFailure(v1::REASON_REGISTRY_MISMATCH, "xml.schema_file",
                        asked + " answers with what its schema does not allow");
  }
  return reading_.records.In(elements.front(), records_max);
}

absl::StatusOr<XmlDocument> XmlReader::Read(const HttpAnswer& answer) const {
  const std::string& asked = interface_->endpoint->asked();
  const absl::Status success = CheckSuccess(asked, answer);
  if (!IsXml(answer.content_type)) {
    if (!success.ok()) return success;
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked + " answers with what it says is no XML");
  }
  auto document = ParseXml(answer.body);
  // A fault comes with a status of failure, and says more than it.
  if (document.ok()) {
    if (absl::Status fault = CheckSoapFault(asked, **document); !fault.ok()) return fault;
  }
  if (!success.ok()) return success;
  if (document.ok()) return document;
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                 asked + " answers with what " + std::string(document.status().message()));
}

}  // namespace tracegate
