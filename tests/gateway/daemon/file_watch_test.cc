#include "gateway/daemon/file_watch.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

namespace tracegate {
namespace {

class FileWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tracegate-watch.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    Write("a", "one");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) { return folder_ + "/" + name; }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  std::string Fingerprint() { return FingerprintOf({Path("a")}); }

  std::string folder_;
};

TEST_F(FileWatchTest, TellsAFileOfAnotherSizeAnotherPlaceOrNone) {
  const std::string before = Fingerprint();
  EXPECT_EQ(before, Fingerprint());
  Write("a", "longer");
  EXPECT_NE(before, Fingerprint());
  Write("b", "longer");
  const std::string longer = Fingerprint();
  std::filesystem::rename(Path("b"), Path("a"));
  EXPECT_NE(longer, Fingerprint());
  std::filesystem::remove(Path("a"));
  EXPECT_NE(Fingerprint().find("none"), std::string::npos);
}

TEST_F(FileWatchTest, TellsALinkThatWasTurnedElsewhere) {
  Write("b", "two");
  std::filesystem::create_symlink(Path("a"), Path("link"));
  const std::string before = FingerprintOf({Path("link")});
  std::filesystem::remove(Path("link"));
  std::filesystem::create_symlink(Path("b"), Path("link"));
  EXPECT_NE(before, FingerprintOf({Path("link")}));
}

TEST_F(FileWatchTest, LooksWhenAskedAndReturnsAfterwards) {
  std::atomic<int> changes{0};
  FileWatch watch({.files = [this] { return std::vector<std::string>{Path("a")}; },
                   .look = [&](bool changed) { changes += changed ? 1 : 0; },
                   .period = absl::Hours(1)});
  watch.LookNow();
  EXPECT_EQ(changes, 1);
  watch.LookNow();
  EXPECT_EQ(changes, 2);
}

TEST_F(FileWatchTest, TellsOnceOfAChangeThatHasSettled) {
  std::atomic<int> changes{0};
  std::atomic<int> looks{0};
  FileWatch watch({.files = [this] { return std::vector<std::string>{Path("a")}; },
                   .look =
                       [&](bool changed) {
                         changes += changed ? 1 : 0;
                         ++looks;
                       },
                   .period = absl::Milliseconds(1)});
  const auto look_often = [&] {
    const int until = looks + 5;
    while (looks < until) std::this_thread::yield();
  };
  look_often();
  EXPECT_EQ(changes, 1);  // the first settled look
  Write("a", "changed");
  look_often();
  EXPECT_EQ(changes, 2);
  look_often();
  EXPECT_EQ(changes, 2);
}

}  // namespace
}  // namespace tracegate
