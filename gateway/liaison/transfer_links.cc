#include "gateway/liaison/transfer_links.h"

#include <utility>

#include "gateway/policy/handling.h"
#include "gateway/tracing/same_weapon.h"

namespace tracegate {
namespace {

// That two stand in one consignment is certain; that they have to do with each other is not.
constexpr double kConsignmentScore = 0.5;
constexpr double kRecipientScore = 0.4;

v1::LinkEnd EndOf(const v1::Transfer& transfer) {
  v1::LinkEnd end;
  end.set_transfer_id(transfer.transfer_id());
  end.set_state(transfer.recording_agency().state());
  *end.mutable_date() = transfer.record().date();
  return end;
}

std::string NameOf(const v1::Transfer& transfer) {
  const std::string& consignment = transfer.record().consignment();
  return consignment.empty() ? "transfer " + transfer.transfer_id() : "consignment " + consignment;
}

v1::Link SameConsignment(const v1::LinkEnd& from, const v1::LinkEnd& to,
                         const v1::Transfer& transfer) {
  v1::Link link;
  link.set_kind(v1::LINK_KIND_SAME_CONSIGNMENT);
  *link.mutable_from_end() = from;
  *link.mutable_to_end() = to;
  link.set_basis("both in " + NameOf(transfer));
  link.set_score(kConsignmentScore);
  return link;
}

std::vector<v1::Item> WeaponsOf(const v1::Transfer& transfer) {
  std::vector<v1::Item> weapons;
  for (const v1::TransferLine& line : transfer.record().lines()) {
    for (const v1::Item& item : line.items()) {
      if (item.has_weapon()) weapons.push_back(item);
    }
  }
  return weapons;
}

}  // namespace

absl::StatusOr<std::vector<v1::Transfer>> TransferLinks::FoundBy(const std::string& state,
                                                                 const std::string& word) const {
  std::vector<v1::Transfer> transfers;
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, state);
  query.key = word;
  query.newest_first = true;
  const absl::Status scanned = stored_.store()->ScanDocuments(query, [&](const DocumentRow& row) {
    auto transfer = ReadDocument<v1::Transfer>(row);
    if (transfer.ok() && transfer->has_record()) transfers.push_back(*std::move(transfer));
    return static_cast<int>(transfers.size()) < kTransfersMax;
  });
  if (!scanned.ok()) return scanned;
  return transfers;
}

void TransferLinks::AddTraces(const Caller& caller, v1::LinkKind kind, const LinkedThing& from,
                              const v1::Transfer& transfer, std::vector<v1::Link>* links) const {
  TraceQuery query;
  query.visible_to_state = caller.state;
  for (const v1::Item& weapon : WeaponsOf(transfer)) {
    const ItemReading read(weapon);
    for (const v1::Trace& trace : TracesOfWeapon(stored_.store(), query, read)) {
      if (trace.trace_id() == from.end.trace_id()) continue;
      const LinkedThing other = LinkedTrace(caller, trace);
      v1::Link link = SameConsignment(from.end, other.end, transfer);
      if (kind == v1::LINK_KIND_SAME_ITEM) {
        // The weapon on the papers and the one that was traced, compared as for a trace.
        auto same = LinkOf(kind, LinkedItem(weapon), other, 0);
        if (!same) continue;
        link = *std::move(same);
        *link.mutable_from_end() = from.end;
      }
      *link.mutable_handling() = from.handling;
      JoinHandling(other.handling, link.mutable_handling());
      links->push_back(std::move(link));
    }
  }
}

absl::Status TransferLinks::AddTransfersTo(const Caller& caller, const LinkedThing& from,
                                           const std::set<std::string>& recipients,
                                           std::set<std::string> known,
                                           std::vector<v1::Link>* links) const {
  for (const std::string& recipient : recipients) {
    const auto transfers = FoundBy(caller.state, recipient);
    if (!transfers.ok()) return transfers.status();
    for (const v1::Transfer& transfer : *transfers) {
      if (!known.insert(transfer.transfer_id()).second) continue;
      v1::Link& link = links->emplace_back();
      link.set_kind(v1::LINK_KIND_SAME_CONSIGNEE);
      *link.mutable_from_end() = from.end;
      *link.mutable_to_end() = EndOf(transfer);
      link.set_basis("both went to one recipient");
      link.set_score(kRecipientScore);
      *link.mutable_handling() = from.handling;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Link>> TransferLinks::FromWeapon(const Caller& caller,
                                                                const LinkedThing& start) const {
  std::vector<v1::Link> links;
  std::set<std::string> recipients = start.consignees;
  std::set<std::string> travelled_in;
  const std::string word =
      start.read.item.has_weapon() ? SerialWord(start.read.item.weapon().serial_number()) : "";
  absl::StatusOr<std::vector<v1::Transfer>> transfers = std::vector<v1::Transfer>();
  if (!word.empty()) transfers = FoundBy(caller.state, word);
  if (!transfers.ok()) return transfers.status();
  for (const v1::Transfer& transfer : *transfers) {
    for (const v1::Item& weapon : WeaponsOf(transfer)) {
      if (SerialWord(weapon.weapon().serial_number()) != word) continue;
      auto same = LinkOf(v1::LINK_KIND_SAME_ITEM, start, LinkedItem(weapon), 0);
      if (!same) continue;
      *same->mutable_to_end() = EndOf(transfer);
      same->set_basis(same->basis() + ", in " + NameOf(transfer));
      *same->mutable_handling() = start.handling;
      links.push_back(*std::move(same));
      AddTraces(caller, v1::LINK_KIND_SAME_CONSIGNMENT, start, transfer, &links);
      recipients.merge(RecipientWords(transfer.record()));
      travelled_in.insert(transfer.transfer_id());
      break;
    }
  }
  const absl::Status added =
      AddTransfersTo(caller, start, recipients, std::move(travelled_in), &links);
  if (!added.ok()) return added;
  return links;
}

absl::StatusOr<std::vector<v1::Link>> TransferLinks::FromTransfer(
    const Caller& caller, const std::string& transfer_id) const {
  const auto row = stored_.FindOwn(caller, DocumentKind::kTransfer, transfer_id, "transfer_id");
  if (!row.ok()) return row.status();
  const auto transfer = ReadDocument<v1::Transfer>(*row);
  if (!transfer.ok()) return transfer.status();
  std::vector<v1::Link> links;
  LinkedThing start = LinkedItem(v1::Item());
  start.end = EndOf(*transfer);
  AddTraces(caller, v1::LINK_KIND_SAME_ITEM, start, *transfer, &links);
  const absl::Status added =
      AddTransfersTo(caller, start, RecipientWords(transfer->record()), {transfer_id}, &links);
  if (!added.ok()) return added;
  if (transfer->record().consignment().empty()) return links;
  const auto beside = FoundBy(caller.state, ConsignmentWord(transfer->record().consignment()));
  if (!beside.ok()) return beside.status();
  for (const v1::Transfer& other : *beside) {
    if (other.transfer_id() == transfer_id) continue;
    links.push_back(SameConsignment(start.end, EndOf(other), *transfer));
  }
  return links;
}

}  // namespace tracegate
