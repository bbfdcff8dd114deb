#include "gateway/cli/show_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::Entry EntryWith(v1::EntryKind kind, const std::string& content, bool told = true) {
  v1::Entry entry;
  entry.set_index(7);
  v1::EntryHeader& header = *entry.mutable_parsed_header();
  header.set_kind(kind);
  header.set_record_time_us(1780000000123456);
  header.set_actor("spiffe://br.example/gateway/peer");
  header.set_agreement_id("PT-BR-2020");
  header.set_content_bytes(static_cast<int64_t>(content.size()));
  if (told) {
    entry.set_salt(std::string(32, 's'));
    entry.set_content(content);
  }
  return entry;
}

TEST(ShowSuspicion, SaysWhoAskedForWhatAndWhatFollowed) {
  v1::HarvestSuspicion suspicion;
  suspicion.set_asking_state("PT");
  suspicion.set_agency("policia-judiciaria");
  suspicion.set_answering_state("BR");
  suspicion.set_asked(400);
  suspicion.set_walked(300);
  suspicion.set_of_one_maker(100);
  suspicion.set_answered(200);
  suspicion.set_hits(2);
  suspicion.set_verdict(v1::HARVEST_VERDICT_REFUSE);
  suspicion.set_former_verdict(v1::HARVEST_VERDICT_SLOW);
  suspicion.add_patterns(v1::HARVEST_PATTERN_WALKING);
  suspicion.add_patterns(v1::HARVEST_PATTERN_NO_HITS);
  suspicion.mutable_refused_until()->set_seconds(1780000000);
  const std::string text = ShowSuspicion(suspicion);
  EXPECT_THAT(text, HasSubstr("PT/policia-judiciaria asked BR about 400 weapons"));
  EXPECT_THAT(text, HasSubstr("follow another: 300 (75 %); of one maker: 100 (25 %)"));
  EXPECT_THAT(text, HasSubstr("found: 2 (1 %) of 200 answered"));
  EXPECT_THAT(text, HasSubstr("Verdict: refuse, before: slow; because of: walking, no hits."));
  EXPECT_THAT(text, HasSubstr("refused until 2026-05-28"));
}

TEST(ShowEntry, ShowsTheHeaderAndAContentThatItKnows) {
  config::v1::GatewayConfig config;
  config.add_states("BR");
  const std::string text =
      ShowEntry(EntryWith(v1::ENTRY_KIND_POLICY_CHANGED, config.SerializeAsString()));
  EXPECT_THAT(text, HasSubstr("entry 7: policy changed\ntime: 2026-05-28 20:26:40.123 UTC\n"));
  EXPECT_THAT(text, HasSubstr("agreement: PT-BR-2020\n"));
  EXPECT_THAT(text, HasSubstr("states: \"BR\""));
}

TEST(ShowEntry, ShowsTextAsItIsAndNothingWhereNothingCame) {
  EXPECT_THAT(ShowEntry(EntryWith(v1::ENTRY_KIND_HANDSHAKE_REFUSED, "3 no shared cipher\n")),
              HasSubstr("\n\n3 no shared cipher\n"));
  const std::string withheld =
      ShowEntry(EntryWith(v1::ENTRY_KIND_ANSWER_DISCLOSED, "secret", /*told=*/false));
  EXPECT_THAT(withheld, HasSubstr("content: 6 bytes\n"));
  EXPECT_THAT(withheld, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace tracegate
