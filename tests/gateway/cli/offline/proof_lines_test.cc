#include "gateway/cli/proof_lines.h"

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/base64.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/audit/plain_tree.h"

namespace tracegate {
namespace {

using audit::Digest;
using nlohmann::json;
using testing::HasSubstr;

std::string Hex(const Digest& digest) {
  return absl::BytesToHexString(std::string(audit::BytesOf(digest)));
}

json Path(const std::vector<Digest>& path, std::string (*text)(const Digest&)) {
  json list = json::array();
  for (const Digest& digest : path) list.push_back(text(digest));
  return list;
}

class ProofLines : public testing::Test {
 protected:
  json Inclusion() const {
    return {{"type", "inclusion"},
            {"leaf_index", 3},
            {"tree_size", 7},
            {"leaf_hash", Hex(leaves_[3])},
            {"root", Hex(audit::PlainRoot(leaves_))},
            {"path", Path(audit::PlainPath(3, leaves_), Hex)}};
  }
  // As published vectors have it.
  json Consistency() const {
    const std::vector<Digest> old(leaves_.begin(), leaves_.begin() + 4);
    return {{"size1", 4},
            {"size2", 7},
            {"root1", audit::TextOf(audit::PlainRoot(old))},
            {"root2", audit::TextOf(audit::PlainRoot(leaves_))},
            {"proof", Path(audit::PlainConsistency(4, leaves_), audit::TextOf)},
            {"desc", "happy path"},
            {"wantErr", false}};
  }

  static json Judge(const json& line) { return JudgeProofLine(1, line.dump()); }

  static void ExpectUnreadable(const json& line, const std::string& field) {
    const json verdict = Judge(line);
    EXPECT_EQ(verdict["valid"], false) << line;
    ASSERT_TRUE(verdict.contains("error")) << line << verdict;
    EXPECT_THAT(verdict["error"].get<std::string>(), HasSubstr(field));
  }

