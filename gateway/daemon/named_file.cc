#include "gateway/daemon/named_file.h"

#include <fstream>
#include <sstream>

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<std::string> ReadWholeFile(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf()))) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, file,
                        "cannot be read; is the path right and the file readable?");
  }
  return text.str();
}

absl::StatusOr<std::string> ReadNamedFile(const std::string& file, const std::string& key,
                                          const YamlPlaces& places) {
  auto text = ReadWholeFile(file);
  if (text.ok()) return text;
  return places.Failure(
      key, "the file " + file + " cannot be read; is the path right and the file readable?");
}

}  // namespace tracegate
