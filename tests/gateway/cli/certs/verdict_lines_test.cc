#include "gateway/cli/verdict_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "nlohmann/json.hpp"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kOfficer[] = "spiffe://br.example/policia-federal/registry";

class VerdictLinesTest : public testing::Test {
 protected:
  json AsCaller() {
    json line = PathOnly();
    line.erase("path_only");
    line["state"] = "BR";
    line["trust_domain"] = "br.example";
    return line;
  }

  json PathOnly() {
    return {{"id", 7},
            {"roots", {root_.pem()}},
            {"chain", {leaf_.pem(), issuing_.pem()}},
            {"at", "2026-01-01T00:00:00Z"},
            {"path_only", true}};
  }

  json Judge(const json& line) { return JudgeText(line.dump() + "\n"); }

  json JudgeText(const std::string& text) {
    std::istringstream in(text);
    std::ostringstream out;
    exit_ = JudgeLines(in, out);
    return json::parse(out.str());
  }

  const Minted root_ = Minted::Root("BR");
  const Minted issuing_ = root_.Intermediate("BR issuing");
  const Minted leaf_ = issuing_.Leaf(kOfficer);
  ExitCode exit_ = kExitOk;
};

TEST_F(VerdictLinesTest, SaysWhoACallerIs) {
  const json verdict = Judge(AsCaller());
  EXPECT_EQ(verdict["id"], 7);
  EXPECT_EQ(verdict["verdict"], "accepted");
  EXPECT_EQ(verdict["spiffe_id"], kOfficer);
  EXPECT_EQ(verdict["state"], "BR");
  EXPECT_EQ(verdict["role"], "registry");
  EXPECT_EQ(verdict["not_after"], "2049-12-31T00:00:00Z");
  EXPECT_EQ(verdict["revocation"], "not_checked");
  EXPECT_EQ(exit_, kExitOk);
}

TEST_F(VerdictLinesTest, SaysWhyNobody) {
  json line = AsCaller();
  line["trust_domain"] = "pt.example";
  const json verdict = Judge(line);
  EXPECT_EQ(verdict["verdict"], "refused");
  EXPECT_EQ(verdict["reason"], "CERTIFICATE_UNTRUSTED");
  EXPECT_THAT(verdict["message"].get<std::string>(), HasSubstr("no State"));
  EXPECT_EQ(exit_, kExitOk);
}

TEST_F(VerdictLinesTest, JudgesAPathAlone) {
  EXPECT_EQ(Judge(PathOnly())["verdict"], "accepted");
  json line = PathOnly();
  line["max_intermediates"] = 0;
  EXPECT_EQ(Judge(line)["reason"], "CERTIFICATE_UNTRUSTED");
  line = PathOnly();
  line["at"] = "2051-01-01T00:00:00Z";
  EXPECT_EQ(Judge(line)["reason"], "CERTIFICATE_EXPIRED");
}

TEST_F(VerdictLinesTest, ChecksRevocationWhereThereAreCrls) {
  json line = PathOnly();
  line["crls"] = {root_.Crl(), issuing_.Crl()};
  EXPECT_EQ(Judge(line)["revocation"], "current");
  line["crls"] = {root_.Crl(), issuing_.Crl({.revoked = {leaf_}})};
  EXPECT_EQ(Judge(line)["reason"], "CERTIFICATE_REVOKED");
  line = AsCaller();
  line["crls"] = {root_.Crl()};
  EXPECT_EQ(Judge(line)["reason"], "REVOCATION_UNKNOWN");
}

TEST_F(VerdictLinesTest, AnswersEveryLineInOrder) {
  json second = PathOnly();
  second["id"] = "b";
  std::istringstream in(PathOnly().dump() + "\nnot JSON\n" + second.dump() + "\n");
  std::ostringstream out;
  EXPECT_EQ(JudgeLines(in, out), kExitUsage);
  std::istringstream answers(out.str());
  std::vector<std::string> verdicts;
  for (std::string line; std::getline(answers, line);)
    verdicts.push_back(json::parse(line)["verdict"]);
  EXPECT_THAT(verdicts, testing::ElementsAre("accepted", "unreadable", "accepted"));
}

TEST_F(VerdictLinesTest, SaysWhatIsWrongWithALine) {
  for (const auto& [field, value] : {std::pair<const char*, json>{"at", "yesterday"},
                                     {"at", 5},
                                     {"roots", "x"},
                                     {"chain", {1}},
                                     {"crls", {{"a", "b"}}}}) {
    json line = PathOnly();
    line[field] = value;
    const json verdict = Judge(line);
    EXPECT_EQ(verdict["verdict"], "unreadable") << field;
    EXPECT_THAT(verdict["message"].get<std::string>(), HasSubstr(field));
    EXPECT_EQ(verdict["id"], 7);
    EXPECT_EQ(exit_, kExitUsage);
  }
  EXPECT_EQ(JudgeText("[]\n")["verdict"], "unreadable");
}

}  // namespace
}  // namespace tracegate
