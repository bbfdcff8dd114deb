#include "gateway/evidence/audit/bundle.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

TEST(Leaves, AreTakenOneByOne) {
  const std::string bytes = "\0\3abc\0\0\0\1d"s;
  std::string_view bundle = bytes;
  EXPECT_EQ(*TakeLeaf(bundle), "abc");
  EXPECT_EQ(*TakeLeaf(bundle), "");
  EXPECT_EQ(*TakeLeaf(bundle), "d");
  EXPECT_TRUE(bundle.empty());
  EXPECT_EQ(DetailOf(TakeLeaf(bundle).status()).reason(), v1::REASON_LOG_DAMAGED);
}

TEST(Leaves, AreNotTakenFromBeyondTheEnd) {
  for (const std::string& bytes : {"\0"s, "\0\4abc"s, "\xFF\xFF"s}) {
    std::string_view bundle = bytes;
    EXPECT_FALSE(TakeLeaf(bundle).ok());
    EXPECT_EQ(bundle, bytes);
  }
}

class Contents : public testing::Test {
 protected:
  absl::Status Read(const std::string& bytes) {
    std::istringstream bundle(bytes);
    left_ = bytes.size();
    return ReadContent(bundle, left_, item_);
  }

  const std::string salt_ = std::string(32, 's');
  uint64_t left_ = 0;
  SaltedContent item_;
};

TEST_F(Contents, AreReadWithTheirSalt) {
  ASSERT_TRUE(Read("\x20" + salt_ + "\0\0\0\3abcrest"s).ok());
  EXPECT_EQ(item_.salt, salt_);
  EXPECT_EQ(item_.content, "abc");
  EXPECT_EQ(left_, 4u);
}

TEST_F(Contents, MayBeGone) {
  ASSERT_TRUE(Read("\0\0\0\0\0"s).ok());
  EXPECT_EQ(item_.salt, "");
  EXPECT_EQ(item_.content, "");
}

TEST_F(Contents, HaveASaltOfOneLength) {
  EXPECT_THAT(std::string(Read("\x1F" + salt_ + "\0\0\0\0"s).message()), HasSubstr("salt"));
  EXPECT_THAT(std::string(Read("\x21" + salt_ + "x\0\0\0\0"s).message()), HasSubstr("salt"));
}

TEST_F(Contents, EndWithTheirBundle) {
  const std::string good = "\x20" + salt_ + "\0\0\0\3abc"s;
  EXPECT_TRUE(Read(good).ok());
  for (size_t length = 0; length < good.size(); ++length) {
    EXPECT_EQ(DetailOf(Read(good.substr(0, length))).reason(), v1::REASON_LOG_DAMAGED) << length;
  }
}

TEST_F(Contents, AreNotSetAsideForALengthThatIsNotThere) {
  EXPECT_FALSE(Read("\x20" + salt_ + "\x0F\xFF\xFF\xFF" + "abc").ok());
  EXPECT_LT(item_.content.capacity(), 1u << 20);
  EXPECT_THAT(std::string(Read("\x20" + salt_ + "\x10\0\0\1abc"s).message()), HasSubstr("256 MiB"));
}

}  // namespace
}  // namespace tracegate::audit
