#ifndef TRACEGATE_ADAPTERS_MAPPING_TARGET_H_
#define TRACEGATE_ADAPTERS_MAPPING_TARGET_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// A canonical field that a registry's value can be translated into: where it is, what it holds.
//
// Thread safety: immutable.
class Target {
 public:
  enum class Kind {
    kText,     // kept as it is
    kState,    // ISO 3166-1 alpha-2
    kTerm,     // verbatim, and canonical where a code table gives it
    kCountry,  // verbatim, and the ISO code where a code table or a constant gives it
    kEnum,
    kDate,
    kNumber,
    kYesNo,    // true or false
    kAmount,   // a whole number, 1 or more
    kDecimal,  // whole units and billionths of them, 0 or more: of Money
  };

  // The field at `path` in messages of type `root`: `firearm.manufacturer`, `to_party.name`. In a transfer a list of messages
  // stands for its first. Errors: INVALID_ARGUMENT saying which part is no field (and which is near), repeats, or holds
  // more than one value.
  static absl::StatusOr<Target> Parse(std::string_view path,
                                      const google::protobuf::Descriptor& root);

  Kind kind() const { return kind_; }
  const std::string& path() const { return path_; }
  const google::protobuf::FieldDescriptor& field() const { return *steps_.back(); }

  // Why `word` cannot stand in the field; empty where it can. For terms and countries: the canonical word.
  // Dates are not words.
  std::string ProblemWith(std::string_view word) const;

  // Puts a word there that has no problem. Terms and countries: see PutVerbatim. `root` is of the type
  // that the target was parsed for.
  void Put(std::string_view word, google::protobuf::Message* root) const;

  // Terms and countries only: the registry's own word, beside which Put() puts the canonical one.
  void PutVerbatim(std::string_view word, google::protobuf::Message* root) const;

  // The message that a date target fills.
  google::protobuf::Message* MutableValue(google::protobuf::Message* root) const;

  // Whether the message that holds the field is there already.
  bool HasParent(const google::protobuf::Message& root) const;

  // Bytes that the field's own text may have.
  size_t BytesMax() const;

 private:
  google::protobuf::Message* MutableParent(google::protobuf::Message* root) const;

  Kind kind_ = Kind::kText;
  std::string path_;
  std::vector<const google::protobuf::FieldDescriptor*> steps_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_TARGET_H_
