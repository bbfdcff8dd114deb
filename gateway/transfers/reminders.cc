#include "gateway/transfers/reminders.h"

#include "gateway/transfers/end_use_question.h"

namespace tracegate {
namespace {

constexpr absl::Duration kPeriod = absl::Hours(24);

bool IsUnansweredRow(const DocumentRow& row) {
  const auto end_use = ReadDocument<v1::EndUse>(row);
  return end_use.ok() && IsUnanswered(*end_use);
}

}  // namespace

absl::Status Reminders::Begin() {
  if (!house_.tell_overdue) return absl::OkStatus();
  const absl::Status told = TellAll();
  if (told.ok()) TellLater();
  return told;
}

void Reminders::TellLater() {
  house_.timers->At(house_.clock() + kPeriod, [this] {
    const StepGate::Step step(&gate_);
    if (!step) return;
    // A store that cannot be read now is asked again tomorrow.
    TellAll().IgnoreError();
    TellLater();
  });
}

absl::Status Reminders::TellAll() const {
  const absl::Status end_uses = Tell(DocumentKind::kEndUse, "end_use", &IsUnansweredRow);
  if (!end_uses.ok()) return end_uses;
  return Tell(DocumentKind::kTransfer, "delivery", [this](const DocumentRow& row) {
    const auto deliveries = stored_.About<v1::Delivery>(DocumentKind::kDelivery, row.document_id);
    return deliveries.ok() && deliveries->empty();
  });
}

absl::Status Reminders::Tell(DocumentKind kind, const std::string& what,
                             const std::function<bool(const DocumentRow&)>& is_owed) const {
  int told = 0;
  DocumentQuery query;
  query.kind = static_cast<int>(kind);
  query.due_before = absl::FormatCivilTime(house_.today());
  return house_.store->ScanDocuments(query, [&](const DocumentRow& row) {
    if (!is_owed(row)) return true;
    house_.tell_overdue({what, row.document_id, row.state, row.due});
    return ++told < kToldMax;
  });
}

}  // namespace tracegate
