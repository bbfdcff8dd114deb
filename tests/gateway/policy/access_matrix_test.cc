#include "gateway/policy/access_matrix.h"

#include <fstream>
#include <string>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

// The first table of the page, without the bold that says which RPCs are served.
std::string TableOfThePage() {
  std::ifstream page(TRACEGATE_SOURCE_DIR "/docs/reference/policy.md");
  EXPECT_TRUE(page.is_open());
  std::string table;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with('|')) {
      if (table.empty()) continue;
      break;
    }
    for (size_t bold; (bold = line.find("**")) != std::string::npos;) line.erase(bold, 2);
    table += line + "\n";
  }
  return table;
}

TEST(AccessMatrix, IsTheTableThatTheReferenceShows) { EXPECT_EQ(AccessMatrix(), TableOfThePage()); }

}  // namespace
}  // namespace tracegate
