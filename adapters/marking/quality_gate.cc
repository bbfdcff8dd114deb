#include "adapters/marking/quality_gate.h"

#include <algorithm>

#include "adapters/marking/item_view.h"
#include "adapters/marking/remark.h"
#include "adapters/marking/routing.h"
#include "adapters/marking/selectors.h"
#include "adapters/marking/spreadsheet_damage.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr int kLastAntiqueYear = 1899;  // nothing made after it is an antique (ITI 4)

bool IsTold(const std::string& text) { return !TellsNothing(text); }

void RemarkOnMaker(const ItemView& item, const Making& making, RemarkList& remarks) {
  const v1::Term& maker = item.Manufacturer();
  const RemarkValues values = {{"maker", Quoted(maker.verbatim())},
                               {"count", std::to_string(maker.could_be_size())}};
  if (!maker.could_be().empty()) {
    remarks.Warning("manufacturer", v1::REMARK_KIND_MANUFACTURER_UNKNOWN, "maker_ambiguous",
                    values);
  } else if (!maker.canonical().empty() || making.IsHomeMade()) {
    return;  // no maker is missed on what no factory made
  } else if (!IsTold(maker.verbatim())) {
    remarks.Warning("manufacturer", v1::REMARK_KIND_MANUFACTURER_MISSING, "maker_missing");
  } else {
    remarks.Warning("manufacturer", v1::REMARK_KIND_MANUFACTURER_UNKNOWN, "maker_unknown", values);
  }
}

void RemarkOnCalibre(const ItemView& item, RemarkList& remarks) {
  const v1::Term& calibre = item.Calibre();
  std::string meanings;
  for (const std::string& meaning : calibre.could_be())
    meanings += (meanings.empty() ? "" : ", ") + meaning;
  const RemarkValues values = {{"calibre", Quoted(calibre.verbatim())}, {"meanings", meanings}};
  if (!IsTold(calibre.verbatim())) {
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_MISSING, "calibre_missing");
  } else if (!calibre.could_be().empty()) {
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_AMBIGUOUS, "calibre_ambiguous", values);
  } else if (calibre.canonical().empty()) {
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_UNKNOWN, "calibre_unknown", values);
  }
}

void RemarkOnModel(const v1::Firearm& weapon, const Making& making, RemarkList& remarks) {
  const std::string& model = weapon.model().verbatim();
  if (!IsTold(model)) {
    if (!making.IsHomeMade()) remarks.Note("model", v1::REMARK_KIND_MODEL_MISSING, "model_missing");
  } else if (ReadSpreadsheetCell(Trimmed(model)).damage == SpreadsheetDamage::kDate) {
    // Spreadsheets read "24/7" as a day and print it with the hour.
    remarks.Warning("model", v1::REMARK_KIND_SPREADSHEET_DAMAGE, "model_is_date",
                    {{"model", Quoted(model)}});
  }
}

// Whether works of the item's maker are known, and none of them is in the State.
bool IsNoneOfMakers(const ItemView& item, const State& state) {
  const std::vector<const Maker*> makers = MakerCatalogue::Standard().Named(item.Manufacturer());
  const bool has_sites = std::any_of(makers.begin(), makers.end(),
                                     [](const Maker* maker) { return !maker->sites.empty(); });
  return has_sites && !HasWorksIn(makers, state);
}

void RemarkOnCountry(const ItemView& item, RemarkList& remarks) {
  const v1::Country& country = item.CountryOfManufacture();
  const State* state = StateCatalogue::Standard().Find(country.iso_code());
  if (state == nullptr) {
    // No country told is no fault where the marks lead somewhere: see NO_STATE_TO_ASK.
    if (!country.iso_code().empty() || IsTold(country.verbatim())) {
      const std::string& shown =
          country.verbatim().empty() ? country.iso_code() : country.verbatim();
      remarks.Warning("country_of_manufacture", v1::REMARK_KIND_COUNTRY_UNKNOWN, "country_unknown",
                      {{"country", Quoted(shown)}});
    }
    return;
  }
  if (state->IsFormer()) {
    remarks.Note("country_of_manufacture", v1::REMARK_KIND_COUNTRY_FORMER, "country_former",
                 {{"country", state->name}});
  }
  if (IsNoneOfMakers(item, *state)) {
    remarks.Warning("country_of_manufacture", v1::REMARK_KIND_COUNTRY_CONTRADICTS_MAKER,
                    "country_contradicts_maker",
                    {{"maker", Quoted(item.Manufacturer().verbatim())}, {"country", state->name}});
  }
}

