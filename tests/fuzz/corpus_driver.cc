// What stands in for libFuzzer where a target is built as a test: runs it on every file of the folders
// given, then on a fixed number of mutations of them, the same on every machine. A file given is run
// alone. The input on which the target fails is left in `failing_input` in the working folder.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/mutation.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

namespace fs = std::filesystem;

constexpr int kMutations = 4'000;
constexpr size_t kInputBytesMax = 4'096;

std::string input;  // being run

// Only what a signal handler may do.
void KeepInput() {
  const int file = open("failing_input", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  const char said[] = "the input is kept in failing_input\n";
  if (write(file, input.data(), input.size()) >= 0) (void)!write(2, said, sizeof said - 1);
  close(file);
}

void KeepInputAndDie(int signal) {
  KeepInput();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void Run(std::string bytes) {
  input = std::move(bytes);
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

std::string BytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In the order of their names, which is the same everywhere.
std::vector<std::string> SeedsOf(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const fs::path& path : paths) seeds.push_back(BytesOf(path));
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, KeepInputAndDie);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(KeepInput);
  size_t runs = 0;
  for (int i = 1; i < argc; ++i) {
    const bool folder = fs::is_directory(argv[i]);
    const auto seeds = folder ? SeedsOf(argv[i]) : std::vector<std::string>{BytesOf(argv[i])};
    for (const std::string& seed : seeds) Run(seed);
    runs += seeds.size();
    if (!folder || seeds.empty()) continue;
    std::mt19937_64 random(seeds.size());
    for (int k = 0; k < kMutations; ++k) Run(tracegate::Mutated(seeds, kInputBytesMax, random));
    runs += kMutations;
  }
  std::printf("%zu inputs\n", runs);
  return runs > 0 ? 0 : 1;
}
