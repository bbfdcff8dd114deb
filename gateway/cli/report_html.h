#ifndef TRACEGATE_GATEWAY_CLI_REPORT_HTML_H_
#define TRACEGATE_GATEWAY_CLI_REPORT_HTML_H_

#include <string>
#include <string_view>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A report as one HTML page to read and print: it loads nothing and runs nothing, whatever stands in the records.
std::string ReportHtml(const v1::Report& report);

// Text as HTML shows it, in elements and attributes.
std::string HtmlText(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REPORT_HTML_H_
