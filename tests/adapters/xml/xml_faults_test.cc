// What an adapter of documents owes where the registry, or what it sends, is not as it should be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "tests/adapters/xml/xml_registry.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class XmlFaultsTest : public XmlRegistryTest {
 protected:
  static std::string WithType(const std::string& type, const std::string& maker) {
    return "<?xml version=\"1.0\"?>" + type +
           Treffer("<Waffe id=\"1\"><Kennzeichen><Nummer>S1</Nummer></Kennzeichen><Hersteller>" +
                   maker + "</Hersteller></Waffe>");
  }
};

TEST_F(XmlFaultsTest, AnAnswerThatIsNoXmlIsNone) {
  for (const std::string& garbage :
       {std::string("{}"), std::string(""), std::string("<Treffer>"), Treffer("") + "x",
        Treffer("\xFF"), Treffer(std::string("\x01"))}) {
    const absl::Status status = OutcomeOf(garbage);
    EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_UNAVAILABLE) << garbage;
    EXPECT_THAT(std::string(status.message()), HasSubstr("no well-formed XML"));
  }
  EXPECT_EQ(ReasonOf(OutcomeOf(Treffer(""), 200, "text/html")), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_TRUE(OutcomeOf(Treffer(""), 200, "application/soap+xml; charset=utf-8").ok());
}

TEST_F(XmlFaultsTest, ADocumentTypeIsRefusedWhateverItHolds) {
  const std::string secret = Write("secret.txt", "TOP-SECRET");
  const std::string bomb =
      "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
  for (const auto& [type, maker] :
       {std::pair<std::string, std::string>{"<!DOCTYPE Treffer>", "x"},
        {"<!DOCTYPE a [<!ENTITY e SYSTEM \"file://" + secret + "\">]>", "&e;"},
        {"<!DOCTYPE a SYSTEM \"https://127.0.0.1:1/a.dtd\">", "x"},
        {"<!DOCTYPE a [<!ENTITY % p SYSTEM \"file://" + secret + "\"> %p;]>", "x"},
        {bomb, "&c;"}}) {
    const absl::Status status = OutcomeOf(WithType(type, maker));
    EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_UNAVAILABLE) << type;
    EXPECT_THAT(std::string(status.message()), HasSubstr("document type"));
    EXPECT_EQ(server().requests().size(), 1u) << "nothing was fetched";
  }
}

TEST_F(XmlFaultsTest, AnEntityOfItsOwnAndAnIncludeAreNotFollowed) {
  EXPECT_EQ(ReasonOf(OutcomeOf(WithType("", "&unknown;"))), v1::REASON_REGISTRY_UNAVAILABLE);
  const std::string secret = Write("secret.txt", "TOP-SECRET");
  ServeXml(WithType("",
                    "A<x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" parse=\"text\" "
                    "href=\"file://" +
                        secret + "\"/>"));
  Open();
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->DebugString(), Not(HasSubstr("TOP-SECRET")));
}

TEST_F(XmlFaultsTest, ADocumentThatNestsTooDeeplyIsRefused) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "<a>";
    for (int i = 0; i < depth; ++i) text += "</a>";
    return Treffer(text);
  };
  EXPECT_TRUE(OutcomeOf(nested(200)).ok());
  EXPECT_EQ(ReasonOf(OutcomeOf(nested(300))), v1::REASON_REGISTRY_UNAVAILABLE);
}

TEST_F(XmlFaultsTest, AChangedDocumentIsNamedByItsKey) {
  for (const auto& [document, key] :
       {std::pair{std::string("<Treffer/>"), "xml.find.answer"},
        std::pair{Treffer("<Waffe nr=\"1\"><Kennzeichen><Nummer>S1</Nummer></Kennzeichen></Waffe>"),
                  "record_number"},
        std::pair{Treffer("<Waffe id=\"1\"><Nummer>S1</Nummer></Waffe>"),
                  "serial_search.column"}}) {
    const absl::Status status = OutcomeOf(document);
    ASSERT_EQ(ReasonOf(status), v1::REASON_REGISTRY_MISMATCH) << document << status;
    EXPECT_EQ(DetailOf(status).violations(0).field(), key);
  }
}

