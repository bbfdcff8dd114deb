#include "tests/integration/seizures/seizure_registry.h"

#include <sqlite3.h>

#include <map>
#include <memory>

namespace tracegate {
namespace {

// Serials come with these between their characters.
constexpr char kFolded[] =
    "UPPER(REPLACE(REPLACE(REPLACE(REPLACE(num_serie,'-',''),' ',''),'.',''),'/',''))";

constexpr char kTable[] = R"(CREATE TABLE arma (
  id_arma INTEGER PRIMARY KEY,
  num_serie TEXT NOT NULL,
  marca TEXT, modelo TEXT, calibre TEXT, especie TEXT, pais_fabricacao TEXT,
  patrimonio TEXT, ano_apreensao TEXT))";
constexpr size_t kRowsInStatement = 500;

constexpr char kMappingFields[] = R"(fields:
  - {column: num_serie, to: firearm.serial_number}
  - {column: marca, to: firearm.manufacturer}
  - {column: modelo, to: firearm.model}
  - {column: calibre, to: firearm.calibre}
  - {column: especie, to: firearm.type, codes: especies}
  - {column: pais_fabricacao, to: firearm.country_of_manufacture}
events:
  - kind: SEIZURE
    fields:
      - {column: ano_apreensao, to: date, date_format: "%Y"}
code_tables:
  especies:
    codes:
      PISTOLA: SELF_LOADING_PISTOL
      REVÓLVER: REVOLVER
      FUZIL: RIFLE
      ESPINGARDA: SHOTGUN
      CARABINA: CARBINE
      GARRUCHA: OTHER_PISTOL
      GARRUCHÃO: OTHER_PISTOL
      SUBMETRALHADORA: SUB_MACHINE_GUN
      METRALHADORA: LIGHT_MACHINE_GUN
      ARMA DE FABRICAÇÃO CASEIRA: OTHER
      INDETERMINADO: ""
)";

std::string QuotedSql(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string RowSql(size_t number, const Seizure& s) {
  std::string row = std::to_string(number);
  for (const std::string* text :
       {&s.serial, &s.make, &s.model, &s.calibre, &s.type, &s.country, &s.force_mark, &s.year}) {
    row += ", " + QuotedSql(*text);
  }
  return row;
}

void SetTerm(const std::string& word, v1::Term* (v1::Firearm::*field)(), v1::Firearm* weapon) {
  if (!word.empty()) (weapon->*field)()->set_verbatim(word);
}

v1::FirearmType TypeOf(const std::string& word) {
  static const std::map<std::string, v1::FirearmType> kTypes = {
      {"PISTOLA", v1::FIREARM_TYPE_SELF_LOADING_PISTOL},
      {"REVÓLVER", v1::FIREARM_TYPE_REVOLVER},
      {"FUZIL", v1::FIREARM_TYPE_RIFLE},
      {"ESPINGARDA", v1::FIREARM_TYPE_SHOTGUN},
      {"CARABINA", v1::FIREARM_TYPE_CARBINE},
      {"GARRUCHA", v1::FIREARM_TYPE_OTHER_PISTOL},
      {"GARRUCHÃO", v1::FIREARM_TYPE_OTHER_PISTOL},
      {"SUBMETRALHADORA", v1::FIREARM_TYPE_SUB_MACHINE_GUN},
      {"METRALHADORA", v1::FIREARM_TYPE_LIGHT_MACHINE_GUN},
      {"ARMA DE FABRICAÇÃO CASEIRA", v1::FIREARM_TYPE_OTHER}};
  const auto found = kTypes.find(word);
  return found == kTypes.end() ? v1::FIREARM_TYPE_UNSPECIFIED : found->second;
}

}  // namespace

std::vector<std::string> SeizureRegistrySql(const std::vector<Seizure>& seizures) {
  std::vector<std::string> statements = {kTable, "CREATE INDEX arma_serie ON arma(num_serie)"};
  for (size_t i = 0; i < seizures.size(); ++i) {
    const bool first = i % kRowsInStatement == 0;
    if (first) statements.emplace_back("INSERT INTO arma VALUES ");
    statements.back() += (first ? "(" : ", (") + RowSql(i + 1, seizures[i]) + ")";
  }
  statements.push_back(std::string("CREATE INDEX arma_serie_limpa ON arma(") + kFolded + ")");
  return statements;
}

absl::Status WriteSeizureRegistry(const std::vector<Seizure>& seizures, const std::string& file) {
  sqlite3* raw = nullptr;
  const bool opened = sqlite3_open(file.c_str(), &raw) == SQLITE_OK;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(raw, &sqlite3_close);
  const auto run = [&](const std::string& sql) {
    return sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  bool written = opened && run("BEGIN");
  for (const std::string& sql : SeizureRegistrySql(seizures)) written = written && run(sql);
  if (!written || !run("COMMIT")) return absl::InternalError(sqlite3_errmsg(raw));
  return absl::OkStatus();
}

std::string SeizureMapping() {
  return std::string(
             "source: arma\nrecord_number: id_arma\nserial_search:\n  column: num_serie\n") +
         "  folded: \"" + kFolded + "\"\n" + kMappingFields;
}

v1::Firearm WeaponOf(const Seizure& seizure) {
  v1::Firearm weapon;
  weapon.set_serial_number(seizure.serial);
  SetTerm(seizure.make, &v1::Firearm::mutable_manufacturer, &weapon);
  SetTerm(seizure.model, &v1::Firearm::mutable_model, &weapon);
  SetTerm(seizure.calibre, &v1::Firearm::mutable_calibre, &weapon);
  weapon.set_type(TypeOf(seizure.type));
  if (!seizure.country.empty()) {
    weapon.mutable_country_of_manufacture()->set_verbatim(seizure.country);
  }
  return weapon;
}

}  // namespace tracegate
