#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_TEMP_FOLDER_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_TEMP_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "gtest/gtest.h"

namespace tracegate {

// A new folder that is gone with everything in it when the test is over.
class TempFolder {
 public:
  TempFolder() {
    std::string name = testing::TempDir() + "/tracegate-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_TEMP_FOLDER_H_
