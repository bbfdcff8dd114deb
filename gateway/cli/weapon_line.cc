#include "gateway/cli/weapon_line.h"

#include <array>
#include <utility>

#include "nlohmann/json.hpp"

namespace tracegate {
namespace {

using nlohmann::json;

// Listens to the parser, so that numbers arrive as they were written.
class WeaponHandler : public json::json_sax_t {
 public:
  bool null() override { return Take("", "null"); }
  bool boolean(bool) override { return TakeOther(); }
  bool number_integer(number_integer_t value) override { return TakeNumber(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return TakeNumber(std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& written) override {
    return TakeNumber(written);
  }
  bool string(string_t& value) override { return Take(value, ""); }
  bool binary(binary_t&) override { return TakeOther(); }
  bool start_object(size_t) override {
    if (depth_++ == 0) return is_object_ = true;
    return TakeNested();
  }
  bool end_object() override { return Leave(); }
  bool start_array(size_t) override { return depth_++ == 0 ? false : TakeNested(); }
  bool end_array() override { return Leave(); }
  bool key(string_t& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  absl::StatusOr<WeaponLine> Result(bool parsed) && {
    if (!fault_.empty()) return absl::InvalidArgumentError(fault_);
    if (!parsed || !is_object_) return absl::InvalidArgumentError("must be a JSON object");
    return std::move(line_);
  }

 private:
  struct Place {
    std::string_view name;
    std::string WrittenWeapon::*cell;  // null for the id
  };
  static constexpr std::array<Place, 8> kPlaces = {{{"id", nullptr},
                                                    {"make", &WrittenWeapon::make},
                                                    {"model", &WrittenWeapon::model},
                                                    {"calibre", &WrittenWeapon::calibre},
                                                    {"type", &WrittenWeapon::type},
                                                    {"country", &WrittenWeapon::country},
                                                    {"serial", &WrittenWeapon::serial},
                                                    {"year", &WrittenWeapon::year}}};

  const Place* Here() const {
    for (const Place& place : kPlaces) {
      if (depth_ == 1 && place.name == key_) return &place;
    }
    return nullptr;
  }

  bool Fail(std::string_view problem) {
    fault_ = key_ + " " + std::string(problem);
    return false;
  }

  bool TakeNumber(const std::string& written) { return Take(written, written); }

  // `id` is the value as JSON; empty for text.
  bool Take(const std::string& text, const std::string& id) {
    if (depth_ == 0) return false;
    const Place* place = Here();
    if (place == nullptr) return true;
    bool& seen = seen_[static_cast<size_t>(place - kPlaces.data())];
    if (std::exchange(seen, true)) return Fail("stands there twice");
    if (place->cell == nullptr) {
      line_.id = id.empty() ? json(text).dump() : id;
    } else {
      line_.weapon.*(place->cell) = text;
    }
    return true;
  }

  bool TakeOther() {
    if (depth_ == 0) return false;
    return Here() == nullptr ? true : Fail("must be text, a number or null");
  }

  bool TakeNested() {
    --depth_;
    const bool goes_on = TakeOther();
    ++depth_;
    return goes_on;
  }

  bool Leave() {
    --depth_;
    return true;
  }

  WeaponLine line_;
  std::string key_;
  std::string fault_;
  std::array<bool, kPlaces.size()> seen_{};
  size_t depth_ = 0;
  bool is_object_ = false;
};

}  // namespace

absl::StatusOr<WeaponLine> ReadWeaponLine(std::string_view text) {
  WeaponHandler handler;
  const bool parsed = json::sax_parse(text, &handler);
  return std::move(handler).Result(parsed);
}

}  // namespace tracegate
