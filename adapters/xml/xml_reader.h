#ifndef TRACEGATE_ADAPTERS_XML_XML_READER_H_
#define TRACEGATE_ADAPTERS_XML_XML_READER_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/http/document_reader.h"
#include "adapters/http/https_client.h"
#include "adapters/http/https_endpoint.h"
#include "adapters/http/search_words.h"
#include "adapters/mapping/mapping.h"
#include "adapters/xml/xml_path.h"
#include "adapters/xml/xml_question.h"
#include "adapters/xml/xml_records.h"
#include "adapters/xml/xml_schema.h"
#include "tracegate/config/v1/xml_registry.pb.h"

namespace tracegate {

// What is known of one registry of documents, for every reader of it.
struct XmlInterface {
  std::unique_ptr<HttpsEndpoint> endpoint;
  Mapping mapping;
  SearchWords words;
  XmlQuestion find;
  XmlQuestion record;
};

// Asks one registry of documents, on connections of its own.
//
// Thread safety and errors: as DocumentReader.
class XmlReader : public DocumentReader {
 public:
  // Errors: CONFIG_INVALID naming the field.
  static absl::StatusOr<std::unique_ptr<XmlReader>> Create(
      std::shared_ptr<const XmlInterface> interface, const config::v1::XmlRegistry& config);

  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 const CallWatch& watch) override;
  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(
      const adapter::v1::GetRecordRequest& request, const CallWatch& watch) override;
  absl::Status Health(const CallWatch& watch) override;

 private:
  // Libxml2's expressions and schemas are for one thread each.
  struct Reading {
    XmlRecords records;
    XmlPath find_answer;
    XmlPath record_answer;
    std::optional<XmlSchema> schema;
  };

  XmlReader(std::shared_ptr<const XmlInterface> interface, Reading reading)
      : interface_(std::move(interface)),
        reading_(std::move(reading)),
        client_(interface_->endpoint->NewClient()) {}

  // What an answer to `request` has at `path`. `field`: of the configuration, that says where.
  absl::StatusOr<std::vector<NestedRecord>> Ask(const HttpRequest& request, const XmlPath& path,
                                                const std::string& field, size_t records_max,
                                                const CallWatch& watch);
  absl::StatusOr<XmlDocument> Read(const HttpAnswer& answer) const;

  const std::shared_ptr<const XmlInterface> interface_;
  const Reading reading_;
  const std::unique_ptr<HttpsClient> client_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_READER_H_
