#include "tests/bench/trigram_baseline.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "tests/adapters/sql/postgres_programs.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

constexpr char kMark[] = "-- end --";

pid_t Run(const std::vector<std::string>& words, int in, int out) {
  const pid_t child = fork();
  if (child != 0) return child;
  BecomePostgresUser();
  const int nothing = open("/dev/null", O_RDWR);
  dup2(in < 0 ? nothing : in, 0);
  dup2(out < 0 ? nothing : out, 1);
  dup2(nothing, 2);
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

bool Succeeds(const std::vector<std::string>& words) {
  int status = 0;
  waitpid(Run(words, -1, -1), &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// A value of COPY's text format, or inside single quotes where `quote`.
std::string Escaped(const std::string& text, bool quote) {
  std::string escaped;
  for (const char c : text) {
    if (quote ? c == '\'' : c == '\\') escaped += c;
    escaped += c == '\n' || c == '\t' ? ' ' : c;
  }
  return escaped;
}

}  // namespace

std::optional<TrigramBaseline> TrigramBaseline::Start() {
  TrigramBaseline baseline;
  // A socket's path has to be short, and the server's user has to reach it.
  baseline.folder_ = (fs::temp_directory_path() / "trigram.XXXXXX").string();
  if (mkdtemp(baseline.folder_.data()) == nullptr) return std::nullopt;
  if (const passwd* user = PostgresUser(); user != nullptr)
    if (chown(baseline.folder_.c_str(), user->pw_uid, user->pw_gid) != 0) return std::nullopt;
  const std::string data = baseline.folder_ + "/data";
  const std::string programs = PostgresProgramFolder();
  if (!Succeeds({programs + "initdb", "-D", data, "-U", "bench", "-A", "trust", "--no-sync"})) {
    std::printf("no pg_trgm: %sinitdb does not run\n", programs.c_str());
    return std::nullopt;
  }
  baseline.server_ = Run(
      {programs + "postgres", "-D", data, "-k", baseline.folder_, "-c", "listen_addresses=", "-c",
       "fsync=off", "-c", "shared_buffers=1GB", "-c", "maintenance_work_mem=512MB"},
      -1, -1);
  if (!baseline.Connect()) {
    std::printf("no pg_trgm: the server does not start, or has no such extension\n");
    return std::nullopt;
  }
  return baseline;
}

TrigramBaseline::TrigramBaseline(TrigramBaseline&& other) noexcept
    : folder_(std::exchange(other.folder_, "")),
      server_(std::exchange(other.server_, -1)),
      client_(std::exchange(other.client_, -1)),
      to_client_(std::exchange(other.to_client_, nullptr)),
      from_client_(std::exchange(other.from_client_, nullptr)),
      rows_(std::exchange(other.rows_, nullptr)) {}

TrigramBaseline::~TrigramBaseline() {
  if (to_client_ != nullptr) std::fclose(to_client_);
  if (client_ > 0) waitpid(client_, nullptr, 0);
  if (from_client_ != nullptr) std::fclose(from_client_);
  if (rows_ != nullptr) std::fclose(rows_);
  if (server_ > 0) {
    kill(server_, SIGINT);
    waitpid(server_, nullptr, 0);
  }
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

bool TrigramBaseline::Connect() {
  const std::vector<std::string> psql = {"psql",  "-h", folder_,    "-U",
                                         "bench", "-d", "postgres", "-qAtX"};
  std::vector<std::string> once = psql;
  once.insert(once.end(), {"-c", "CREATE EXTENSION IF NOT EXISTS pg_trgm"});
  bool ready = false;
  for (int tries = 0; tries < 100 && !ready; ++tries) {
    ready = Succeeds(once);
    if (!ready) absl::SleepFor(absl::Milliseconds(100));
  }
  if (!ready) return false;
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return false;
  client_ = Run(psql, in[0], out[1]);
  close(in[0]);
  close(out[1]);
  to_client_ = fdopen(in[1], "w");
  from_client_ = fdopen(out[0], "r");
  rows_ = std::fopen((folder_ + "/rows").c_str(), "w");
  return client_ > 0 && rows_ != nullptr;
}

void TrigramBaseline::Add(uint32_t row, const WrittenWeapon& weapon) {
  std::fprintf(rows_, "%u\t%s\t%s\t%s\n", row, Escaped(weapon.make, false).c_str(),
               Escaped(weapon.calibre, false).c_str(), Escaped(weapon.serial, false).c_str());
}

void TrigramBaseline::Finish() {
  std::fflush(rows_);
  Send(
      "CREATE TABLE weapon (row bigint, make text, calibre text, serial text);\n"
      "\\copy weapon FROM '" +
      folder_ +
      "/rows'\n"
      "CREATE INDEX ON weapon USING gin (serial gin_trgm_ops);\nANALYZE weapon;\n"
      "SET pg_trgm.similarity_threshold = 0.3;\n");
  LinesUntilMark();
}

Ranked TrigramBaseline::Ask(const WrittenWeapon& weapon) {
  std::string serial;
  for (const char c : weapon.serial) {
    if (std::isalnum(static_cast<unsigned char>(c))) serial += static_cast<char>(std::toupper(c));
  }
  const std::string end = serial.size() < 4 ? serial : serial.substr(serial.size() - 4);
  const std::string quoted = "'" + Escaped(serial, true) + "'";
  Send("SELECT row FROM weapon WHERE serial % " + quoted + " OR serial LIKE '%" +
       Escaped(end, true) + "' ORDER BY similarity(serial, " + quoted + ") + 0.2 * (make = '" +
       Escaped(weapon.make, true) + "')::int + 0.1 * (calibre = '" + Escaped(weapon.calibre, true) +
       "')::int DESC LIMIT 10;\n");
  Ranked ranked;
  for (const std::string& line : LinesUntilMark())
    ranked.rows.push_back(static_cast<uint32_t>(std::atoll(line.c_str())));
  return ranked;
}

void TrigramBaseline::Send(const std::string& text) { std::fputs(text.c_str(), to_client_); }

std::vector<std::string> TrigramBaseline::LinesUntilMark() {
  Send(std::string("\\echo ") + kMark + "\n");
  std::fflush(to_client_);
  std::vector<std::string> lines;
  char* line = nullptr;
  size_t room = 0;
  for (ssize_t size; (size = getline(&line, &room, from_client_)) > 0;) {
    std::string text(line, static_cast<size_t>(size) - 1);
    if (text == kMark) break;
    lines.push_back(std::move(text));
  }
  free(line);
  return lines;
}

}  // namespace tracegate
