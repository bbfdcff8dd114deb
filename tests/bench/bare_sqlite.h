#ifndef TRACEGATE_TESTS_BENCH_BARE_SQLITE_H_
#define TRACEGATE_TESTS_BENCH_BARE_SQLITE_H_

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tracegate {

// A database in memory, as a benchmark asks it without anything of ours between. Ends the program where it fails.
//
// Thread safety: none.
class BareSqlite {
 public:
  // One cell of a row: a text, or where that is empty the number.
  struct Cell {
    std::string text;
    int64_t number = 0;
  };

  BareSqlite() {
    sqlite3* raw = nullptr;
    if (sqlite3_open(":memory:", &raw) != SQLITE_OK) Fail();
    database_.reset(raw);
  }

  void Run(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) Fail();
  }

  // Inserts `count` rows in one transaction; `row` fills in the cells of each.
  void Insert(const std::string& sql, int64_t count,
              const std::function<void(int64_t, std::vector<Cell>*)>& row) {
    Run("BEGIN");
    const auto statement = Prepare(sql);
    std::vector<Cell> cells;
    for (int64_t i = 0; i < count; ++i) {
      cells.clear();
      row(i, &cells);
      for (size_t at = 0; at < cells.size(); ++at) {
        const int column = static_cast<int>(at) + 1;
        const Cell& cell = cells[at];
        if (cell.text.empty()) {
          sqlite3_bind_int64(statement.get(), column, cell.number);
        } else {
          sqlite3_bind_text(statement.get(), column, cell.text.data(),
                            static_cast<int>(cell.text.size()), SQLITE_STATIC);
        }
      }
      if (sqlite3_step(statement.get()) != SQLITE_DONE) Fail();
      sqlite3_reset(statement.get());
    }
    Run("COMMIT");
  }

  // How many rows it gives; `sum` adds up the first column of them.
  int64_t Count(const std::string& sql, int64_t* sum) {
    const auto statement = Prepare(sql);
    int64_t rows = 0;
    *sum = 0;
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
      ++rows;
      *sum += sqlite3_column_int64(statement.get(), 0);
    }
    return rows;
  }

 private:
  using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

  Statement Prepare(const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) Fail();
    return Statement(raw, &sqlite3_finalize);
  }

  [[noreturn]] void Fail() {
    std::fprintf(stderr, "bare sqlite: %s\n", sqlite3_errmsg(database_.get()));
    std::exit(1);
  }

  std::unique_ptr<sqlite3, int (*)(sqlite3*)> database_{nullptr, &sqlite3_close};
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_BARE_SQLITE_H_
