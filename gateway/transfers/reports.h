#ifndef TRACEGATE_GATEWAY_TRANSFERS_REPORTS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REPORTS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Reports that a State files, drawn up from its records as they stood on the cut-off day.
//
// Thread safety: all methods from any thread. Takes as long as there are records, on the caller's thread.
class Reports {
 public:
  // What is pointed to outlives it.
  Reports(TransferHouse house, AnswerOnce* once)
      : house_(std::move(house)), stored_(house_.store), once_(once) {}

  // `reply` runs once, with a serialised v1::Report: durable, receipt included. Errors: see GenerateReport in
  // transfer.proto.
  void Generate(std::shared_ptr<const Request> request, const v1::GenerateReportRequest& asked,
                AnswerOnce::Reply reply);

 private:
  absl::StatusOr<Outcome> DrawnUp(const Request& request,
                                  const v1::GenerateReportRequest& asked) const;
  absl::Status AddTables(const v1::GenerateReportRequest& asked, v1::Report* report) const;
  absl::Status AddTraceFigures(const v1::GenerateReportRequest& asked, v1::Report* report) const;
  // Whom to write to and how arms are marked, as the operator wrote it (ITI 31).
  void AddPractice(const std::string& state, v1::CooperationFigures* figures) const;
  absl::Status AddCorrections(const Caller& caller, const v1::GenerateReportRequest& asked,
                              v1::Report* report) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  AnswerOnce* const once_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REPORTS_H_
