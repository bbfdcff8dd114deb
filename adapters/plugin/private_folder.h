#ifndef TRACEGATE_ADAPTERS_PLUGIN_PRIVATE_FOLDER_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PRIVATE_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace tracegate {

// A new folder for temporary files that this user alone may enter (mode 0700); gone with this.
class PrivateFolder {
 public:
  // None where it cannot be made.
  static std::optional<PrivateFolder> Make() {
    std::error_code error;
    const auto base = std::filesystem::temp_directory_path(error);
    std::string name = (base / "tracegate-XXXXXX").string();
    if (error || mkdtemp(name.data()) == nullptr) return std::nullopt;
    return PrivateFolder(std::move(name));
  }

  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder& operator=(PrivateFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PRIVATE_FOLDER_H_
