#include "gateway/cli/certs_commands.h"

namespace tracegate {

void AddCertsCommands(CLI::App* app, Session* session) {
  auto* certs = app->add_subcommand("certs", "Judge, read, watch and make certificates");
  certs->require_subcommand(1);
  // So that --json may stand behind the command as well. Set before, it is what the commands inherit.
  certs->fallthrough();
  AddCertsVerify(certs, session);
  AddCertsInspect(certs, session);
  AddCertsStatus(certs, session);
  AddCertsIssue(certs, session);
}

}  // namespace tracegate
