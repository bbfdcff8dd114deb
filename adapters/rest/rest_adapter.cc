#include "adapters/rest/rest_adapter.h"

#include <string>
#include <utility>
#include <vector>

#include "adapters/rest/rest_reader.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Wrong(const std::string& field, std::string_view expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

absl::Status CheckMapping(const Mapping& mapping) {
  if (absl::Status checked = CheckNested("rest.mapping", mapping); !checked.ok()) return checked;
  if (mapping.character_set().has_several_bytes())
    return Wrong("rest.mapping",
                 "has a character_set with several bytes, which is for files alone");
  if (mapping.character_set().holds_ascii()) return absl::OkStatus();
  return Wrong("rest.mapping", "has a character set without ASCII, in which no JSON is");
}

absl::StatusOr<std::shared_ptr<const RestInterface>> Interface(
    const std::string& name, const config::v1::RestRegistry& config, Mapping mapping) {
  if (absl::Status checked = CheckMapping(mapping); !checked.ok()) return checked;
  auto endpoint = HttpsEndpoint::Create(name, "rest.server", config.server());
  if (!endpoint.ok()) return endpoint.status();
  auto words = SearchWords::Create(
      "rest.find",
      {config.find().spellings_max(), config.find().wildcard_one(), config.find().wildcard_any()});
  if (!words.ok()) return words.status();
  auto pages = RestPages::Create(config.find().pages());
  if (!pages.ok()) return pages.status();
  auto records = JsonRecords::Create((*endpoint)->asked(), mapping);
  if (!records.ok()) return Wrong("rest.mapping", "has " + std::string(records.status().message()));
  auto at = JsonPlace::Parse(config.record().at().empty() ? "#" : config.record().at());
  if (!at.ok()) return Wrong("rest.record.at", std::string(at.status().message()));
  auto questions = RestQuestions::Create(config, endpoint->get(), mapping.character_set());
  if (!questions.ok()) return questions.status();
  return std::make_shared<const RestInterface>(RestInterface{
      *std::move(endpoint), std::move(mapping), *std::move(words), *std::move(questions),
      *std::move(pages), *std::move(records), *std::move(at), config.find().nothing_is_404()});
}

}  // namespace

absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenRestAdapter(
    const config::v1::RestRegistry& config, Mapping mapping, int concurrency,
    DocumentAdapter::Options options) {
  auto interface = Interface(options.name, config, std::move(mapping));
  if (!interface.ok()) return interface.status();
  std::vector<std::unique_ptr<DocumentReader>> readers;
  for (int i = 0; i < concurrency; ++i) readers.push_back(std::make_unique<RestReader>(*interface));
  options.partial_serials = (*interface)->words.has_wildcards();
  return std::make_unique<DocumentAdapter>(std::move(options), std::move(readers));
}

}  // namespace tracegate
