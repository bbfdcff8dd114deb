#ifndef TRACEGATE_GATEWAY_TRANSFERS_DOCUMENT_KIND_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DOCUMENT_KIND_H_

namespace tracegate {

// What a stored document is. The numbers stand in stores: they are never given anew.
enum class DocumentKind : int {
  kTransfer = 1,        // v1::Transfer without what happened around it
  kDelivery = 2,        // v1::Delivery, about a transfer
  kEndUse = 3,          // v1::EndUse, about a transfer
  kAlert = 4,           // v1::DiversionAlert, about a transfer where one is known
  kReconciliation = 5,  // v1::Reconciliation
  kDiscrepancy = 6,     // v1::Discrepancy, about a reconciliation
  kReport = 7,          // v1::Report
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DOCUMENT_KIND_H_
