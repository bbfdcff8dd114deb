// What it costs to hold the weapons that left against those that arrived: WeaponPairing over as many on either side, in
// another order and another spelling, one in a thousand lost and one in a thousand in its place; beside it the same lists in
// SQLite, loaded, indexed and joined on the folded number and the maker. Prints CPU time; asserts nothing but that both find
// the same.
//
//   reconcile_bench [WEAPONS_MAX]   (1,000,000; runs a tenth of it first)

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "gateway/transfers/weapon_pairing.h"
#include "tests/bench/bare_sqlite.h"
#include "tests/bench/cpu_clock.h"

namespace tracegate {
namespace {

const char* const kMakers[] = {"Glock", "Beretta", "Walther", "SIG Sauer", "CZ"};
constexpr int64_t kLostOneIn = 1000;

std::string FoldedNumber(int64_t i) {
  std::string digits = std::to_string(i);
  return "SN" + std::string(9 - digits.size(), '0') + digits;
}

// The importer writes them apart, and has another weapon in the place of one in a thousand.
std::string NumberSent(int64_t i) { return FoldedNumber(i); }
std::string NumberReceived(int64_t i) {
  const std::string folded = FoldedNumber(i % kLostOneIn == 7 ? i + 500'000'000 : i);
  return folded.substr(0, 2) + "-" + folded.substr(2);
}

const char* MakerOf(int64_t i) { return kMakers[i % std::size(kMakers)]; }

// Every weapon once, in no order: the step has no divisor in common with a power of ten.
int64_t Shuffled(int64_t i, int64_t count) { return i * 7'368'787 % count; }

double HeapMegabytes() {
  const struct mallinfo2 heap = mallinfo2();
  return static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6;
}

struct Figures {
  double seconds = 0;
  double megabytes = 0;
  size_t missing = 0;
};

Figures BenchPairing(int64_t weapons) {
  Figures figures;
  v1::Item item;
  const v1::Term none;
  const double heap = HeapMegabytes();
  const double start = CpuSeconds();
  WeaponPairing pairing;
  for (int64_t i = 0; i < weapons; ++i) {
    item.mutable_weapon()->set_serial_number(NumberSent(i));
    item.mutable_weapon()->mutable_manufacturer()->set_verbatim(MakerOf(i));
    pairing.AddSent(item, none);
  }
  for (int64_t i = 0; i < weapons; ++i) {
    const int64_t weapon = Shuffled(i, weapons);
    item.mutable_weapon()->set_serial_number(NumberReceived(weapon));
    item.mutable_weapon()->mutable_manufacturer()->set_verbatim(MakerOf(weapon));
    pairing.AddReceived(item, none);
  }
  figures.missing = pairing.Finish().sent.size();
  figures.seconds = CpuSeconds() - start;
  figures.megabytes = HeapMegabytes() - heap;
  return figures;
}

// SQLite is given the numbers folded already, which is the greater part of the work.
Figures BenchSql(int64_t weapons, double* join_seconds) {
  Figures figures;
  const double heap = HeapMegabytes();
  const double start = CpuSeconds();
  BareSqlite sql;
  sql.Run(
      "CREATE TABLE sent (number TEXT, maker TEXT); CREATE TABLE received (number TEXT, maker "
      "TEXT)");
  sql.Insert("INSERT INTO sent VALUES (?, ?)", weapons, [](int64_t i, auto* cells) {
    cells->push_back({NumberSent(i)});
    cells->push_back({MakerOf(i)});
  });
  sql.Insert("INSERT INTO received VALUES (?, ?)", weapons, [&](int64_t i, auto* cells) {
    const int64_t weapon = Shuffled(i, weapons);
    std::string number = NumberReceived(weapon);
    number.erase(2, 1);
    cells->push_back({std::move(number)});
    cells->push_back({MakerOf(weapon)});
  });
  const double join = CpuSeconds();
  sql.Run("CREATE INDEX by_number ON received (number, maker)");
  int64_t sum = 0;
  figures.missing = static_cast<size_t>(
      sql.Count("SELECT 1 FROM sent s WHERE NOT EXISTS (SELECT 1 FROM received r WHERE r.number = "
                "s.number AND r.maker = s.maker)",
                &sum));
  *join_seconds = CpuSeconds() - join;
  figures.seconds = CpuSeconds() - start;
  figures.megabytes = HeapMegabytes() - heap;
  return figures;
}

void Bench(int64_t weapons) {
  const Figures ours = BenchPairing(weapons);
  double join_seconds = 0;
  const Figures sql = BenchSql(weapons, &join_seconds);
  std::printf("%10lld  %8.2f s %7.0f MB  %8.2f s %7.0f MB  %8.2f s  %6.2f %6.2f  %zu missing\n",
              static_cast<long long>(weapons), ours.seconds, ours.megabytes, sql.seconds,
              sql.megabytes, join_seconds, ours.seconds / sql.seconds, ours.seconds / join_seconds,
              ours.missing);
  if (ours.missing == sql.missing) return;
  std::printf("SQLite finds %zu missing\n", sql.missing);
  std::exit(1);
}

int Main(int argc, char** argv) {
  const int64_t most = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
  if (most < 10 || most > 100'000'000) return 2;
  std::printf("of each side  pairing                SQLite, all           join, index  ratios\n");
  Bench(most / 10);
  Bench(most);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }
