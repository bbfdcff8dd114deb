#include "adapters/rest/rest_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/rest/rest_registry.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using RestAdapterTest = RestRegistryTest;

TEST_F(RestAdapterTest, FindsARecordAndTellsItsLifeInItsOrder) {
  ServeBodies({{"/vaapen?serie=AB-12%2034", Hits({kPistol})}});
  Open();
  const auto response = Find(Spelled({"AB-12 34"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_FALSE(response->records().more());
  ASSERT_EQ(response->records().records_size(), 1);
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_EQ(record.record_number(), "N-1");
  EXPECT_EQ(record.firearm().serial_number(), "AB-12 34");
  EXPECT_EQ(record.firearm().manufacturer().verbatim(), "Kongsberg");
  EXPECT_EQ(record.firearm().year_of_manufacture(), 1985);
  EXPECT_EQ(record.holder().name(), "Ski skytterlag");
  ASSERT_EQ(record.events_size(), 2);
  EXPECT_EQ(record.events(0).to_state(), "DK");
  EXPECT_EQ(record.events(1).to_state(), "SE");
  EXPECT_EQ(record.events(1).date().year(), 1999);
  EXPECT_EQ(record.losses_size(), 0);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(RestAdapterTest, KeepsWhatTheApiWroteByteForByte) {
  ServeBodies({{"/vaapen?serie=1e5",
                Hits({R"({"id":9007199254740993,"serienummer":1e5,"produksjonsaar":1.985E+3,)"
                      R"("eier":true})"})}});
  Open();
  const auto response = Find(Spelled({"1e5"}));
  ASSERT_TRUE(response.ok()) << response.status();
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_EQ(record.record_number(), "9007199254740993") << "past what a double holds";
  EXPECT_EQ(record.firearm().serial_number(), "1e5");
  std::map<std::string, std::string> verbatim;
  for (const auto& field : record.verbatim()) verbatim[field.name()] = field.value();
  EXPECT_EQ(verbatim.at("produksjonsaar"), "1.985E+3");
  EXPECT_EQ(verbatim.at("eier"), "true");
}

TEST_F(RestAdapterTest, TellsWhatItCouldNotReadAsLost) {
  ServeBodies({{"/vaapen?serie=S1", Hits({R"({"id":"1","serienummer":"S1","eier":{"navn":"X"},)"
                                          R"("bevegelser":[{"nr":1,"til":{"land":["SE"]}}]})"})}});
  Open();
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  const v1::RegistryRecord& record = response->records().records(0);
  ASSERT_EQ(record.losses_size(), 2);
  EXPECT_EQ(record.losses(0).name(), "eier");
  EXPECT_EQ(record.losses(1).name(), "/bevegelser[0]./til/land");
  EXPECT_THAT(record.losses(0).reason(), HasSubstr("no single value"));
}

TEST_F(RestAdapterTest, FindsNothingWhereNothingIs) {
  ServeBodies({{"/vaapen?serie=S1", Hits({})}, {"/vaapen?serie=S2", "{\"treff\":null}"}});
  Open();
  EXPECT_THAT(Found(Spelled({"S1"})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"S2"})), IsEmpty());
}

TEST_F(RestAdapterTest, AsksEverySpellingInOrderAndTakesEachRecordOnce) {
  ServeBodies({{"/vaapen?serie=S1", Hits({})},
               {"/vaapen?serie=s1", Hits({Numbered(1), Numbered(2)})},
               {"/vaapen?serie=S-1", Hits({Numbered(2), Numbered(3)})}});
  Open();
  EXPECT_THAT(Found(Spelled({"S1", "s1", "S-1"})), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Targets(), ElementsAre("/vaapen?serie=S1", "/vaapen?serie=s1", "/vaapen?serie=S-1"));
}

TEST_F(RestAdapterTest, AsksAsManySpellingsAsItMayTheGivenOneAmongThem) {
  Serve([](const Request&, Reply& reply) { reply.Json(Hits({})); });
  auto config = Rest();
  config.mutable_find()->set_spellings_max(2);
  Open(config);
  EXPECT_THAT(Found(Spelled({"a", "b", "c"})), IsEmpty());
  EXPECT_THAT(Targets(), ElementsAre("/vaapen?serie=a", "/vaapen?serie=c"));
}

TEST_F(RestAdapterTest, StopsAtTheBoundAndSaysThereAreMore) {
  ServeBodies({{"/vaapen?serie=S1", Hits({Numbered(1), Numbered(2), Numbered(3)})},
               {"/vaapen?serie=S2", Hits({})}});
  Open();
  const auto two = Find(Spelled({"S1", "S2"}, 2));
  ASSERT_TRUE(two.ok()) << two.status();
  EXPECT_EQ(two->records().records_size(), 2);
  EXPECT_TRUE(two->records().more());
  EXPECT_THAT(Targets(), SizeIs(1)) << "there are enough";
  EXPECT_FALSE(Find(Spelled({"S1"}, 3))->records().more());
}

TEST_F(RestAdapterTest, EncodesASerialSoThatItStaysOneValue) {
  Serve([](const Request&, Reply& reply) { reply.Json(Hits({})); });
  Open();
  EXPECT_THAT(Found(Spelled({"1&x=2#/../%00 Ж{serial}"})), IsEmpty());
  EXPECT_THAT(Targets(),
              ElementsAre("/vaapen?serie=1%26x%3D2%23%2F..%2F%2500%20%D0%96%7Bserial%7D"));
}

TEST_F(RestAdapterTest, AsksByPost) {
  Serve([](const Request& request, Reply& reply) {
    reply.Json(request.method == "POST" ? Hits({Numbered(7)}) : Hits({}));
  });
  auto config = Rest();
  config.mutable_find()->set_path("/sok");
  config.mutable_find()->set_body(R"({"serie": "{serial}", "antall": 50})");
  Open(config);
  EXPECT_THAT(Found(Spelled({"A\"\\1"})), ElementsAre("7"));
  EXPECT_EQ(server().requests()[0].body, R"({"serie": "A\"\\1", "antall": 50})");
  EXPECT_EQ(server().requests()[0].headers.at("content-type"), "application/json");
}

TEST_F(RestAdapterTest, AsksForAPartOfASerialInTheApisOwnSigns) {
  ServeBodies({{"/vaapen?serie=S_%25", Hits({Numbered(1)})}});
  auto config = Rest();
  config.mutable_find()->set_wildcard_one("_");
  config.mutable_find()->set_wildcard_any("%");
  Open(config);
  EXPECT_TRUE(adapter_->Describe().partial_serials());
  adapter::v1::FindRequest request = Spelled({});
  request.set_serial_pattern("S?*");
  EXPECT_THAT(Found(request), ElementsAre("1"));
}

TEST_F(RestAdapterTest, SaysWhereItCannotLookForAPartOfASerial) {
  ServeBodies({{"/vaapen?serie=S%3F1", Hits({})}, {"/vaapen?serie=S1", Hits({Numbered(1)})}});
  Open();
  EXPECT_FALSE(adapter_->Describe().partial_serials());
  adapter::v1::FindRequest request = Spelled({"S?1"});
  request.set_serial_pattern("S?1");
  const auto none = Find(request);
  EXPECT_EQ(DetailOf(none.status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(none.status()).violations(0).field(), "serial_pattern");
  request.add_serial_spellings("S1");
  const auto some = Find(request);
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(some->records().records_size(), 1);
  EXPECT_TRUE(some->records().more()) << "the pattern was not looked for";
}

TEST_F(RestAdapterTest, GivesOneRecord) {
  ServeBodies({{"/vaapen/N-1", kPistol}, {"/vaapen/007", R"({"id":7,"serienummer":"S1"})"}});
  Open();
  const auto record = GetRecord("N-1");
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->record().firearm().serial_number(), "AB-12 34");
  EXPECT_EQ(DetailOf(GetRecord("N-2").status()).reason(), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_EQ(DetailOf(GetRecord("007").status()).reason(), v1::REASON_RECORD_NOT_FOUND)
      << "7 is another number";
  EXPECT_EQ(DetailOf(GetRecord("..").status()).reason(), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_THAT(Targets(), ElementsAre("/vaapen/N-1", "/vaapen/N-2", "/vaapen/007"));
  EXPECT_THAT(told(), IsEmpty()) << "to have no such record is no trouble";
}

TEST_F(RestAdapterTest, GivesOneRecordFromInsideTheAnswer) {
  ServeBodies({{"/vaapen/N-1", "{\"data\":[" + std::string(kPistol) + "]}"},
               {"/vaapen/N-2", "{\"data\":[]}"}});
  auto config = Rest();
  config.mutable_record()->set_at("/data/0");
  Open(config);
  EXPECT_TRUE(GetRecord("N-1").ok());
  EXPECT_EQ(DetailOf(GetRecord("N-2").status()).reason(), v1::REASON_REGISTRY_MISMATCH);
}

TEST_F(RestAdapterTest, ReadsAnotherCharacterSet) {
  Serve([](const Request&, Reply& reply) {
    reply.Whole(200, "application/json; charset=iso-8859-1",
                Hits({"{\"id\":\"1\",\"serienummer\":\"\xC5-1\",\"eier\":\"Bj\xF8rn\"}"}));
  });
  Open(Rest(), "character_set: ISO-8859-1\n" + std::string(kNorwegianMapping));
  const auto response = Find(Spelled({"\xC3\x85-1", "\xD0\x96-1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->records().records(0).holder().name(), "Bj\xC3\xB8rn");
  EXPECT_THAT(Targets(), ElementsAre("/vaapen?serie=%C5-1"))
      << "what the set cannot write is not asked for";
}

TEST_F(RestAdapterTest, TakesAnAnswerThatIsTheListItself) {
  ServeBodies({{"/vaapen?serie=S1", "[" + Numbered(1) + "]"}});
  std::string yaml = kNorwegianMapping;
  yaml.replace(yaml.find("/treff"), 6, "\"#\"");
  Open(Rest(), yaml);
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1"));
}

TEST_F(RestAdapterTest, RefusesAMappingOfTables) {
  ServeBodies({});
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string yaml = kNorwegianMapping;
    yaml.replace(yaml.find(from), from.size(), to);
    const absl::Status status = TryOpen(Rest(), yaml).status();
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << yaml;
    return std::string(status.message());
  };
  EXPECT_THAT(refused("column: serienummer", "column: serienummer, folded: UPPER(x)"),
              HasSubstr("serial_search.folded"));
  EXPECT_THAT(refused("column: serienummer", "column: serienummer, cell: NUMBER_FIRST"),
              HasSubstr("serial_search.cell"));
  EXPECT_THAT(refused("kind: EXPORT", "kind: EXPORT\n    record_number: id"),
              HasSubstr("events[0].source with record_number"));
  EXPECT_THAT(refused("/produsent/navn", "/produsent~navn"), HasSubstr("fields[0].column"));
  EXPECT_THAT(refused("source: /treff", "source: /treff\ncharacter_set: IBM037"),
              HasSubstr("character set"));
  EXPECT_THAT(refused("source: /treff", "source: /treff\ncharacter_set: Shift_JIS"),
              HasSubstr("several bytes"));
}

TEST_F(RestAdapterTest, RefusesAConfigurationThatCannotBeMeant) {
  ServeBodies({});
  const auto field = [&](const std::function<void(config::v1::RestRegistry*)>& change) {
    auto config = Rest();
    change(&config);
    const absl::Status status = TryOpen(config, kNorwegianMapping).status();
    const v1::FailureDetail detail = DetailOf(status);
    EXPECT_EQ(detail.reason(), v1::REASON_CONFIG_INVALID) << status;
    return detail.violations().empty() ? "" : detail.violations(0).field();
  };
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_path("vaapen?s={serial}"); }),
            "rest.find.path");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_path("/vaapen?s=1"); }), "rest.find.path");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_path("/{x}?s={serial}"); }),
            "rest.find.path");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_body("{serial}"); }), "rest.find.body");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_spellings_max(65); }),
            "rest.find.spellings_max");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->set_wildcard_any("%"); }),
            "rest.find.wildcard_any");
  EXPECT_EQ(field([](auto* c) { c->mutable_record()->set_path("/vaapen/1"); }), "rest.record.path");
  EXPECT_EQ(field([](auto* c) { c->mutable_record()->set_at("/a~"); }), "rest.record.at");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->mutable_pages()->set_pages_max(101); }),
            "rest.find.pages.pages_max");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->mutable_pages()->set_next_link("/~"); }),
            "rest.find.pages.next_link");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->mutable_pages()->mutable_numbers(); }),
            "rest.find.pages.numbers.parameter");
  EXPECT_EQ(field([](auto* c) { c->mutable_find()->mutable_pages()->mutable_cursor(); }),
            "rest.find.pages.cursor.parameter");
  EXPECT_EQ(field([](auto* c) { c->mutable_server()->set_base_url("http://x.example"); }),
            "rest.server.base_url");
}

}  // namespace
}  // namespace tracegate
