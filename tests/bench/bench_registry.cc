#include "tests/bench/bench_registry.h"

#include <sqlite3.h>

#include <cstdio>
#include <iterator>
#include <memory>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kSchema[] = R"(
CREATE TABLE arma (id_arma INTEGER PRIMARY KEY, num_serie TEXT NOT NULL, fabricante TEXT, modelo TEXT,
                   calibre TEXT, especie TEXT, pais_fabricacao TEXT, data_registro TEXT, titular TEXT);
BEGIN;
)";

v1::TraceRequest RequestFor(int weapon, const BenchRequests::Asker& asker) {
  v1::TraceRequest request;
  v1::Firearm* firearm = request.mutable_item()->mutable_weapon();
  firearm->set_serial_number(BenchSerial(weapon));
  firearm->mutable_manufacturer()->set_verbatim("TAURUS");
  firearm->mutable_model()->set_verbatim("PT 92 AF");
  firearm->mutable_calibre()->set_verbatim("9 mm Para");
  firearm->set_type(v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  firearm->mutable_country_of_manufacture()->set_verbatim("BRASIL");
  v1::Mark* mark = firearm->add_marks();
  mark->set_kind(v1::MARK_KIND_SERIAL);
  mark->set_part(v1::WEAPON_PART_FRAME);
  mark->set_text(BenchSerial(weapon));
  mark->set_legibility(v1::LEGIBILITY_CLEAR);
  request.mutable_requesting_agency()->set_state(asker.state);
  request.mutable_requesting_agency()->set_name(asker.agency);
  request.set_to_state(asker.to_state);
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Possession of a firearm without a licence");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state(asker.state);
  request.mutable_recovery()->mutable_date()->set_year(2026);
  request.mutable_recovery()->set_circumstances("Found in a vehicle stopped at a road check.");
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

}  // namespace

std::string BenchSerial(int n) {
  // Spread over the index, so that neighbours in time are no neighbours on disk.
  const uint32_t spread = static_cast<uint32_t>(n) * 2654435761u % 1'000'000'000u;
  char serial[16];
  std::snprintf(serial, sizeof serial, "TK%c%09u", 'A' + n % 26, spread);
  return serial;
}

absl::Status WriteBenchRegistry(const std::string& file) {
  sqlite3* raw = nullptr;
  const bool opened = sqlite3_open(file.c_str(), &raw) == SQLITE_OK;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(raw, &sqlite3_close);
  const auto fault = [&] { return absl::InternalError(sqlite3_errmsg(raw)); };
  const auto run = [&](const char* sql) {
    return sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  if (!opened || !run(kSchema)) return fault();
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(
      raw,
      "INSERT INTO arma VALUES (?1, ?2, 'TAURUS', 'PT 92 AF', '9 mm Para', 'PISTOLA', "
      "'BRASIL', '14/03/2011', 'Empresa de Vigilância Aurora')",
      -1, &insert, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owned(insert, &sqlite3_finalize);
  for (int n = 0; n < kBenchWeapons; ++n) {
    const std::string serial = BenchSerial(n);
    sqlite3_reset(insert);
    sqlite3_bind_int(insert, 1, n + 1);
    sqlite3_bind_text(insert, 2, serial.data(), static_cast<int>(serial.size()), SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) return fault();
  }
  return run("COMMIT; CREATE INDEX arma_serie ON arma(num_serie);") ? absl::OkStatus() : fault();
}

std::string BenchMapping() {
  return R"(source: arma
record_number: id_arma
serial_search: {column: num_serie}
fields:
  - {column: num_serie, to: firearm.serial_number, required: true}
  - {column: fabricante, to: firearm.manufacturer}
  - {column: modelo, to: firearm.model}
  - {column: calibre, to: firearm.calibre}
  - {column: especie, to: firearm.type, codes: especies}
  - {column: pais_fabricacao, to: firearm.country_of_manufacture}
  - {column: titular, to: holder.name}
events:
  - kind: DOMESTIC_TRANSFER
    fields:
      - {column: data_registro, to: date, date_format: "%d/%m/%Y"}
code_tables:
  especies:
    codes: {PISTOLA: SELF_LOADING_PISTOL, "REVÓLVER": REVOLVER}
)";
}

BenchRequests::BenchRequests(const Asker& asker) {
  for (size_t i = 0; i < std::size(requests_); ++i) {
    v1::CreateTraceRequest request;
    *request.mutable_request() =
        RequestFor(static_cast<int>(i * kBenchWeapons / std::size(requests_)), asker);
    requests_[i] = request.SerializeAsString();
  }
}

std::string BenchRequests::Make(uint64_t number) const {
  // request_id is field 1: its tag, its length, its characters.
  char id[24];
  const int length =
      std::snprintf(id, sizeof id, "\x0a\x10%016llu", static_cast<unsigned long long>(number));
  const std::string& rest = requests_[number * 613 % std::size(requests_)];
  std::string request;
  request.reserve(static_cast<size_t>(length) + rest.size());
  return request.append(id, static_cast<size_t>(length)).append(rest);
}

}  // namespace tracegate
