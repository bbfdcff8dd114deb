#include "gateway/daemon/named_file.h"

#include <fstream>
#include <sstream>

namespace tracegate {

absl::StatusOr<std::string> ReadNamedFile(const std::string& file, const std::string& key,
                                          const YamlPlaces& places) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf()))) {
    return places.Failure(
        key, "the file " + file + " cannot be read; is the path right and the file readable?");
  }
  return text.str();
}

}  // namespace tracegate
