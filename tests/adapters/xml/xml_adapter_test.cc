#include "adapters/xml/xml_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/xml/xml_registry.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

using XmlAdapterTest = XmlRegistryTest;

TEST_F(XmlAdapterTest, AsksAGermanRegisterThroughSoap) {
  ServeXml(Soap11(Treffer(kWaffe)));
  Open();
  const auto response = Find(Spelled({"G-118 442"}));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->records().records_size(), 1);
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_EQ(record.record_number(), "W-1");
  EXPECT_EQ(record.firearm().serial_number(), "G-118 442");
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  EXPECT_EQ(record.firearm().type_verbatim(), "01");
  EXPECT_EQ(record.holder().name(), "Erika Muster");
  ASSERT_EQ(record.events_size(), 2);
  EXPECT_EQ(record.events(0).to_state(), "CH");
  EXPECT_EQ(record.events(1).to_state(), "AT");
  EXPECT_EQ(record.losses_size(), 0);
  const Request asked = server().requests()[0];
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.target, "/dienst");
  EXPECT_EQ(asked.headers.at("soapaction"), "\"urn:x-waffe:suche\"");
  EXPECT_EQ(asked.headers.at("content-type"), "text/xml; charset=utf-8");
  EXPECT_THAT(asked.body, HasSubstr("nr=\"G-118 442\""));
}

TEST_F(XmlAdapterTest, EscapesWhatItAsksFor) {
  ServeXml(Soap11(Treffer("")));
  Open();
  EXPECT_TRUE(Find(Spelled({"\"/><a>&'\t", "a\x01z"})).ok());
  ASSERT_EQ(server().requests().size(), 1u) << "XML cannot hold the other";
  EXPECT_THAT(server().requests()[0].body, HasSubstr("nr=\"&quot;/&gt;&lt;a&gt;&amp;&apos;&#9;\""));
}

TEST_F(XmlAdapterTest, ReadsAMessageOfNamesAndValues) {
  constexpr char kYaml[] = R"yaml(
source: entity[@type='FIREARM']
record_number: field[@name='id']/@value
serial_search: {column: "field[@name='serialNumber']/@value"}
fields:
  - {column: "field[@name='make']/@value", to: firearm.manufacturer}
)yaml";
  ServeXml(
      "<message><entity type='PERSON'/><entity type='FIREARM'><field name='id' value='u1'/>"
      "<field name='serialNumber' value='S1'/><field name='make' value='CZ'/></entity></message>");
  auto config = Xml();
  config.mutable_find()->set_answer("/message");
  config.mutable_record()->set_answer("/message");
  Open(config, kYaml);
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->records().records_size(), 1);
  EXPECT_EQ(response->records().records(0).firearm().manufacturer().verbatim(), "CZ");
}

TEST_F(XmlAdapterTest, ReadsTheEncodingThatADocumentSays) {
  for (const auto& [encoding, bytes, text] :
       {std::tuple{"ISO-8859-1",
                   "M\xFC"
                   "ller",
                   "M\xC3\xBCller"},
        std::tuple{"windows-1251", "\xC6\xEE", "\xD0\x96\xD0\xBE"}}) {
    ServeXml("<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?>" +
             Treffer("<Waffe id=\"1\"><Kennzeichen><Nummer>S1</Nummer></Kennzeichen><Hersteller>" +
                     std::string(bytes) + "</Hersteller></Waffe>"));
    Open();
    const auto response = Find(Spelled({"S1"}));
    ASSERT_TRUE(response.ok()) << encoding << response.status();
    EXPECT_EQ(response->records().records(0).firearm().manufacturer().verbatim(), text);
  }
}

TEST_F(XmlAdapterTest, StopsAtTheBoundAndSaysThereAreMore) {
  ServeXml(Treffer(Numbered(1) + Numbered(2) + Numbered(3)));
  Open();
  const auto two = Find(Spelled({"S1", "s1"}, 2));
  ASSERT_TRUE(two.ok()) << two.status();
  EXPECT_EQ(two->records().records_size(), 2);
  EXPECT_TRUE(two->records().more());
  EXPECT_EQ(server().requests().size(), 1u);
  EXPECT_FALSE(Find(Spelled({"S1"}, 3))->records().more());
}

TEST_F(XmlAdapterTest, FindsNothingWhereNothingIs) {
  ServeXml(Soap11(Treffer("")));
  Open();
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->records().records(), IsEmpty());
  EXPECT_EQ(ReasonOf(GetRecord("W-1").status()), v1::REASON_RECORD_NOT_FOUND);
}

TEST_F(XmlAdapterTest, TellsWhatHoldsNoSingleValueAsLost) {
  ServeXml(
      Treffer("<Waffe id=\"1\"><Kennzeichen><Nummer>S1</Nummer></Kennzeichen>"
              "<Hersteller>A</Hersteller><Hersteller>B</Hersteller><Art><b>01</b></Art>"
              "</Waffe>"));
  Open();
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  const v1::RegistryRecord& record = response->records().records(0);
  ASSERT_EQ(record.losses_size(), 2);
  EXPECT_EQ(record.losses(0).name(), "w:Hersteller");
  EXPECT_EQ(record.losses(1).name(), "w:Art");
}

TEST_F(XmlAdapterTest, RefusesAConfigurationThatCannotBeMeant) {
  ServeXml("");
  const auto field = [&](const std::function<void(config::v1::XmlRegistry*)>& change) {
    auto config = Xml();
    change(&config);
    const absl::Status status = TryOpen(config, kGermanMapping).status();
    EXPECT_EQ(ReasonOf(status), v1::REASON_CONFIG_INVALID) << status;
    const v1::FailureDetail detail = DetailOf(status);
    return detail.violations().empty() ? "" : detail.violations(0).field();
  };
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_path("dienst"); }), "xml.find.path");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_request_file("/nowhere"); }),
            "xml.find.request_file");
  EXPECT_EQ(field([&](auto* c) {
              c->mutable_find()->set_request_file(Write("a.xml", "<a>{serie}</a>"));
            }),
            "xml.find.request_file");
  EXPECT_EQ(field([&](auto* c) {
              c->mutable_record()->set_request_file(Write("a.xml", "<a>{record_number}"));
            }),
            "xml.record.request_file");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_answer("//x:Treffer"); }),
            "xml.find.answer");
  EXPECT_EQ(field([](auto* c) { c->mutable_record()->set_answer("//["); }), "xml.record.answer");
  EXPECT_EQ(field([](auto* c) { c->mutable_namespaces()->clear(); }), "xml.mapping");
  EXPECT_EQ(field([](auto* c) { c->set_schema_file("/nowhere.xsd"); }), "xml.schema_file");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_soap_action("a\r\nb"); }),
            "xml.find.soap_action");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_content_type("a\nb"); }),
            "xml.find.content_type");
  EXPECT_EQ(field([](auto* c) { c->set_spellings_max(65); }), "xml.spellings_max");
}

}  // namespace
}  // namespace tracegate
