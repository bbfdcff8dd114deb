#ifndef TRACEGATE_ADAPTERS_MARKING_PACKED_FORM_H_
#define TRACEGATE_ADAPTERS_MARKING_PACKED_FORM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tracegate {

inline constexpr size_t kPackedCharactersMax = 10;

// A form (see serial_forms.h) in one word, so that many rows' forms are read without a look at their
// texts; 0 for one that does not fit: empty, longer, or with other characters than upper-case ASCII
// letters, digits and signs.
uint64_t PackForm(std::string_view form);

// What was packed.
class UnpackedForm {
 public:
  explicit UnpackedForm(uint64_t packed);

  std::string_view Text() const { return {characters_.data(), size_}; }

 private:
  std::array<char, kPackedCharactersMax> characters_;
  size_t size_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_PACKED_FORM_H_
