#include "gateway/cli/show_alert.h"

#include "gateway/cli/show_time.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string ToldText(const v1::AlertRecipient& recipient) {
  if (recipient.has_told_time()) {
    return recipient.state() + ": told " + DayAndTime(recipient.told_time());
  }
  const std::string why =
      recipient.has_failure() ? ", " + ReasonName(recipient.failure().reason()) : "";
  return recipient.state() + ": NOT YET TOLD" + why;
}

void ShowFollowUp(const v1::AlertFollowUp& word, std::string* out) {
  *out += "     " + std::string(word.concluded() ? "CONCLUDED" : "since") + ", by " +
          AgencyText(word.agency()) + " " + DayAndTime(word.create_time()) + ": " + word.text() +
          "\n";
  for (const int measure : word.measures()) {
    *out += "       " +
            Words(v1::DiversionMeasure_Name(static_cast<v1::DiversionMeasure>(measure)),
                  "DIVERSION_MEASURE_") +
            "\n";
  }
  for (const v1::AlertRecipient& told : word.recipients())
    *out += "       " + ToldText(told) + "\n";
}

}  // namespace

std::string ShowAlert(const v1::DiversionAlert& alert) {
  const v1::Diversion& diversion = alert.diversion();
  std::string out = "  ALERT " + alert.alert_id() + "  " +
                    Words(v1::DiversionKind_Name(diversion.kind()), "DIVERSION_KIND_") + ", by " +
                    AgencyText(alert.raising_agency()) + " " + DayAndTime(alert.create_time()) +
                    "\n     " + diversion.circumstances() + "\n";
  for (const v1::Item& item : diversion.items()) out += "     " + ItemText(item) + "\n";
  if (!diversion.wanted().empty()) out += "     please: " + diversion.wanted() + "\n";
  for (const v1::AlertRecipient& told : alert.recipients()) out += "     " + ToldText(told) + "\n";
  for (const v1::AlertFollowUp& word : alert.follow_ups()) ShowFollowUp(word, &out);
  return out;
}

std::string ShowAlerts(const v1::ListAlertsResponse& list) {
  std::string out;
  for (const v1::DiversionAlert& alert : list.alerts()) out += ShowAlert(alert);
  if (list.alerts().empty()) out += "no alerts\n";
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

}  // namespace tracegate
