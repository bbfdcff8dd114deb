#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_PROGRAMS_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_PROGRAMS_H_

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

namespace tracegate {

// Where Debian puts the server's programs; the newest version's folder, with a slash behind it.
inline std::string PostgresProgramFolder() {
  std::string newest;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", none))
    newest = std::max(newest, entry.path().string());
  return newest + "/bin/";
}

// The server refuses to run as root: whom it runs as then; else null.
inline const passwd* PostgresUser() { return getuid() == 0 ? getpwnam("postgres") : nullptr; }

// In a child, before it executes one of the programs.
inline void BecomePostgresUser() {
  const passwd* user = PostgresUser();
  if (user == nullptr) return;
  if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
    _exit(126);
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_PROGRAMS_H_
