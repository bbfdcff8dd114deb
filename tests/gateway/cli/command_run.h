#ifndef TRACEGATE_TESTS_GATEWAY_CLI_COMMAND_RUN_H_
#define TRACEGATE_TESTS_GATEWAY_CLI_COMMAND_RUN_H_

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/cli/session.h"

namespace tracegate {

// How a command of `tracegate` ended, and what it printed.
struct CommandRun {
  int exit = kExitOk;
  std::string said;
  std::string complained;
};

// Runs `tracegate` with those arguments, `--json` before the command or not, with the commands that `add` adds.
inline CommandRun RunCommand(void (*add)(CLI::App*, Session*),
                             const std::vector<std::string>& arguments) {
  Session session;
  CLI::App app;
  app.add_flag("--json", session.json);
  add(&app, &session);
  std::ostringstream out, errors;
  auto* const cout = std::cout.rdbuf(out.rdbuf());
  auto* const cerr = std::cerr.rdbuf(errors.rdbuf());
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError&) {
    session.exit = kExitUsage;
  }
  std::cout.rdbuf(cout);
  std::cerr.rdbuf(cerr);
  return {session.exit, out.str(), errors.str()};
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_CLI_COMMAND_RUN_H_
