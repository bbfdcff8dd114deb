#include "gateway/directory/directory_book.h"

#include <algorithm>
#include <utility>

#include "gateway/directory/directory_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsFor(const v1::PointOfContact& contact, v1::ContactPurpose purpose) {
  return std::find(contact.purposes().begin(), contact.purposes().end(), purpose) !=
         contact.purposes().end();
}

}  // namespace

absl::StatusOr<std::unique_ptr<DirectoryBook>> DirectoryBook::Create(
    const google::protobuf::RepeatedPtrField<config::v1::DirectoryState>& states,
    absl::Time read_time) {
  Rows rows;
  for (int i = 0; i < states.size(); ++i) {
    const std::string at = "directory[" + std::to_string(i) + "]";
    if (auto status = CheckDirectoryState(states[i], at); !status.ok()) return status;
    if (!rows.emplace(states[i].state(), states[i]).second) {
      return FieldFailure(v1::REASON_CONFIG_INVALID, at + ".state",
                          states[i].state() + " stands here twice; write all of it in one place");
    }
  }
  return std::unique_ptr<DirectoryBook>(new DirectoryBook(std::move(rows), read_time));
}

const config::v1::DirectoryState* DirectoryBook::Find(std::string_view state) const {
  const auto found = rows_.find(state);
  return found == rows_.end() ? nullptr : &found->second;
}

const v1::PointOfContact* DirectoryBook::LiaisonOf(std::string_view state) const {
  const config::v1::DirectoryState* row = Find(state);
  if (row == nullptr || row->contacts().empty()) return nullptr;
  for (const auto purpose : {v1::CONTACT_PURPOSE_LIAISON, v1::CONTACT_PURPOSE_TRACING}) {
    for (const v1::PointOfContact& contact : row->contacts()) {
      if (IsFor(contact, purpose)) return &contact;
    }
  }
  return &row->contacts(0);
}

}  // namespace tracegate
