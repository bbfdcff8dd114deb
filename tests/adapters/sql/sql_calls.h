#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_SQL_CALLS_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_SQL_CALLS_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "adapters/sql/sql_adapter.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/registry_calls.h"

namespace tracegate {

// A registry in Serbian, as its owner set it up, and how it is mapped.
inline constexpr char kYaml[] = R"yaml(
source: ОРУЖЈЕ
record_number: БРОЈ
serial_search: {column: СЕРИЈСКИ, folded: "UPPER(REPLACE(REPLACE(СЕРИЈСКИ,'-',''),' ',''))"}
fields:
  - {column: МАРКА, to: firearm.manufacturer}
  - {column: ГОДИНА, to: firearm.year_of_manufacture}
events:
  - source: ИЗВОЗ
    record_number: ОРУЖЈЕ
    kind: EXPORT
    order_by: ДАТУМ
    fields:
      - {column: ДАТУМ, to: date, date_format: "%Y-%m-%d"}
      - {column: ДРЖАВА, to: to_state}
)yaml";

inline constexpr char kSchema[] = R"(
CREATE TABLE ОРУЖЈЕ (БРОЈ TEXT, СЕРИЈСКИ TEXT, МАРКА TEXT, ГОДИНА INTEGER);
CREATE TABLE ИЗВОЗ (ОРУЖЈЕ TEXT, ДАТУМ TEXT, ДРЖАВА TEXT);
CREATE INDEX по_броју ON ОРУЖЈЕ(СЕРИЈСКИ);
INSERT INTO ОРУЖЈЕ VALUES
  ('001', '00042', 'Застава', 1985), ('1', '42', 'FN', NULL), ('3', 'AB-12 34', NULL, 1990),
  ('4', 'РН 777', 'Застава', 1970), ('5', NULL, 'X', 1), ('6', 'A_1%', 'X', 1), ('7', 'AB-12 35', 'X', 1);
INSERT INTO ИЗВОЗ VALUES ('001', '1999-05-01', 'ME'), ('001', '1990-01-02', 'HR'), ('1', '2000-01-01', 'BA');
)";

// Calls to a registry in a database.
class SqlCalls : public ::testing::Test, public RegistryCalls {
 protected:
  void Open(const config::v1::SqlRegistry& source, const std::string& yaml = kYaml,
            int concurrency = 2, int queue_max = 16) {
    absl::StatusOr<std::unique_ptr<SqlAdapter>> opened =
        SqlAdapter::Open({"zastava", "RS", source, MappingOf(yaml), concurrency, queue_max});
    ASSERT_TRUE(opened.ok()) << opened.status();
    adapter_ = *std::move(opened);
  }
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_SQL_CALLS_H_
