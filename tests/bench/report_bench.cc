// What the annual report costs over many records: each read from its bytes, as it is stored, and added to the tables;
// beside it the same figures in SQLite, by GROUP BY over columns that are made already. Prints CPU time; asserts nothing but
// that both come to the same rows and the same sum.
//
//   report_bench [RECORDS [ROUNDS]]   (1,000,000, 3)

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "gateway/transfers/transfer_tables.h"
#include "tests/bench/bare_sqlite.h"
#include "tests/bench/cpu_clock.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

const char* const kPartners[] = {"BR", "AR", "CL", "DE", "FR", "IT", "ES", "PT", "US", "CA",
                                 "MX", "PE", "UY", "PY", "NO", "SE", "FI", "DK", "PL", "CZ"};
constexpr int kFirstSubcategory = v1::ARMS_SUBCATEGORY_REVOLVERS_AND_SELF_LOADING_PISTOLS;
constexpr int kSubcategories = 13;

// What the record says, as columns.
struct Columns {
  std::string partner;
  std::string origin;
  int subcategory;
  int year;
  int64_t amount;
};

Columns ColumnsOf(int64_t i) {
  return {kPartners[i % std::size(kPartners)], i % 7 == 0 ? "DE" : "",
          kFirstSubcategory + static_cast<int>(i / 20 % kSubcategories), i % 10 == 9 ? 2023 : 2024,
          i % 50 + 1};
}

std::string RecordBytes(int64_t i) {
  static const v1::TransferRecord& example = *new v1::TransferRecord(ExampleExport());
  const Columns columns = ColumnsOf(i);
  v1::TransferRecord record = example;
  record.mutable_date()->set_year(columns.year);
  record.mutable_states()->set_importing(0, columns.partner);
  if (!columns.origin.empty()) record.mutable_states()->add_origin()->set_iso_code(columns.origin);
  v1::TransferLine* line = record.mutable_lines(0);
  line->set_subcategory(static_cast<v1::ArmsSubcategory>(columns.subcategory));
  line->mutable_quantity()->set_amount(columns.amount);
  line->mutable_model()->set_verbatim("Model " + std::to_string(i % 30));
  return record.SerializeAsString();
}

v1::GenerateReportRequest Request() {
  v1::GenerateReportRequest request;
  request.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
  *request.mutable_head()->mutable_from_date() = ExampleDate(2024, 1, 1);
  *request.mutable_head()->mutable_to_date() = ExampleDate(2024, 12, 31);
  request.set_export_basis(v1::TRANSFER_BASIS_ACTUAL);
  request.set_import_basis(v1::TRANSFER_BASIS_ACTUAL);
  request.set_with_quantities(true);
  return request;
}

struct Figures {
  double seconds = 0;
  int64_t rows = 0;
  int64_t sum = 0;
};

Figures BenchTables(const std::vector<std::string>& stored, bool parse) {
  static const std::string& id = *new std::string(26, '0');
  std::vector<v1::TransferRecord> records(parse ? 0 : 1000);
  for (size_t i = 0; i < records.size(); ++i) records[i].ParseFromString(stored[i % stored.size()]);
  Figures figures;
  const double start = CpuSeconds();
  TransferTableBuilder builder(Request());
  v1::TransferRecord record;
  for (size_t i = 0; i < stored.size(); ++i) {
    if (parse) record.ParseFromString(stored[i]);
    builder.Add(id, parse ? record : records[i % records.size()]);
  }
  const auto tables = builder.Build();
  figures.seconds = CpuSeconds() - start;
  if (!tables.ok()) std::exit(1);
  figures.rows = tables->exports_size();
  for (const v1::TransferRow& row : tables->exports()) figures.sum += row.quantity().amount();
  return figures;
}

void LoadSql(int64_t records, BareSqlite* sql) {
  sql->Run(
      "CREATE TABLE line (kind INTEGER, basis INTEGER, year INTEGER, category INTEGER, subcategory "
      "INTEGER, partner TEXT, origin TEXT, unit INTEGER, amount INTEGER)");
  sql->Insert("INSERT INTO line VALUES (1, 2, ?, 8, ?, ?, ?, 1, ?)", records,
              [](int64_t i, auto* cells) {
                const Columns columns = ColumnsOf(i);
                cells->push_back({"", columns.year});
                cells->push_back({"", columns.subcategory});
                cells->push_back({columns.partner});
                cells->push_back({columns.origin});
                cells->push_back({"", columns.amount});
              });
}

Figures BenchSql(BareSqlite* sql) {
  Figures figures;
  const double start = CpuSeconds();
  figures.rows = sql->Count(
      "SELECT SUM(amount), COUNT(*) FROM line WHERE kind = 1 AND basis = 2 AND year = 2024 AND "
      "category BETWEEN 1 AND 8 GROUP BY category, subcategory, partner, origin, unit, year ORDER "
      "BY "
      "category, subcategory, partner",
      &figures.sum);
  figures.seconds = CpuSeconds() - start;
  return figures;
}

int Main(int argc, char** argv) {
  const int64_t records = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  if (records < 1000 || records > 100'000'000 || rounds < 1) return 2;
  std::vector<std::string> stored;
  for (int64_t i = 0; i < records; ++i) stored.push_back(RecordBytes(i));
  BareSqlite sql;
  LoadSql(records, &sql);
  std::printf("%lld records of %zu bytes\n", static_cast<long long>(records), stored[0].size());
  std::printf("round  read and added  added alone  SQLite GROUP BY  ratios\n");
  for (int round = 1; round <= rounds; ++round) {
    const Figures read = BenchTables(stored, true);
    const Figures added = BenchTables(stored, false);
    const Figures bare = BenchSql(&sql);
    std::printf("%5d  %12.2f s  %9.2f s  %13.2f s  %.2f %.2f\n", round, read.seconds, added.seconds,
                bare.seconds, read.seconds / bare.seconds, added.seconds / bare.seconds);
    if (read.rows == bare.rows && read.sum == bare.sum) continue;
    std::printf("the report has %lld rows and %lld items, SQLite %lld and %lld\n",
                static_cast<long long>(read.rows), static_cast<long long>(read.sum),
                static_cast<long long>(bare.rows), static_cast<long long>(bare.sum));
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }
