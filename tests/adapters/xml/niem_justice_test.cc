// A police message as NIEM's justice domain has it: read through a mapping, and held against the schema itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_replace.h"
#include "adapters/xml/xml_document.h"
#include "adapters/xml/xml_schema.h"
#include "tests/adapters/xml/xml_registry.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;

constexpr char kSchemaFile[] = TRACEGATE_SOURCE_DIR "/../shared/data/niem_justice.xsd";

// Of niem-core and its adapters, what a firearm of the justice domain is made of.
constexpr char kCore[] = R"xml(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:nc="{niem}niem-core/6.0/" targetNamespace="{niem}niem-core/6.0/">
<xs:complexType name="TextType"><xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent></xs:complexType>
<xs:complexType name="LengthMeasureType"><xs:sequence/></xs:complexType>
<xs:complexType name="IdentificationType"><xs:sequence>
  <xs:element ref="nc:IdentificationID"/>
</xs:sequence></xs:complexType>
<xs:complexType name="ItemType"><xs:sequence>
  <xs:element ref="nc:ItemMakeName" minOccurs="0"/>
  <xs:element ref="nc:ItemModelName" minOccurs="0"/>
  <xs:element ref="nc:ItemOtherIdentification" minOccurs="0"/>
  <xs:element ref="nc:ItemSerialIdentification" minOccurs="0"/>
</xs:sequence></xs:complexType>
<xs:element name="IdentificationID" type="xs:token"/>
<xs:element name="ItemMakeName" type="nc:TextType"/>
<xs:element name="ItemModelName" type="nc:TextType"/>
<xs:element name="ItemOtherIdentification" type="nc:IdentificationType"/>
<xs:element name="ItemSerialIdentification" type="nc:IdentificationType"/>
</xs:schema>)xml";
constexpr char kAdapters[] = R"xml(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="{niem}adapters/niem-xs/6.0/">
<xs:complexType name="boolean"><xs:simpleContent><xs:extension base="xs:boolean"/></xs:simpleContent></xs:complexType>
</xs:schema>)xml";
// The register's own message.
constexpr char kMessage[] = R"xml(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:j="{niem}domains/justice/6.0/" targetNamespace="urn:register">
<xs:import namespace="{niem}domains/justice/6.0/" schemaLocation="justice.xsd"/>
<xs:element name="Found"><xs:complexType><xs:sequence>
  <xs:element ref="j:Firearm" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>)xml";

// With the model's namespaces, which all begin alike.
std::string InNiem(std::string_view text) {
  return absl::StrReplaceAll({text.data(), text.size()},
                             {{"{niem}", "https://docs.oasis-open.org/niemopen/ns/model/"}});
}

constexpr char kYaml[] = R"yaml(
source: j:Firearm
record_number: nc:ItemOtherIdentification/nc:IdentificationID
serial_search: {column: nc:ItemSerialIdentification/nc:IdentificationID}
fields:
  - {column: nc:ItemMakeName, to: firearm.manufacturer}
  - {column: nc:ItemModelName, to: firearm.model}
  - {column: j:FirearmBoreSizeText, to: firearm.calibre}
  - {column: j:FirearmCategoryText, to: firearm.type, codes: categories}
code_tables:
  categories:
    codes: {PR: REVOLVER}
)yaml";

constexpr char kItem[] =
    "<nc:ItemMakeName>Colt</nc:ItemMakeName><nc:ItemModelName>Python</nc:ItemModelName>"
    "<nc:ItemOtherIdentification><nc:IdentificationID>7</nc:IdentificationID>"
    "</nc:ItemOtherIdentification><nc:ItemSerialIdentification><nc:IdentificationID>AB1"
    "</nc:IdentificationID></nc:ItemSerialIdentification>";
constexpr char kCategory[] = "<j:FirearmCategoryText>PR</j:FirearmCategoryText>";
constexpr char kBore[] = "<j:FirearmBoreSizeText>.357 Magnum</j:FirearmBoreSizeText>";

std::string MessageWith(const std::string& firearm) {
  return InNiem(
             "<r:Found xmlns:r='urn:register' xmlns:j='{niem}domains/justice/6.0/' "
             "xmlns:nc='{niem}niem-core/6.0/'><j:Firearm>") +
         firearm + "</j:Firearm></r:Found>";
}

