#include "gateway/cli/proof_lines.h"

#include <algorithm>
#include <initializer_list>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "gateway/cli/bounded_lines.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/evidence/audit/proof.h"
#include "gateway/evidence/base64.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using audit::Digest;
using nlohmann::json;

// A path has one hash for each level at most, and a tree has 64.
constexpr size_t kPathMax = 64;

absl::Status Unreadable(std::string_view field, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

// A value under its own name or the published one.
struct Names {
  const char* ours;
  const char* published;
};

absl::StatusOr<const json*> Find(const json& line, const Names& names) {
  const auto ours = line.find(names.ours);
  const auto published = line.find(names.published);
  const bool same = std::string_view(names.ours) == names.published;
  if (!same && ours != line.end() && published != line.end())
    return Unreadable(names.ours, "is given twice, as " + std::string(names.published) + " too");
  if (ours != line.end()) return &*ours;
  if (published != line.end()) return &*published;
  return Unreadable(names.ours, "is missing");
}

absl::StatusOr<uint64_t> NumberOf(const json& line, const Names& names) {
  const auto found = Find(line, names);
  if (!found.ok()) return found.status();
  if (!(*found)->is_number_unsigned())
    return Unreadable(names.ours, "must be a number from 0 to 18446744073709551615");
  return (*found)->get<uint64_t>();
}

std::optional<std::string> BytesOf(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  const bool hex = text.size() == 2 * audit::kDigestBytes &&
                   std::all_of(text.begin(), text.end(), absl::ascii_isxdigit);
  return hex ? absl::HexStringToBytes(text) : DecodeBase64(text);
}

std::optional<Digest> DigestOf(const json& value) {
  const auto bytes = BytesOf(value);
  return bytes ? audit::DigestFrom(*bytes) : std::nullopt;
}

absl::StatusOr<Digest> HashOf(const json& line, const Names& names) {
  const auto found = Find(line, names);
  if (!found.ok()) return found.status();
  const auto digest = DigestOf(**found);
  if (!digest) return Unreadable(names.ours, "must be 32 bytes in hex or base64");
  return *digest;
}

// Between equal sizes nothing is hashed, and published vectors compare roots there that are no hashes: such a one
// stands for itself by its own hash.
absl::StatusOr<Digest> RootOf(const json& line, const Names& names, bool equal_sizes) {
  const auto found = Find(line, names);
  const auto bytes = found.ok() && equal_sizes ? BytesOf(**found) : std::nullopt;
  if (!bytes || bytes->empty() || bytes->size() == audit::kDigestBytes) return HashOf(line, names);
  return audit::Sha256({*bytes});
}

absl::StatusOr<std::vector<Digest>> PathOf(const json& line) {
  const auto found = Find(line, {"path", "proof"});
  if (!found.ok()) return found.status();
  std::vector<Digest> path;
  if ((*found)->is_null()) return path;
  if (!(*found)->is_array()) return Unreadable("path", "must be a list of hashes");
  if ((*found)->size() > kPathMax) return Unreadable("path", "has over 64 hashes");
  for (const json& element : **found) {
    const auto digest = DigestOf(element);
    if (!digest) {
      return Unreadable("path[" + std::to_string(path.size()) + "]",
                        "must be 32 bytes in hex or base64");
    }
    path.push_back(*digest);
  }
  return path;
}

// Nothing where the line expects nothing.
absl::StatusOr<std::optional<bool>> ExpectationOf(const json& line) {
  const auto expect = line.find("expect");
  const auto want_error = line.find("wantErr");
  if (expect == line.end() && want_error == line.end()) return std::optional<bool>();
  if (expect != line.end() && want_error != line.end())
    return Unreadable("expect", "is given twice, as wantErr too");
  const json& value = expect != line.end() ? *expect : *want_error;
  if (!value.is_boolean()) return Unreadable("expect", "must be true or false");
  return std::optional(value.get<bool>() == (expect != line.end()));
}

// Puts what was read into its place; false, with the failure kept, where it was not.
template <typename T>
bool Take(absl::StatusOr<T> read, T& place, absl::Status& failure) {
  if (!read.ok()) {
    failure = read.status();
    return false;
  }
  place = *std::move(read);
  return true;
}

absl::StatusOr<audit::InclusionClaim> InclusionOf(const json& line) {
  audit::InclusionClaim claim;
  absl::Status failure;
  const bool read = Take(NumberOf(line, {"leaf_index", "leafIdx"}), claim.leaf_index, failure) &&
                    Take(NumberOf(line, {"tree_size", "treeSize"}), claim.tree_size, failure) &&
                    Take(HashOf(line, {"leaf_hash", "leafHash"}), claim.leaf, failure) &&
                    Take(HashOf(line, {"root", "root"}), claim.root, failure) &&
                    Take(PathOf(line), claim.path, failure);
  if (!read) return failure;
  return claim;
}

absl::StatusOr<audit::ConsistencyClaim> ConsistencyOf(const json& line) {
  audit::ConsistencyClaim claim;
  absl::Status failure;
  const auto equal = [&] { return claim.from_size == claim.to_size; };
  const bool read = Take(NumberOf(line, {"from_size", "size1"}), claim.from_size, failure) &&
                    Take(NumberOf(line, {"to_size", "size2"}), claim.to_size, failure) &&
                    Take(RootOf(line, {"from_root", "root1"}, equal()), claim.from_root, failure) &&
                    Take(RootOf(line, {"to_root", "root2"}, equal()), claim.to_root, failure) &&
                    Take(PathOf(line), claim.path, failure);
  if (!read) return failure;
  return claim;
}

absl::StatusOr<bool> IsInclusion(const json& line) {
  const auto type = line.find("type");
  if (type != line.end()) {
    if (*type == "inclusion") return true;
    if (*type == "consistency") return false;
    return Unreadable("type", "must be inclusion or consistency");
  }
  const bool inclusion = line.contains("leaf_index") || line.contains("leafIdx");
  const bool consistency = line.contains("from_size") || line.contains("size1");
  if (inclusion == consistency) return Unreadable("type", "is missing");
  return inclusion;
}

// Whether the line can be read as a claim is one status, whether the claim holds the other.
struct Judged {
  absl::Status readable;
  absl::Status holds;
};

Judged Judge(const json& line) {
  const auto inclusion = IsInclusion(line);
  if (!inclusion.ok()) return {inclusion.status(), {}};
  if (*inclusion) {
    const auto claim = InclusionOf(line);
    return claim.ok() ? Judged{{}, CheckInclusion(*claim)} : Judged{claim.status(), {}};
  }
  const auto claim = ConsistencyOf(line);
  return claim.ok() ? Judged{{}, CheckConsistency(*claim)} : Judged{claim.status(), {}};
}

json Unread(int64_t number, const absl::Status& status) {
  return {{"line", number}, {"valid", false}, {"error", std::string(status.message())}};
}

json TooLong(int64_t number) { return Unread(number, Unreadable("line", "is over 64 KiB")); }

}  // namespace

