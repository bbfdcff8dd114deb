#ifndef TRACEGATE_GATEWAY_POLICY_AGREEMENT_BOOK_H_
#define TRACEGATE_GATEWAY_POLICY_AGREEMENT_BOOK_H_

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// One agreement of the two States, and why it was passed over; OK where it fits.
struct Consideration {
  const config::v1::Agreement* agreement = nullptr;
  absl::Status passed_over;
};

// What States agreed to tell each other. Without an agreement nothing is disclosed.
//
// Thread safety: immutable after Create.
class AgreementBook {
 public:
  // INVALID configuration (CONFIG_INVALID) names the agreement and the key: duplicate ids, unknown States or dates,
  // paths that RegistryRecord and the messages of transfers do not have, transfers on a basis that does not cover them, H3 without its text,
  // evaluations and recipients that are none.
  static absl::StatusOr<std::unique_ptr<AgreementBook>> Create(
      const google::protobuf::RepeatedPtrField<config::v1::Agreement>& agreements);

  // The agreement under which `asking` may ask `answering` for this use now. PERMISSION_DENIED: NO_AGREEMENT says
  // whether none exists, none is valid on that day, none rests on law that covers tracing, or none covers the use; CONFIDENTIALITY_NOT_GUARANTEED where the
  // agreement requires the guarantee (ITI 15, 22(iii)).
  absl::StatusOr<const config::v1::Agreement*> Find(std::string_view asking,
                                                    std::string_view answering,
                                                    const v1::TraceRequest& request,
                                                    absl::Time now) const;

  // The same for a liaison officer's cross-check: of those that open it (Agreement.cross_check). `request` has the item,
  // use and guarantee of the check.
  absl::StatusOr<const config::v1::Agreement*> FindForCrossCheck(std::string_view asking,
                                                                 std::string_view answering,
                                                                 const v1::TraceRequest& request,
                                                                 absl::Time now) const;

  // The same for deconfliction: of those under which agencies of `asking` are told who of `answering` asks about their
  // weapon (Agreement.deconflict). `request` has the use and guarantee of who would be told. Null where there is none.
  const config::v1::Agreement* FindForDeconfliction(std::string_view asking,
                                                    std::string_view answering,
                                                    const v1::TraceRequest& request,
                                                    absl::Time now) const;

  // The agreement under which `asking` may be told by `answering` of transfers, on that basis or a bilateral one. Errors as
  // Find.
  absl::StatusOr<const config::v1::Agreement*> FindForTransfers(
      std::string_view asking, std::string_view answering, v1::LegalBasis basis,
      v1::ConfidentialityGuarantee confidentiality, absl::Time now) const;

  // The States that some agreement, whatever its days and uses, lets that one cross-check.
  std::set<std::string> OpenToCrossCheck(std::string_view asking) const;

  // What is in force that day between the two, either way, in the order of the file.
  std::vector<const config::v1::Agreement*> InForceBetween(std::string_view one,
                                                           std::string_view other,
                                                           absl::Time now) const;

  // All of the two States' agreements in the order of the file, as Find considers them: the first that fits decides.
  std::vector<Consideration> Explain(std::string_view asking, std::string_view answering,
                                     const v1::TraceRequest& request, absl::Time now) const;

  // What Find makes of that.
  static absl::StatusOr<const config::v1::Agreement*> Decide(
      std::string_view asking, std::string_view answering,
      const std::vector<Consideration>& considered);

 private:
  struct Row {
    config::v1::Agreement agreement;
    absl::CivilDay from;
    absl::CivilDay until;
  };
  static absl::Status Fits(const Row& row, const v1::TraceRequest& request, absl::CivilDay today);
  static absl::Status FitsTransfers(const Row& row, v1::LegalBasis basis,
                                    v1::ConfidentialityGuarantee confidentiality,
                                    absl::CivilDay today);

  explicit AgreementBook(std::vector<Row> rows) : rows_(std::move(rows)) {}

  const std::vector<Row> rows_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_AGREEMENT_BOOK_H_
