#include "gateway/identity/printable.h"

namespace tracegate {

std::string Printable(std::string_view text, size_t bytes_max) {
  std::string shown(text.substr(0, bytes_max));
  for (char& c : shown) {
    if (c < 0x20 || c > 0x7e) c = '?';
  }
  if (text.size() > bytes_max) shown += "...";
  return shown;
}

}  // namespace tracegate
