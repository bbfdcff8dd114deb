#include "protos/tracegate/wire_status.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kDomain[] = "tracegate";
constexpr size_t kDetailsBytesMax = 65536;

std::string MetadataKey(int i) { return "violation." + std::to_string(i) + ".reason"; }

v1::FailureDetail DetailFrom(const google::rpc::Status& wire) {
  v1::FailureDetail detail;
  google::rpc::ErrorInfo info;
  for (const auto& any : wire.details()) {
    google::rpc::ErrorInfo any_info;
    google::rpc::BadRequest bad_request;
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&any_info)) {
      if (any_info.domain() != kDomain) continue;
      info = any_info;
      detail.set_reason(ReasonNamed(info.reason()));
    } else if (any.UnpackTo(&bad_request)) {
      for (const auto& from : bad_request.field_violations()) {
        auto* to = detail.add_violations();
        to->set_field(from.field());
        to->set_description(from.description());
      }
    } else if (any.UnpackTo(&retry)) {
      *detail.mutable_retry_after() = retry.retry_delay();
    }
  }
  for (int i = 0; i < detail.violations_size(); ++i) {
    const auto reason = info.metadata().find(MetadataKey(i));
    if (reason != info.metadata().end()) {
      detail.mutable_violations(i)->set_reason(ReasonNamed(reason->second));
    }
  }
  return detail;
}

}  // namespace

std::string PackDetails(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(std::string(status.message()));
  google::rpc::ErrorInfo info;
  info.set_domain(kDomain);
  info.set_reason(ReasonName(detail.reason()));
  google::rpc::BadRequest bad_request;
  for (int i = 0; i < detail.violations_size(); ++i) {
    auto* to = bad_request.add_field_violations();
    to->set_field(detail.violations(i).field());
    to->set_description(detail.violations(i).description());
    (*info.mutable_metadata())[MetadataKey(i)] = ReasonName(detail.violations(i).reason());
  }
  wire.add_details()->PackFrom(info);
  if (bad_request.field_violations_size() > 0) wire.add_details()->PackFrom(bad_request);
  if (detail.has_retry_after()) {
    google::rpc::RetryInfo retry;
    *retry.mutable_retry_delay() = detail.retry_after();
    wire.add_details()->PackFrom(retry);
  }
  return wire.SerializeAsString();
}

absl::Status UnpackStatus(int code, std::string_view message, std::string_view details) {
  if (code == 0) return absl::OkStatus();
  const auto status_code = static_cast<absl::StatusCode>(code);
  const absl::Status bare(status_code, {message.data(), message.size()});
  google::rpc::Status wire;
  if (details.size() > kDetailsBytesMax ||
      !wire.ParseFromArray(details.data(), static_cast<int>(details.size()))) {
    return bare;
  }
  const v1::FailureDetail detail = DetailFrom(wire);
  if (detail.reason() == v1::REASON_UNSPECIFIED) return bare;
  return FailureWithDetail(status_code, message, detail);
}

}  // namespace tracegate