json JudgeProofLine(int64_t number, std::string_view text) {
  if (text.size() > kProofLineBytesMax) return TooLong(number);
  const json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!line.is_object()) return Unread(number, Unreadable("line", "must be a JSON object"));
  const auto expected = ExpectationOf(line);
  if (!expected.ok()) return Unread(number, expected.status());
  const Judged judged = Judge(line);
  const bool valid = judged.readable.ok() && judged.holds.ok();
  json verdict = judged.readable.ok() ? json{{"line", number}, {"valid", valid}}
                                      : Unread(number, judged.readable);
  if (!judged.holds.ok()) verdict["reason"] = std::string(judged.holds.message());
  if (*expected) verdict["agrees"] = valid == **expected;
  return verdict;
}

ExitCode JudgeProofLines(std::istream& in, std::ostream& out) {
  BoundedLines lines(in, out, kProofLineBytesMax);
  bool any = false;
  bool all_valid = true;
  while (const auto line = lines.Next()) {
    const json verdict =
        line->too_long ? TooLong(line->number) : JudgeProofLine(line->number, line->text);
    any = true;
    all_valid = all_valid && verdict["valid"].get<bool>();
    out << OneLine(verdict);
  }
  return any && all_valid ? kExitOk : kExitNoProof;
}

}  // namespace tracegate
