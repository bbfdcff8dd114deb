#ifndef TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_BOOK_H_
#define TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_BOOK_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/directory.pb.h"

namespace tracegate {

// What the operator wrote of States: whom to write to, how they mark.
//
// Thread safety: immutable after Create.
class DirectoryBook {
 public:
  using Rows = std::map<std::string, config::v1::DirectoryState, std::less<>>;

  // `read_time`: when the configuration was read. CONFIG_INVALID names the key: a State that is none or stands twice,
  // contacts without an agency of that State, a purpose or a way to reach them, more of anything than the bound.
  static absl::StatusOr<std::unique_ptr<DirectoryBook>> Create(
      const google::protobuf::RepeatedPtrField<config::v1::DirectoryState>& states,
      absl::Time read_time);

  // By code.
  const Rows& rows() const { return rows_; }
  // Null where nothing was written of that State.
  const config::v1::DirectoryState* Find(std::string_view state) const;
  absl::Time read_time() const { return read_time_; }

  // That State's contact for hits: the first for LIAISON, else for TRACING, else the first of all; null where it has none.
  const v1::PointOfContact* LiaisonOf(std::string_view state) const;

 private:
  DirectoryBook(Rows rows, absl::Time read_time) : rows_(std::move(rows)), read_time_(read_time) {}

  const Rows rows_;
  const absl::Time read_time_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_BOOK_H_
