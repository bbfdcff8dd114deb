#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TERMS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TERMS_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The bytes of tables/transfer_terms.csv.
std::string_view TransferTermsCsv();

// How long records of transfers are kept at least, and by when an arrival is to be confirmed, by law.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class TransferTerms {
 public:
  // Reads a table with the header duty,states,kinds,categories,years,days,source: `keep` or `confirm`; lists between `;`,
  // an empty one means all; words of TransferKind and ArmsCategory without their prefix. Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<TransferTerms>> Parse(std::string_view csv);

  // The table that the library carries.
  static const TransferTerms& Standard();

  // The day before which no law allows erasure of what that State recorded on `recorded`: the latest of all that fit.
  absl::CivilDay KeepUntil(std::string_view state, const v1::TransferRecord& record,
                           absl::CivilDay recorded) const;

  // The last day for the confirmation that what left on `departure` arrived; nothing where no law sets one.
  std::optional<absl::CivilDay> ConfirmBy(std::string_view state, const v1::TransferRecord& record,
                                          absl::CivilDay departure) const;

 private:
  enum class Duty { kKeep, kConfirm };
  struct Term {
    Duty duty;
    std::set<std::string, std::less<>> states;
    std::set<int> kinds;
    std::set<int> categories;
    int years;
    int days;
  };

  static bool Fits(const Term& term, std::string_view state, const v1::TransferRecord& record);

  std::vector<Term> terms_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TERMS_H_
