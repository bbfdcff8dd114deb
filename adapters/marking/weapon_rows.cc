#include "adapters/marking/weapon_rows.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

constexpr int kId = 0;
constexpr int kSerial = 1;
constexpr int kForms = 2;
constexpr int kParts = 3;

// Seven bits a byte, the low ones first, as protobuf's varint.
void AppendSize(size_t size, std::string& texts) {
  for (; size >= 0x80; size >>= 7) texts += static_cast<char>(size | 0x80);
  texts += static_cast<char>(size);
}

size_t TakeSize(std::string_view texts, uint64_t& place) {
  size_t size = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(texts[place++]);
    size |= static_cast<size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return size;
  }
}

}  // namespace

absl::Status WeaponRows::Add(std::string_view id, const WrittenWeapon& weapon) {
  if (id.size() > kIdBytesMax) return absl::InvalidArgumentError("id is over 4 KiB");
  if (weapon.serial.size() > kSerialBytesMax)
    return absl::InvalidArgumentError("serial is over 64 KiB");
  if (rows_.size() >= kRowsMax) return absl::ResourceExhaustedError("over 268,435,456 weapons");
  const uint64_t start = texts_.size();
  std::string forms;
  const SerialReading reading = ReadSerial(weapon.serial);
  for (const std::string& form : FormsOf(reading))
    forms.append(forms.empty() ? "" : "\n").append(form);
  // A cell without a number has no form, and is none itself.
  if (forms.empty()) forms.push_back('\n');
  const uint64_t packed = PackForm(forms);
  if (forms == weapon.serial || packed != 0) forms.clear();
  const std::array<std::string_view, kParts> parts = {id, weapon.serial, forms};
  for (const std::string_view part : parts) AppendSize(part.size(), texts_);
  for (const std::string_view part : parts) texts_.append(part);
  rows_.push_back({.form_low = static_cast<uint32_t>(packed),
                   .form_high = static_cast<uint32_t>(packed >> 32),
                   .description = Describe(weapon),
                   .text_low = static_cast<uint32_t>(start),
                   .text_high = static_cast<uint16_t>(start >> 32),
                   .plain = reading == ReadPlainSerial(weapon.serial),
                   .year = static_cast<uint16_t>(YearOf(weapon.year))});
  return absl::OkStatus();
}

uint32_t WeaponRows::Describe(const WrittenWeapon& weapon) {
  const std::string written = absl::StrCat(weapon.make.size(), " ", weapon.model.size(), " ",
                                           weapon.make, weapon.model, weapon.calibre);
  const auto [found, added] =
      described_.emplace(written, static_cast<uint32_t>(descriptions_.size()));
  if (!added) return found->second;
  const v1::Item item =
      ReadItem(ItemOf({.make = weapon.make, .model = weapon.model, .calibre = weapon.calibre}));
  const v1::Firearm& read = read_.emplace_back(item.weapon());
  Description& description = descriptions_.emplace_back();
  description.maker = makers_.Intern(read.manufacturer());
  description.model = models_.Intern(read.model());
  description.calibre = calibres_.Intern(read.calibre());
  description.group = GroupOf(makers_[description.maker], calibres_[description.calibre]);
  return found->second;
}

std::string_view WeaponRows::TextPart(uint32_t row, int part) const {
  uint64_t place = TextOf(row);
  std::array<size_t, kParts> sizes;
  for (size_t& size : sizes) size = TakeSize(texts_, place);
  for (int before = 0; before < part; ++before) place += sizes[before];
  return std::string_view(texts_).substr(place, sizes[part]);
}

std::string_view WeaponRows::Id(uint32_t row) const { return TextPart(row, kId); }

std::string_view WeaponRows::Serial(uint32_t row) const { return TextPart(row, kSerial); }

SerialReading WeaponRows::ReadSerialOf(uint32_t row) const {
  return rows_[row].plain ? ReadPlainSerial(Serial(row)) : ReadSerial(Serial(row));
}

std::string_view WeaponRows::Forms(uint32_t row) const {
  const std::string_view forms = TextPart(row, kForms);
  return forms.empty() ? Serial(row) : forms;
}

size_t WeaponRows::Bytes() const {
  size_t bytes = rows_.capacity() * sizeof(Row) + texts_.capacity();
  bytes += makers_.Bytes() + models_.Bytes() + calibres_.Bytes();
  bytes += descriptions_.capacity() * sizeof(Description);
  for (const v1::Firearm& read : read_) bytes += read.SpaceUsedLong();
  for (const auto& [text, number] : described_) bytes += sizeof(text) + text.capacity() + 8;
  return bytes;
}

void WeaponRows::ShrinkToFit() {
  rows_.shrink_to_fit();
  texts_.shrink_to_fit();
}

}  // namespace tracegate
