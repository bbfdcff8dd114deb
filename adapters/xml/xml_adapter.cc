#include "adapters/xml/xml_adapter.h"

#include <string>
#include <utility>
#include <vector>

#include "adapters/xml/xml_reader.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::StatusOr<std::shared_ptr<const XmlInterface>> Interface(const std::string& name,
                                                              const config::v1::XmlRegistry& config,
                                                              Mapping mapping) {
  if (absl::Status checked = CheckNested("xml.mapping", mapping); !checked.ok()) return checked;
  if (!mapping.character_set().is_utf8()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "xml.mapping",
                        "has a character_set; a document says its own");
  }
  auto endpoint = HttpsEndpoint::Create(name, "xml.server", config.server());
  if (!endpoint.ok()) return endpoint.status();
  auto words = SearchWords::Create(
      "xml", {config.spellings_max(), config.wildcard_one(), config.wildcard_any()});
  if (!words.ok()) return words.status();
  auto find = XmlQuestion::Load("xml.find", "{serial}", config.find(), **endpoint);
  if (!find.ok()) return find.status();
  auto record = XmlQuestion::Load("xml.record", "{record_number}", config.record(), **endpoint);
  if (!record.ok()) return record.status();
  return std::make_shared<const XmlInterface>(XmlInterface{*std::move(endpoint), std::move(mapping),
                                                           *std::move(words), *std::move(find),
                                                           *std::move(record)});
}

}  // namespace

absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenXmlAdapter(
    const config::v1::XmlRegistry& config, Mapping mapping, int concurrency,
    DocumentAdapter::Options options) {
  const auto interface = Interface(options.name, config, std::move(mapping));
  if (!interface.ok()) return interface.status();
  std::vector<std::unique_ptr<DocumentReader>> readers;
  for (int i = 0; i < concurrency; ++i) {
    auto reader = XmlReader::Create(*interface, config);
    if (!reader.ok()) return reader.status();
    readers.push_back(*std::move(reader));
  }
  options.partial_serials = (*interface)->words.has_wildcards();
  return std::make_unique<DocumentAdapter>(std::move(options), std::move(readers));
}

}  // namespace tracegate