TEST_F(XmlFaultsTest, AnAnswerThatItsSchemaDoesNotAllowIsRefused) {
  const std::string schema = Write("waffe.xsd", R"(
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x-waffe"
           elementFormDefault="qualified">
  <xs:element name="Treffer"><xs:complexType><xs:sequence>
    <xs:element name="Waffe" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="Kennzeichen"><xs:complexType><xs:sequence>
        <xs:element name="Nummer" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence><xs:attribute name="id" type="xs:integer" use="required"/></xs:complexType>
    </xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)");
  const auto outcome = [&](const std::string& document) {
    ServeXml(document);
    auto config = Xml();
    config.set_schema_file(schema);
    Open(config);
    return Find(Spelled({"S1"})).status();
  };
  EXPECT_TRUE(outcome(Soap11(Treffer(Numbered(1)))).ok()) << "the envelope is not held against it";
  const absl::Status status = outcome(Soap11(Treffer(kWaffe)));
  EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_MISMATCH);
  EXPECT_EQ(DetailOf(status).violations(0).field(), "xml.schema_file");
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("W-1")));
}

TEST_F(XmlFaultsTest, SoapFaultsHaveTheirReasons) {
  const auto fault11 = [](const std::string& code) {
    return Soap11("<s:Fault><faultcode>" + code +
                  "</faultcode><faultstring>no W-1</faultstring></s:Fault>");
  };
  const auto fault12 = [](const std::string& code) {
    return "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body><e:Fault>"
           "<e:Code><e:Value>" +
           code + "</e:Value></e:Code></e:Fault></e:Body></e:Envelope>";
  };
  for (const int status : {200, 500}) {
    for (const auto& [document, reason] :
         {std::pair{fault11("s:Client.Input"), v1::REASON_REGISTRY_MISMATCH},
          std::pair{fault11("s:Server"), v1::REASON_REGISTRY_UNAVAILABLE},
          std::pair{fault12("e:Sender"), v1::REASON_REGISTRY_MISMATCH},
          std::pair{fault12("e:Receiver"), v1::REASON_REGISTRY_UNAVAILABLE},
          std::pair{fault12(""), v1::REASON_REGISTRY_UNAVAILABLE}}) {
      const absl::Status outcome = OutcomeOf(document, status);
      EXPECT_EQ(ReasonOf(outcome), reason) << status << document;
      EXPECT_THAT(std::string(outcome.message()), HasSubstr("SOAP fault"));
      EXPECT_THAT(std::string(outcome.message()), Not(HasSubstr("W-1")));
    }
  }
}

TEST_F(XmlFaultsTest, StatusesHaveTheirReasons) {
  for (const auto& [status, reason] :
       {std::pair{400, v1::REASON_REGISTRY_MISMATCH}, std::pair{404, v1::REASON_REGISTRY_MISMATCH},
        std::pair{403, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{302, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{500, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{503, v1::REASON_REGISTRY_BUSY}}) {
    EXPECT_EQ(ReasonOf(OutcomeOf(Treffer(""), status)), reason) << status;
    EXPECT_EQ(ReasonOf(OutcomeOf("no", status, "text/plain")), reason) << status;
  }
}

TEST_F(XmlFaultsTest, AHangingRegistryIsGivenUpAtTheDeadline) {
  Serve([](const Request&, Reply& reply) { reply.Hang(); });
  Open();
  const auto answer = Find(Spelled({"S1"}), {absl::Now() + absl::Milliseconds(300), {}});
  EXPECT_EQ(ReasonOf(answer.status()), v1::REASON_DEADLINE_EXCEEDED);
}

TEST_F(XmlFaultsTest, HalfAnAnswerAndALongOneAreNone) {
  Serve([](const Request&, Reply& reply) {
    reply.Send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<Tref");
    reply.Reset();
  });
  Open();
  EXPECT_EQ(ReasonOf(Find(Spelled({"S1"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  adapter_.reset();
  Serve([](const Request&, Reply& reply) {
    reply.Send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 104857600\r\n\r\n");
    const std::string chunk(1 << 20, ' ');
    while (reply.Send(chunk)) {
    }
  });
  Open();
  const absl::Status status = Find(Spelled({"S1"})).status();
  EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_THAT(std::string(status.message()), HasSubstr("more than 4194304 bytes"));
}

}  // namespace
}  // namespace tracegate
