#include "gateway/rpc/directory_service.h"

#include <string>
#include <utility>

#include "tracegate/v1/directory.pb.h"

namespace tracegate {
namespace {

template <typename Response>
absl::StatusOr<std::string> Serialised(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return response.status();
  return response->SerializeAsString();
}

}  // namespace

void ServeDirectory(const Directory* directory, HandlerTable* table) {
  table->ServeUnary<v1::GetStateRequest>(
      "/tracegate.v1.DirectoryService/GetState",
      [directory](const Call& call, const v1::GetStateRequest& request, std::string,
                  ReplyDone done) { done(Serialised(directory->GetState(call.caller, request))); });
  table->ServeUnary<v1::ListStatesRequest>(
      "/tracegate.v1.DirectoryService/ListStates",
      [directory](const Call& call, const v1::ListStatesRequest& request, std::string,
                  ReplyDone done) {
        done(Serialised(directory->ListStates(call.caller, request)));
      });
}

}  // namespace tracegate
