#include "gateway/policy/access_table.h"

#include <string>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using enum Role;
using enum RecordRule;

// A reviewed table: docs/reference/policy.md shows it to people, tests/vectors/policy.txt holds it fast.
constexpr AccessRow kTable[] = {
    {"/tracegate.v1.TraceService/CheckTrace", kReply, {kRegistry, kLiaison, kDesk}},
    {"/tracegate.v1.TraceService/CreateTrace", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TraceService/ImportTraces", kOwn, {kRegistry}},
    {"/tracegate.v1.TraceService/GetTrace", kReply, {kRegistry, kDesk, kPeer}},
    {"/tracegate.v1.TraceService/ListTraces", kReply, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/WatchTrace", kReply, {kRegistry, kDesk, kPeer}},
    {"/tracegate.v1.TraceService/AcknowledgeTrace", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/RequestInformation", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/SupplementTrace", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TraceService/AnswerTrace", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/DelayTrace", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/RefuseTrace", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/RequestClarification", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TraceService/ClarifyTrace", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TraceService/WithdrawTrace", kOwn, {kRegistry, kPeer}},

    {"/tracegate.v1.TransferService/RecordTransfer", kOwn, {kRegistry}},
    {"/tracegate.v1.TransferService/ImportTransfers", kOwn, {kRegistry}},
    {"/tracegate.v1.TransferService/AmendTransfer", kOwn, {kRegistry}},
    {"/tracegate.v1.TransferService/GetTransfer", kReply, {kRegistry, kCompliance}},
    {"/tracegate.v1.TransferService/ListTransfers", kReply, {kRegistry, kCompliance}},
    {"/tracegate.v1.TransferService/ConfirmReceipt", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TransferService/RequestEndUse", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TransferService/AnswerEndUse", kOwn, {kRegistry, kDesk}},
    {"/tracegate.v1.TransferService/ListAuthorizations", kOwn, {kRegistry, kPeer}},
    {"/tracegate.v1.TransferService/RaiseDiversionAlert", kOwn, {kRegistry, kLiaison, kPeer}},
    {"/tracegate.v1.TransferService/FollowUpAlert", kOwn, {kRegistry, kLiaison, kPeer}},
    {"/tracegate.v1.TransferService/ListAlerts", kReply, {kRegistry, kLiaison, kCompliance}},
    {"/tracegate.v1.TransferService/Reconcile", kOwn, {kCompliance, kPeer}},
    {"/tracegate.v1.TransferService/ListDiscrepancies", kReply, {kCompliance}},
    {"/tracegate.v1.TransferService/ResolveDiscrepancy", kOwn, {kCompliance}},
    {"/tracegate.v1.TransferService/GenerateReport", kOwn, {kCompliance}},

    {"/tracegate.v1.EvidenceService/GetCheckpoint",
     kRequestOnly,
     {kRegistry, kLiaison, kCompliance, kDesk, kPeer, kAdmin}},
    {"/tracegate.v1.EvidenceService/GetEntry", kRequestOnly, {kRegistry, kCompliance}},
    {"/tracegate.v1.EvidenceService/ListEntries", kRequestOnly, {kRegistry, kCompliance}},
    {"/tracegate.v1.EvidenceService/GetInclusionProof",
     kRequestOnly,
     {kRegistry, kCompliance, kPeer}},
    {"/tracegate.v1.EvidenceService/GetConsistencyProof",
     kRequestOnly,
     {kRegistry, kCompliance, kPeer}},
    {"/tracegate.v1.EvidenceService/ExportLog", kRequestOnly, {kCompliance}},
    {"/tracegate.v1.EvidenceService/AddCheckpoint", kOwn, {kPeer}},
    {"/tracegate.v1.EvidenceService/SetLegalHold", kOwn, {kCompliance}},
    {"/tracegate.v1.EvidenceService/ListLegalHolds", kRequestOnly, {kCompliance}},

    {"/tracegate.v1.LiaisonService/CrossCheck", kOwn, {kLiaison, kPeer}},
    {"/tracegate.v1.LiaisonService/Subscribe", kOwn, {kLiaison}},
    {"/tracegate.v1.LiaisonService/WatchHits", kReply, {kLiaison}},
    {"/tracegate.v1.LiaisonService/FindLinks", kReply, {kLiaison}},

    {"/tracegate.v1.DirectoryService/GetState",
     kRequestOnly,
     {kRegistry, kLiaison, kCompliance, kDesk, kPeer, kAdmin}},
    {"/tracegate.v1.DirectoryService/ListStates",
     kRequestOnly,
     {kRegistry, kLiaison, kCompliance, kDesk, kPeer, kAdmin}},

    {"/grpc.health.v1.Health/Check",
     kNone,
     {kRegistry, kLiaison, kCompliance, kDesk, kPeer, kAdmin}},
    {"/grpc.health.v1.Health/Watch",
     kNone,
     {kRegistry, kLiaison, kCompliance, kDesk, kPeer, kAdmin}},
};

}  // namespace

std::span<const AccessRow> AccessTable() { return kTable; }

const AccessRow* FindAccessRow(std::string_view method) {
  for (const AccessRow& row : kTable) {
    if (row.method == method) return &row;
  }
  return nullptr;
}

absl::Status CheckAccess(const AccessRow& row, const Caller& caller) {
  for (const Role role : row.roles) {
    if (role == caller.role) return absl::OkStatus();
  }
  std::string allowed;
  for (const Role role : row.roles) {
    if (!allowed.empty()) allowed += ", ";
    allowed += RoleName(role);
  }
  return Failure(v1::REASON_ROLE_NOT_ALLOWED, "the role " + std::string(RoleName(caller.role)) +
                                                  " may not call " + std::string(row.method) +
                                                  "; allowed: " + allowed);
}

}  // namespace tracegate
