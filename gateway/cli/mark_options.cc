#include "gateway/cli/mark_options.h"

namespace tracegate {

void AddMarkOptions(CLI::App* command, TypedMarks* marks) {
  command->add_option("--serial", marks->serial,
                      "Serial number as read; ? for an unread character");
  command->add_option("--manufacturer", marks->manufacturer, "Maker as marked");
  command->add_option("--model", marks->model, "Model as marked");
  command->add_option("--calibre", marks->calibre, "Calibre as marked");
  command->add_option("--country", marks->country, "Country of manufacture as marked");
  command->add_option("--import-mark", marks->import_mark, "Import mark as read");
}

}  // namespace tracegate
