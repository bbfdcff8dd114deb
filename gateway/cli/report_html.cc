#include "gateway/cli/report_html.h"

#include "gateway/cli/arms_label.h"
#include "gateway/cli/report_tables.h"

namespace tracegate {
namespace {

// The page loads nothing, so that it reads the same on any desk and on paper.
constexpr char kTop[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

constexpr char kStyle[] =
    "<style>\n"
    "body { font: 11pt/1.4 serif; color: #000; background: #fff; max-width: 60em; margin: 2em "
    "auto; "
    "padding: 0 1em; }\n"
    "h1 { font-size: 1.8em; } h2 { font-size: 1.3em; margin-top: 2em; }\n"
    "dt { font-weight: bold; } dd { margin: 0 0 .5em 1em; white-space: pre-line; }\n"
    "table { border-collapse: collapse; width: 100%; font-size: .85em; }\n"
    "caption { text-align: left; font-style: italic; padding: .3em 0; }\n"
    "th, td { border: 1px solid #555; padding: .25em .4em; text-align: left; vertical-align: top; "
    "}\n"
    "thead th { background: #eee; } .figure { text-align: right; }\n"
    ".box { border: 2px solid #000; padding: .6em; }\n"
    "@media print { body { max-width: none; margin: 0; } .title { break-after: page; }\n"
    "  thead { display: table-header-group; } tr { break-inside: avoid; } }\n"
    "@page { size: A4 landscape; margin: 15mm; }\n"
    "</style>\n";

std::string Element(const std::string& name, std::string_view text) {
  return "<" + name + ">" + HtmlText(text) + "</" + name + ">";
}

// One cell: the first of a row names it.
std::string Cell(const std::string& text, bool is_first, bool is_figure) {
  const std::string name = is_first ? "th" : "td";
  return "<" + name + (is_first ? " scope=\"row\"" : "") + (is_figure ? " class=\"figure\"" : "") +
         ">" + HtmlText(text) + "</" + name + ">";
}

std::string TableHtml(const ReportTable& table, const std::string& caption) {
  std::string out = "<section>\n" + Element("h2", table.title) + "\n";
  if (table.rows.empty())
    return out + "<p class=\"box\">" + HtmlText(table.instead) + "</p>\n</section>\n";
  out += "<table>\n" + Element("caption", table.title + ". " + caption) + "\n<thead>\n<tr>";
  for (const ReportTable::Column& column : table.columns) {
    out += std::string("<th scope=\"col\"") + (column.is_figure ? " class=\"figure\">" : ">") +
           HtmlText(column.name) + "</th>";
  }
  out += "</tr>\n</thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      out += Cell(row[i], i == 0, table.columns[i].is_figure);
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</section>\n";
}

std::string TitlePage(const v1::Report& report) {
  std::string out =
      "<header class=\"title\">\n" + Element("h1", ReportTitle(report.kind())) + "\n<dl>\n";
  for (const auto& [what, text] : ReportHeadLines(report)) {
    out += Element("dt", what) + Element("dd", text) + "\n";
  }
  out += "</dl>\n";
  if (report.head().withheld()) {
    out +=
        "<p class=\"box\"><strong>Data are withheld.</strong> Records were left out as "
        "commercially sensitive or for national security (ATT Article 13(3)).</p>\n";
  }
  return out + "</header>\n";
}

std::string Caveats(const v1::Report& report) {
  if (report.caveats().empty()) return "";
  std::string out = "<section>\n<h2>What a reader must know</h2>\n<ul>\n";
  for (const std::string& caveat : report.caveats()) out += Element("li", caveat) + "\n";
  return out + "</ul>\n</section>\n";
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string ReportHtml(const v1::Report& report) {
  const std::string state = StateLabel(report.head().state());
  std::string out = std::string(kTop) +
                    Element("title", ReportTitle(report.kind()) + ", " + state) + "\n" + kStyle +
                    "</head>\n<body>\n" + TitlePage(report) + "<main>\n";
  for (const ReportTable& table : ReportTables(report)) out += TableHtml(table, state);
  out += Caveats(report) + "</main>\n";
  if (report.has_receipt()) {
    out += "<footer><p>" +
           HtmlText("On record as entry " + std::to_string(report.receipt().leaf_index()) +
                    " of the log " + report.receipt().log_origin() + ".") +
           "</p></footer>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace tracegate
