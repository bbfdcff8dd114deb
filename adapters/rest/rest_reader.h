#ifndef TRACEGATE_ADAPTERS_REST_REST_READER_H_
#define TRACEGATE_ADAPTERS_REST_REST_READER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/http/candidate_list.h"
#include "adapters/http/document_reader.h"
#include "adapters/http/https_client.h"
#include "adapters/http/https_endpoint.h"
#include "adapters/http/json_answer.h"
#include "adapters/http/search_words.h"
#include "adapters/mapping/mapping.h"
#include "adapters/rest/json_records.h"
#include "adapters/rest/rest_pages.h"
#include "adapters/rest/rest_questions.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// All that is known of one API, for every reader of it.
struct RestInterface {
  std::unique_ptr<HttpsEndpoint> endpoint;
  Mapping mapping;
  SearchWords words;
  RestQuestions questions;
  RestPages pages;
  JsonRecords records;
  JsonPlace record_place;  // of the record in the answer to a question for one
  bool nothing_is_404 = false;
};

// Asks one API, on connections of its own.
//
// Thread safety and errors: as DocumentReader.
class RestReader : public DocumentReader {
 public:
  explicit RestReader(std::shared_ptr<const RestInterface> interface)
      : interface_(std::move(interface)), client_(interface_->endpoint->NewClient()) {}

  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 const CallWatch& watch) override;
  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(
      const adapter::v1::GetRecordRequest& request, const CallWatch& watch) override;
  absl::Status Health(const CallWatch& watch) override;

 private:
  // Adds what one spelling or pattern finds, page by page.
  absl::Status Collect(const std::string& serial, const CallWatch& watch,
                       CandidateList* candidates);
  absl::StatusOr<JsonAnswer> Read(const HttpAnswer& answer) const;

  const std::shared_ptr<const RestInterface> interface_;
  const std::unique_ptr<HttpsClient> client_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_REST_READER_H_
