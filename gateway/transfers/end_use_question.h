#ifndef TRACEGATE_GATEWAY_TRANSFERS_END_USE_QUESTION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_END_USE_QUESTION_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/storage/record_store.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Questions on end use as they travel from the exporting State to the importing one (ATT 8(1)), and to States on the way.

// What is asked of a question: a State, a transfer, the guarantee, a day. All violations at once.
absl::Status CheckQuestion(const v1::EndUseQuestion& question);

// What an agreement has to rest on for it. No article of the ATT has transit States answer: Firearms Protocol 10(2).
v1::LegalBasis BasisOf(const v1::EndUseQuestion& question);

// What is asked of an answer: an outcome, and with a refusal its ground or why; documents with their references, sizes and
// hashes, which are filled in; of a State on the way that does not object its letter. All violations at once.
absl::Status SettleAnswer(const v1::EndUseQuestion& question, v1::EndUseAnswer* answer);

// The record as the importing State may see it under the agreement.
v1::TransferRecord SubjectOf(const config::v1::Agreement& agreement, v1::TransferRecord record);

// The answer as the exporting State may see it: its outcome always; what is cut is named in `withheld_fields`, and the
// agreement's handling joined.
v1::EndUseAnswer AnswerUnder(const config::v1::Agreement& agreement, v1::EndUseAnswer answer);

// Whether nobody has answered yet.
bool IsUnanswered(const v1::EndUse& end_use);

// Sets what was answered: ANSWERED or REFUSED.
void TakeAnswer(const v1::EndUseAnswer& answer, absl::Time now, v1::EndUse* end_use);

// Puts questions that an officer of this house asked to the other State's gateway until they are answered.
class EndUseErrand : public Errand {
 public:
  explicit EndUseErrand(TransferHouse house) : house_(std::move(house)) {}

  bool IsOpen(const DocumentRow& row) const override;
  std::vector<PartnerQuestion> Questions(const DocumentRow& row) const override;
  absl::StatusOr<DocumentRow> Take(DocumentRow row, const PartnerQuestion& question,
                                   const absl::StatusOr<std::string>& reply) const override;

 private:
  const TransferHouse house_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_END_USE_QUESTION_H_
