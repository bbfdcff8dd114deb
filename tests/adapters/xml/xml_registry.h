#ifndef TRACEGATE_TESTS_ADAPTERS_XML_XML_REGISTRY_H_
#define TRACEGATE_TESTS_ADAPTERS_XML_XML_REGISTRY_H_

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/xml/xml_adapter.h"
#include "tests/adapters/http/https_fixture.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/registry_calls.h"

namespace tracegate {

// A national register of weapons with German element names and codes, asked through SOAP 1.1.
inline constexpr char kGermanMapping[] = R"yaml(
source: w:Waffe
record_number: "@id"
serial_search: {column: w:Kennzeichen/w:Nummer}
fields:
  - {column: w:Hersteller, to: firearm.manufacturer}
  - {column: w:Art, to: firearm.type, codes: arten}
  - {column: "concat(w:Besitzer/w:Vorname, ' ', w:Besitzer/w:Name)", to: holder.name}
events:
  - source: w:Vorgang
    kind_column: "@art"
    kind_codes: vorgaenge
    order_by: "@lfd"
    fields:
      - {column: w:Tag, to: date, date_format: "%d.%m.%Y"}
      - {column: w:Land, to: to_state}
code_tables:
  arten:
    codes: {"01": SELF_LOADING_PISTOL}
  vorgaenge:
    codes: {AUSF: EXPORT}
)yaml";

inline constexpr char kWaffe[] =
    "<Waffe id=\"W-1\"><Kennzeichen><Nummer>G-118 442</Nummer></Kennzeichen>"
    "<Hersteller>WALT</Hersteller><Art>01</Art>"
    "<Besitzer><Vorname>Erika</Vorname><Name>Muster</Name></Besitzer>"
    "<Vorgang lfd=\"10\" art=\"AUSF\"><Tag>17.10.2017</Tag><Land>AT</Land></Vorgang>"
    "<Vorgang lfd=\"9\" art=\"AUSF\"><Tag>01.02.2001</Tag><Land>CH</Land></Vorgang></Waffe>";

inline std::string Treffer(const std::string& waffen) {
  return "<Treffer xmlns=\"urn:x-waffe\">" + waffen + "</Treffer>";
}

inline std::string Soap11(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope "
         "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" +
         body + "</s:Body></s:Envelope>";
}

inline std::string Numbered(int number) {
  return "<Waffe id=\"" + std::to_string(number) +
         "\"><Kennzeichen><Nummer>S1</Nummer></Kennzeichen></Waffe>";
}

// A registry of documents, its adapter, and calls to it.
class XmlRegistryTest : public ::testing::Test, public HttpsFixture, public RegistryCalls {
 protected:
  ~XmlRegistryTest() override { adapter_.reset(); }

  // Answers everything with one document.
  void ServeXml(const std::string& document, int status = 200,
                const std::string& type = "text/xml; charset=utf-8") {
    adapter_.reset();
    Serve([=](const Request&, Reply& reply) { reply.Whole(status, type, document); });
  }

  config::v1::XmlRegistry Xml() {
    config::v1::XmlRegistry config;
    *config.mutable_server() = Config();
    (*config.mutable_namespaces())["w"] = "urn:x-waffe";
    auto* find = config.mutable_find();
    find->set_path("/dienst");
    find->set_request_file(
        Write("find.xml", Soap11("<Suche xmlns=\"urn:x-waffe\" nr=\"{serial}\"/>")));
    find->set_soap_action("urn:x-waffe:suche");
    find->set_answer("//w:Treffer");
    *config.mutable_record() = *find;
    config.mutable_record()->set_request_file(
        Write("record.xml", Soap11("<Hole xmlns=\"urn:x-waffe\">{record_number}</Hole>")));
    return config;
  }

  absl::StatusOr<std::unique_ptr<RegistryAdapter>> TryOpen(const config::v1::XmlRegistry& config,
                                                           const std::string& yaml) {
    return OpenXmlAdapter(config, MappingOf(yaml), /*concurrency=*/2,
                          {.name = "nwr",
                           .state = "DE",
                           .queue_max = 4,
                           .timeout = absl::Seconds(60),
                           .tell = [this](const std::string& trouble) {
                             const std::lock_guard lock(mutex_);
                             told_.push_back(trouble);
                           }});
  }
  void Open(const config::v1::XmlRegistry& config, const std::string& yaml = kGermanMapping) {
    auto opened = TryOpen(config, yaml);
    ASSERT_TRUE(opened.ok()) << opened.status();
    adapter_ = *std::move(opened);
  }
  void Open() { Open(Xml()); }

  // How a search ends that is answered with that document.
  absl::Status OutcomeOf(const std::string& document, int status = 200,
                         const std::string& type = "text/xml") {
    ServeXml(document, status, type);
    Open();
    return Find(Spelled({"S1"})).status();
  }

  std::mutex mutex_;
  std::vector<std::string> told_;  // guarded by mutex_
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_XML_XML_REGISTRY_H_