  const std::vector<Digest> leaves_ = audit::ExampleLeaves(7);
};

TEST_F(ProofLines, HoldsWhatIsProven) {
  EXPECT_EQ(Judge(Inclusion()), (json{{"line", 1}, {"valid", true}}));
  EXPECT_EQ(Judge(Consistency()), (json{{"line", 1}, {"valid", true}, {"agrees", true}}));
}

TEST_F(ProofLines, TakesHashesInHexAndBase64) {
  json line = Inclusion();
  line["leaf_hash"] = audit::TextOf(leaves_[3]);
  EXPECT_EQ(Judge(line)["valid"], true);
  std::string upper = Hex(leaves_[3]);
  for (char& c : upper) c = absl::ascii_toupper(c);
  line["leaf_hash"] = upper;
  EXPECT_EQ(Judge(line)["valid"], true);
  line["leaf_hash"] = upper.substr(1);
  ExpectUnreadable(line, "leaf_hash");
  line["leaf_hash"] = "A" + audit::TextOf(leaves_[3]);
  ExpectUnreadable(line, "leaf_hash");
}

TEST_F(ProofLines, TakesThePublishedNamesOfAnInclusionProof) {
  json line = Inclusion();
  for (const auto& [ours, published] : {std::pair{"leaf_index", "leafIdx"},
                                        {"tree_size", "treeSize"},
                                        {"leaf_hash", "leafHash"},
                                        {"path", "proof"}}) {
    line[published] = line[ours];
    line.erase(ours);
  }
  line.erase("type");
  EXPECT_EQ(Judge(line)["valid"], true);
  line["path"] = json::array();
  ExpectUnreadable(line, "path");
}

TEST_F(ProofLines, SaysWhatDoesNotHold) {
  json line = Inclusion();
  line["leaf_index"] = 2;
  EXPECT_EQ(Judge(line)["valid"], false);
  EXPECT_THAT(Judge(line)["reason"].get<std::string>(), HasSubstr("root"));
  line = Inclusion();
  line["path"].push_back(line["root"]);
  EXPECT_THAT(Judge(line)["reason"].get<std::string>(), HasSubstr("path"));
  line = Consistency();
  line["size1"] = 0;
  EXPECT_THAT(Judge(line)["reason"].get<std::string>(), HasSubstr("from_size"));
}

TEST_F(ProofLines, ComparesRootsOfEqualSizesAsTheyAre) {
  json line = {{"size1", 1}, {"size2", 1}, {"root1", "YQ=="}, {"root2", "YQ=="}, {"proof", {}}};
  EXPECT_EQ(Judge(line)["valid"], true);
  line["root2"] = "YR==";
  ExpectUnreadable(line, "to_root");
  line["root2"] = "Yg==";
  EXPECT_EQ(Judge(line)["valid"], false);
  line["root2"] = "";
  ExpectUnreadable(line, "to_root");
  line["root2"] = "YQ==";
  line["size2"] = 2;
  ExpectUnreadable(line, "from_root");
}

TEST_F(ProofLines, TakesANullPathForAnEmptyOne) {
  const std::vector<Digest> one(leaves_.begin(), leaves_.begin() + 1);
  json line = {{"leafIdx", 0},
               {"treeSize", 1},
               {"leafHash", Hex(one[0])},
               {"root", Hex(one[0])},
               {"proof", nullptr}};
  EXPECT_EQ(Judge(line)["valid"], true);
  line.erase("proof");
  ExpectUnreadable(line, "path: is missing");
}

TEST_F(ProofLines, SaysWhetherTheVerdictIsTheExpectedOne) {
  json line = Inclusion();
  line["expect"] = true;
  EXPECT_EQ(Judge(line)["agrees"], true);
  line["expect"] = false;
  EXPECT_EQ(Judge(line)["agrees"], false);
  line.erase("expect");
  line["wantErr"] = true;
  EXPECT_EQ(Judge(line)["agrees"], false);
  line["root"] = "dG9vIHNob3J0";
  EXPECT_EQ(Judge(line)["agrees"], true) << "what cannot be read is not valid";
  line["expect"] = true;
  ExpectUnreadable(line, "expect");
}

TEST_F(ProofLines, NamesTheFieldThatCannotBeRead) {
  for (const auto& [field, value] : {std::pair<const char*, json>{"leaf_index", -1},
                                     {"leaf_index", 1.5},
                                     {"leaf_index", "3"},
                                     {"tree_size", nullptr},
                                     {"leaf_hash", "zz"},
                                     {"leaf_hash", 7},
                                     {"root", ""},
                                     {"path", "x"},
                                     {"path", {"x"}},
                                     {"type", "other"},
                                     {"type", 1},
                                     {"expect", "yes"}}) {
    json line = Inclusion();
    line[field] = value;
    ExpectUnreadable(line, field);
    if (line.contains("expect")) continue;
    line.erase(field);
    if (std::string_view(field) != "type") ExpectUnreadable(line, field);
  }
  json line = Inclusion();
  line["path"] = std::vector<std::string>(65, Hex(leaves_[0]));
  ExpectUnreadable(line, "path");
  line = Inclusion();
  line["path"][1] = "A";
  ExpectUnreadable(line, "path[1]");
  ExpectUnreadable(json::object(), "type");
  ExpectUnreadable(json::array(), "line");
}

TEST_F(ProofLines, AnswersEveryLineAndIsContentOnlyWithAllValid) {
  const auto run = [](const std::string& lines, std::vector<json>* verdicts) {
    std::istringstream in(lines);
    std::ostringstream out;
    const ExitCode exit = JudgeProofLines(in, out);
    std::istringstream answers(out.str());
    for (std::string line; std::getline(answers, line);) verdicts->push_back(json::parse(line));
    return exit;
  };
  std::vector<json> verdicts;
  const std::string good = Inclusion().dump();
  EXPECT_EQ(run(good + "\n" + good, &verdicts), kExitOk);
  EXPECT_EQ(verdicts.size(), 2u);
  verdicts.clear();
  const std::string endless(200'000, '[');
  EXPECT_EQ(run(good + "\n\n" + endless + "\n" + good + "\n", &verdicts), kExitNoProof);
  ASSERT_EQ(verdicts.size(), 4u);
  EXPECT_THAT(verdicts[1]["error"].get<std::string>(), HasSubstr("JSON object"));
  EXPECT_THAT(verdicts[2]["error"].get<std::string>(), HasSubstr("64 KiB"));
  EXPECT_EQ(verdicts[3]["line"], 4);
  EXPECT_EQ(verdicts[3]["valid"], true);
  EXPECT_EQ(run("", &verdicts), kExitNoProof) << "nothing was proven";
}

}  // namespace
}  // namespace tracegate