// What the schema has of firearms, as a schema of its own: the domain is thousands of elements, and what it imports of
// other domains is not here. An exchange is specified by such a subset.
std::string FirearmsOf(const std::string& schema_file) {
  const XmlDocument schema(xmlReadFile(schema_file.c_str(), nullptr, XML_PARSE_NONET));
  if (schema == nullptr) return "";
  xmlNode* const root = xmlDocGetRootElement(schema.get());
  for (xmlNode *child = root->children, *next = nullptr; child != nullptr; child = next) {
    next = child->next;
    const std::unique_ptr<xmlChar, void (*)(void*)> name(xmlGetProp(child, BAD_CAST "name"),
                                                         xmlFree);
    if (name != nullptr &&
        std::string_view(reinterpret_cast<char*>(name.get())).starts_with("Firearm")) {
      continue;
    }
    xmlUnlinkNode(child);
    xmlFreeNode(child);
  }
  for (const auto& [space, file] : {std::pair{"{niem}niem-core/6.0/", "core.xsd"},
                                    std::pair{"{niem}adapters/niem-xs/6.0/", "adapters.xsd"}}) {
    xmlNode* const import = xmlNewNode(root->ns, BAD_CAST "import");
    xmlNewProp(import, BAD_CAST "namespace", BAD_CAST InNiem(space).c_str());
    xmlNewProp(import, BAD_CAST "schemaLocation", BAD_CAST file);
    xmlAddPrevSibling(root->children, import);
  }
  xmlChar* text = nullptr;
  int bytes = 0;
  xmlDocDumpMemory(schema.get(), &text, &bytes);
  const std::unique_ptr<xmlChar, void (*)(void*)> owned(text, xmlFree);
  return {reinterpret_cast<char*>(text), static_cast<size_t>(bytes)};
}

class NiemJusticeTest : public XmlRegistryTest {
 protected:
  config::v1::XmlRegistry Niem() {
    auto config = Xml();
    auto& namespaces = *config.mutable_namespaces();
    namespaces["r"] = "urn:register";
    namespaces["j"] = InNiem("{niem}domains/justice/6.0/");
    namespaces["nc"] = InNiem("{niem}niem-core/6.0/");
    config.mutable_find()->set_answer("/r:Found");
    config.mutable_record()->set_answer("/r:Found");
    return config;
  }
};

TEST_F(NiemJusticeTest, IsReadThroughAMapping) {
  ServeXml(MessageWith(std::string(kItem) + kCategory + kBore), 200, "application/xml");
  Open(Niem(), kYaml);
  const auto response = GetRecord("7");
  ASSERT_TRUE(response.ok()) << response.status();
  const v1::Firearm& firearm = response->record().firearm();
  EXPECT_EQ(firearm.serial_number(), "AB1");
  EXPECT_EQ(firearm.manufacturer().verbatim(), "Colt");
  EXPECT_EQ(firearm.model().verbatim(), "Python");
  EXPECT_EQ(firearm.calibre().verbatim(), ".357 Magnum");
  EXPECT_EQ(firearm.type(), v1::FIREARM_TYPE_REVOLVER);
  EXPECT_THAT(server().requests()[0].body, HasSubstr(">7</Hole>"));
}

// Against the schema itself, which is no part of the project.
class NiemSchemaTest : public NiemJusticeTest {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kSchemaFile)) GTEST_SKIP() << "no schema at " << kSchemaFile;
    Write("core.xsd", InNiem(kCore));
    Write("adapters.xsd", InNiem(kAdapters));
    Write("justice.xsd", FirearmsOf(kSchemaFile));
    schema_ = Write("message.xsd", InNiem(kMessage));
  }

  // How a search ends that is answered with that firearm.
  absl::StatusOr<adapter::v1::FindResponse> Answered(const std::string& firearm) {
    ServeXml(MessageWith(firearm));
    auto config = Niem();
    config.set_schema_file(schema_);
    Open(config, kYaml);
    return Find(Spelled({"AB1"}));
  }

  std::string schema_;
};

TEST_F(NiemSchemaTest, AllowsAnAnswerThatFitsIt) {
  const auto response = Answered(std::string(kItem) + kCategory + kBore);
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->records().records_size(), 1);
  EXPECT_EQ(response->records().records(0).firearm().calibre().verbatim(), ".357 Magnum");
  EXPECT_TRUE(Answered(kItem).ok()) << "the rest may be missing";
}

TEST_F(NiemSchemaTest, RefusesAnAnswerThatBreaksIt) {
  for (const std::string& rest :
       {// another order
        std::string(kBore) + kCategory,
        // an element of an older release
        std::string("<j:FirearmCaliberText>.357</j:FirearmCaliberText>"),
        // one that only stands for others
        std::string("<j:FirearmBoreSizeAbstract>.357</j:FirearmBoreSizeAbstract>"),
        // a value that is none of its type
        std::string("<j:FirearmAutomaticIndicator>maybe</j:FirearmAutomaticIndicator>")}) {
    const absl::Status status = Answered(kItem + rest).status();
    EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_MISMATCH) << rest << status;
    const v1::FailureDetail detail = DetailOf(status);
    ASSERT_EQ(detail.violations_size(), 1) << rest;
    EXPECT_EQ(detail.violations(0).field(), "xml.schema_file") << rest;
  }
}

TEST_F(NiemSchemaTest, IsNoneWithoutWhatItImports) {
  EXPECT_TRUE(XmlSchema::Load(schema_).ok());
  EXPECT_THAT(std::string(XmlSchema::Load(kSchemaFile).status().message()),
              HasSubstr("lacks one that it imports"));
}

}  // namespace
}  // namespace tracegate
