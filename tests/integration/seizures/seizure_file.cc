#include "tests/integration/seizures/seizure_file.h"

#include <algorithm>
#include <utility>

namespace tracegate {
namespace {

constexpr char kHeader[] =
    "year,tipo,marca,modelo,calibre,pais,patrimoniada,restrita,origem,serial_masked";
constexpr size_t kFields = 10;

// Takes the field at the front of `rest`, without the comma or line end behind it. False where a quote is not closed
// or stands inside a plain field.
bool TakeField(std::string_view* rest, std::string* field) {
  field->clear();
  if (rest->empty() || rest->front() != '"') {
    const size_t end = std::min(rest->find_first_of(",\r\n"), rest->size());
    *field = rest->substr(0, end);
    rest->remove_prefix(end);
    return field->find('"') == std::string::npos;
  }
  rest->remove_prefix(1);
  while (!rest->empty()) {
    const char c = rest->front();
    rest->remove_prefix(1);
    if (c == '"') {
      if (rest->empty() || rest->front() != '"') return true;
      rest->remove_prefix(1);
    }
    *field += c;
  }
  return false;
}

bool TakeLineEnd(std::string_view* rest) {
  if (!rest->empty() && rest->front() == '\r') rest->remove_prefix(1);
  if (rest->empty() || rest->front() != '\n') return false;
  rest->remove_prefix(1);
  return true;
}

bool TakeRow(std::string_view* rest, std::vector<std::string>* fields) {
  fields->assign(1, "");
  while (TakeField(rest, &fields->back())) {
    if (rest->empty() || rest->front() != ',') return TakeLineEnd(rest);
    rest->remove_prefix(1);
    fields->emplace_back();
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<Seizure>> ReadSeizures(std::string_view csv) {
  const size_t header_end = csv.find_first_of("\r\n");
  if (csv.substr(0, header_end) != kHeader) {
    return absl::InvalidArgumentError("the first line is not the header of a seizure file");
  }
  csv.remove_prefix(header_end);
  if (!TakeLineEnd(&csv)) return absl::InvalidArgumentError("the header does not end");
  std::vector<Seizure> seizures;
  std::vector<std::string> f;
  while (!csv.empty()) {
    if (!TakeRow(&csv, &f) || f.size() != kFields) {
      return absl::InvalidArgumentError("row " + std::to_string(seizures.size() + 1) +
                                        " does not have ten fields and a line end");
    }
    seizures.push_back({std::move(f[0]), std::move(f[1]), std::move(f[2]), std::move(f[3]),
                        std::move(f[4]), std::move(f[5]), std::move(f[6]), std::move(f[7]),
                        std::move(f[8]), std::move(f[9])});
  }
  return seizures;
}

}  // namespace tracegate