void RemarkOnSelectors(const ItemView& item, RemarkList& remarks) {
  const StateCatalogue& states = StateCatalogue::Standard();
  const State* told = states.Find(item.CountryOfManufacture().iso_code());
  for (int i = 0; i < item.Marks().size(); ++i) {
    const v1::Mark& mark = item.Marks().Get(i);
    const Selector* selector = SelectorList::Standard().Find(mark);
    const State* state = selector == nullptr ? nullptr : states.Find(selector->state);
    if (state == nullptr) continue;
    const bool contradicts = told == nullptr ? IsNoneOfMakers(item, *state)
                                             : told != state && !told->IsSucceededBy(state->code) &&
                                                   !state->IsSucceededBy(told->code);
    if (!contradicts) continue;
    remarks.Warning("marks[" + std::to_string(i) + "].text",
                    v1::REMARK_KIND_COUNTRY_CONTRADICTS_MAKER, "selector_contradicts",
                    {{"mark", Quoted(mark.text())}, {"country", state->name}});
  }
}

void RemarkOnImports(const ItemView& item, std::string_view found_in, RemarkList& remarks) {
  bool any = false;
  for (int i = 0; i < item.Marks().size(); ++i) {
    const v1::Mark& mark = item.Marks().Get(i);
    if (mark.kind() != v1::MARK_KIND_IMPORT) continue;
    any = true;
    if (!IsLegible(mark) || StateCatalogue::Standard().Find(mark.country().iso_code()) == nullptr) {
      remarks.Warning("marks[" + std::to_string(i) + "].text",
                      v1::REMARK_KIND_IMPORT_MARK_UNREADABLE, "import_unreadable",
                      {{"mark", Quoted(mark.text())}});
    }
  }
  const std::string& made_in = item.CountryOfManufacture().iso_code();
  if (!any && !found_in.empty() && !made_in.empty() && made_in != found_in)
    remarks.Warning("marks", v1::REMARK_KIND_IMPORT_MARK_MISSING, "import_missing");
}

}  // namespace

std::vector<v1::MarkRemark> CheckMarks(const ItemReading& read, std::string_view found_in,
                                       std::string_view language) {
  const v1::Item& read_item = read.item;
  const ItemView item(read_item);
  RemarkList remarks(item.Path(), language);
  if (item.Path().empty()) {
    remarks.Error("", v1::REMARK_KIND_SERIAL_MISSING, "nothing_described");
    return remarks.Take();
  }
  if (read_item.has_ammunition_lot()) {
    remarks.Error("", v1::REMARK_KIND_OUT_OF_SCOPE, "ammunition");
    return remarks.Take();
  }
  const Making making = MakingOf(read_item);
  RemarkOnSerial(read, making, remarks);
  RemarkOnMaking(read, making, remarks);
  RemarkOnMaker(item, making, remarks);
  if (read_item.has_weapon()) RemarkOnModel(read_item.weapon(), making, remarks);
  RemarkOnCalibre(item, remarks);
  RemarkOnCountry(item, remarks);
  RemarkOnSelectors(item, remarks);
  RemarkOnImports(item, found_in, remarks);
  if (RouteOf(read_item).empty())
    remarks.Warning("", v1::REMARK_KIND_NO_STATE_TO_ASK, "no_state_to_ask");
  const int year = read_item.weapon().year_of_manufacture();
  if (year > 0 && year <= kLastAntiqueYear)
    remarks.Note("year_of_manufacture", v1::REMARK_KIND_MADE_BEFORE_SCOPE, "made_before_1900");
  return remarks.Take();
}

bool StopsTrace(const std::vector<v1::MarkRemark>& remarks) {
  return std::any_of(remarks.begin(), remarks.end(), [](const v1::MarkRemark& remark) {
    return remark.severity() == v1::REMARK_SEVERITY_ERROR;
  });
}

}  // namespace tracegate
