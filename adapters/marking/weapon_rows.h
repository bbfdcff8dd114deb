#ifndef TRACEGATE_ADAPTERS_MARKING_WEAPON_ROWS_H_
#define TRACEGATE_ADAPTERS_MARKING_WEAPON_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "adapters/marking/field_wordings.h"
#include "adapters/marking/packed_form.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/weapon_group.h"
#include "adapters/marking/written_weapon.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The weapons of a registry in memory, as written: 23 bytes each and their id and serial. What many
// weapons have alike, all but these and the year, is kept and read once.
//
// Thread safety: as a std::vector.
class WeaponRows {
 public:
  // What a make, a model and a calibre, as written together, come to: the places of their words in
  // Makers(), Models() and Calibres().
  struct Description {
    uint32_t maker = 0;
    uint32_t model = 0;
    uint32_t calibre = 0;
    WeaponGroup group;
  };

  static constexpr size_t kRowsMax = size_t{1} << 28;
  static constexpr size_t kIdBytesMax = 4096;
  static constexpr size_t kSerialBytesMax = 65535;

  // Errors: INVALID_ARGUMENT for an id or a serial that is too long; RESOURCE_EXHAUSTED past
  // kRowsMax.
  absl::Status Add(std::string_view id, const WrittenWeapon& weapon);

  size_t Count() const { return rows_.size(); }
  std::string_view Id(uint32_t row) const;
  std::string_view Serial(uint32_t row) const;  // as written
  SerialReading ReadSerialOf(uint32_t row) const;
  int Year(uint32_t row) const { return rows_[row].year; }
  const Description& DescriptionOf(uint32_t row) const {
    return descriptions_[rows_[row].description];
  }
  // What its description was read as.
  const v1::Firearm& ReadOf(uint32_t row) const { return read_[rows_[row].description]; }

  // Calls `take` with each form of the row's serial (see FormsOf).
  template <typename Take>
  void EachForm(uint32_t row, Take take) const {
    if (const uint64_t packed = rows_[row].Form(); packed != 0) {
      take(UnpackedForm(packed).Text());
      return;
    }
    std::string_view forms = Forms(row);
    while (!forms.empty()) {
      const size_t end = forms.find('\n');
      if (end != 0) take(forms.substr(0, end));
      forms.remove_prefix(end == std::string_view::npos ? forms.size() : end + 1);
    }
  }

  const FieldWordings<MakerWord>& Makers() const { return makers_; }
  const FieldWordings<ModelWord>& Models() const { return models_; }
  const FieldWordings<CalibreWord>& Calibres() const { return calibres_; }

  size_t Bytes() const;

  // Ask the processor for what is read of a row: the row itself first, which is all of a short form,
  // then, of who waited for that, the texts, or them where the form is long or one of several.
  void PrefetchRow(uint32_t row) const { __builtin_prefetch(&rows_[row]); }
  void PrefetchText(uint32_t row) const { __builtin_prefetch(texts_.data() + TextOf(row)); }
  void PrefetchLongForm(uint32_t row) const {
    if (rows_[row].Form() == 0) PrefetchText(row);
  }

  // Gives back what was taken in advance for more rows.
  void ShrinkToFit();

 private:
  // In one place, so that a look at a row touches memory once.
  struct Row {
    uint64_t Form() const { return form_low | static_cast<uint64_t>(form_high) << 32; }

    uint32_t form_low = 0;  // of its one form, packed; 0 where it does not fit
    uint32_t form_high = 0;
    uint32_t description = 0;
    uint32_t text_low = 0;
    uint16_t text_high : 15 = 0;
    uint16_t plain : 1 = 0;  // the serial's reading is ReadPlainSerial
    uint16_t year = 0;
  };

  uint64_t TextOf(uint32_t row) const {
    return rows_[row].text_low | static_cast<uint64_t>(rows_[row].text_high) << 32;
  }
  std::string_view TextPart(uint32_t row, int part) const;
  std::string_view Forms(uint32_t row) const;
  uint32_t Describe(const WrittenWeapon& weapon);

  std::vector<Row> rows_;
  std::string texts_;  // of each row: id, serial, forms where neither this nor the serial is they
  std::vector<Description> descriptions_;
  std::vector<v1::Firearm> read_;  // each beside its description: seldom looked at, and large
  absl::flat_hash_map<std::string, uint32_t> described_;
  FieldWordings<MakerWord> makers_;
  FieldWordings<ModelWord> models_;
  FieldWordings<CalibreWord> calibres_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WEAPON_ROWS_H_
