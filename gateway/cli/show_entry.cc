#include "gateway/cli/show_entry.h"

#include <google/protobuf/text_format.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "gateway/cli/table.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

std::string Instant(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E3S UTC", time, absl::UTCTimeZone());
}

std::string Instant(const google::protobuf::Timestamp& time) {
  return Instant(absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()));
}

// The message that the content of such an entry is; null where it is text, or no message of one type.
std::unique_ptr<google::protobuf::Message> MessageOf(v1::EntryKind kind) {
  switch (kind) {
    case v1::ENTRY_KIND_GATEWAY_STARTED:
    case v1::ENTRY_KIND_POLICY_CHANGED: return std::make_unique<config::v1::GatewayConfig>();
    case v1::ENTRY_KIND_CONTENT_ERASED: return std::make_unique<v1::ErasedContent>();
    case v1::ENTRY_KIND_LOG_KEYS_CHANGED: return std::make_unique<v1::LogKeys>();
    case v1::ENTRY_KIND_LOG_CONFLICT_FOUND: return std::make_unique<v1::LogConflict>();
    case v1::ENTRY_KIND_CHECKPOINT_TIME_STAMPED:
      return std::make_unique<v1::TimeStampedCheckpoint>();
    case v1::ENTRY_KIND_LEGAL_HOLD_CHANGED: return std::make_unique<v1::LegalHold>();
    case v1::ENTRY_KIND_DESK_TOLD: return std::make_unique<v1::DeskWork>();
    case v1::ENTRY_KIND_SUBSCRIPTION_CHANGED: return std::make_unique<v1::Subscription>();
    default: return nullptr;
  }
}

std::string ContentText(v1::EntryKind kind, const std::string& content) {
  if (kind == v1::ENTRY_KIND_HARVEST_SUSPECTED) {
    v1::HarvestSuspicion suspicion;
    if (suspicion.ParseFromString(content)) return ShowSuspicion(suspicion);
  }
  const auto message = MessageOf(kind);
  std::string text;
  if (message != nullptr && message->ParseFromString(content) &&
      google::protobuf::TextFormat::PrintToString(*message, &text)) {
    return text;
  }
  return content;
}

void AddLine(std::string_view name, const std::string& value, std::string* out) {
  if (!value.empty()) *out += std::string(name) + ": " + value + "\n";
}

std::string Share(int part, int whole) {
  return std::to_string(part) + " (" + std::to_string(whole == 0 ? 0 : 100 * part / whole) + " %)";
}

}  // namespace

std::string ShowEntry(const v1::Entry& entry) {
  const v1::EntryHeader& header = entry.parsed_header();
  std::string out = "entry " + std::to_string(entry.index()) + ": " +
                    Words(v1::EntryKind_Name(header.kind()), "ENTRY_KIND_") + "\n";
  AddLine("time", Instant(absl::FromUnixMicros(header.record_time_us())), &out);
  AddLine("who", header.actor().empty() ? "(nobody identified)" : header.actor(), &out);
  AddLine("state", header.state(), &out);
  AddLine("method", header.method(), &out);
  AddLine("trace", header.trace_id(), &out);
  AddLine("to", header.to_state(), &out);
  AddLine("agreement", header.agreement_id(), &out);
  AddLine("reason", header.reason(), &out);
  AddLine("commitment", absl::BytesToHexString(header.commitment()), &out);
  AddLine("content", std::to_string(header.content_bytes()) + " bytes", &out);
  if (!entry.salt().empty()) out += "\n" + ContentText(header.kind(), entry.content());
  if (out.back() != '\n') out += '\n';
  return out;
}

std::string ShowSuspicion(const v1::HarvestSuspicion& suspicion) {
  const auto verdict = [](v1::HarvestVerdict value) {
    return Words(v1::HarvestVerdict_Name(value), "HARVEST_VERDICT_");
  };
  std::string out = suspicion.asking_state() + "/" + suspicion.agency() + " asked " +
                    suspicion.answering_state() + " about " + std::to_string(suspicion.asked()) +
                    " weapons since " + Instant(suspicion.window_start()) + ".\n";
  out += "Of these, serials that follow another: " + Share(suspicion.walked(), suspicion.asked()) +
         "; of one maker: " + Share(suspicion.of_one_maker(), suspicion.asked()) +
         "; found: " + Share(suspicion.hits(), suspicion.answered()) + " of " +
         std::to_string(suspicion.answered()) + " answered.\n";
  out += "Verdict: " + verdict(suspicion.verdict()) +
         ", before: " + verdict(suspicion.former_verdict()) + "; because of:";
  for (const int pattern : suspicion.patterns()) {
    out += " " +
           Words(v1::HarvestPattern_Name(static_cast<v1::HarvestPattern>(pattern)),
                 "HARVEST_PATTERN_") +
           ",";
  }
  if (suspicion.patterns().empty()) out += " nothing any more";
  if (out.back() == ',') out.pop_back();
  out += ".\n";
  if (suspicion.has_refused_until()) {
    out += "Questions are refused until " + Instant(suspicion.refused_until()) + ".\n";
  }
  return out;
}

}  // namespace tracegate
