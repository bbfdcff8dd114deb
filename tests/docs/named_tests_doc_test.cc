// A page that says which test shows something names a test that is there.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace tracegate {
namespace {

namespace fs = std::filesystem;

std::string TextOf(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every `Suite.Behaviour` of the sources under tests/; a suite's other names (using, typedef) count as written there.
std::set<std::string> TestsThere() {
  static const std::regex kTest(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(TRACEGATE_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
    const std::string text = TextOf(entry.path());
    for (std::sregex_iterator test(text.begin(), text.end(), kTest), end; test != end; ++test) {
      names.insert((*test)[1].str() + "." + (*test)[2].str());
    }
  }
  return names;
}

class PageOfTests : public testing::TestWithParam<const char*> {};

TEST_P(PageOfTests, NamesOnlyTestsThatAreThere) {
  static const std::regex kName(R"(`([A-Z]\w+)\.([A-Z]\w+)`)");
  const auto there = TestsThere();
  const std::string page = TextOf(std::string(TRACEGATE_SOURCE_DIR "/") + GetParam());
  int named = 0;
  for (std::sregex_iterator name(page.begin(), page.end(), kName), end; name != end; ++name) {
    ++named;
    const std::string full = (*name)[1].str() + "." + (*name)[2].str();
    EXPECT_TRUE(there.contains(full)) << GetParam() << " names " << full;
  }
  EXPECT_GT(named, 5) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Docs, PageOfTests,
                         testing::Values("docs/architecture.md", "docs/threat_model.md"));

}  // namespace
}  // namespace tracegate
