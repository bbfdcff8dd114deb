#include "adapters/marking/quality_gate.h"

#include <algorithm>

#include "adapters/marking/item_view.h"
#include "adapters/marking/remark.h"
#include "adapters/marking/routing.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr int kLastAntiqueYear = 1899;  // nothing made after it is an antique (ITI 4)

bool IsTold(const std::string& text) { return !TellsNothing(text); }

void RemarkOnMaker(const ItemView& item, RemarkList& remarks) {
  const v1::Term& maker = item.Manufacturer();
  if (!IsTold(maker.verbatim())) {
    remarks.Warning(
        "manufacturer", v1::REMARK_KIND_MANUFACTURER_MISSING,
        "The maker is missing: the same serial number is on weapons of several makers.",
        "Give the maker's name or code as marked, or its symbol in a mark of kind MANUFACTURE.");
  } else if (!maker.could_be().empty()) {
    remarks.Warning("manufacturer", v1::REMARK_KIND_MANUFACTURER_UNKNOWN,
                    "The maker " + Quoted(maker.verbatim()) + " may be any of " +
                        std::to_string(maker.could_be_size()) + " makers.",
                    "Give the maker's name in full, or the place of manufacture.");
  } else if (maker.canonical().empty()) {
    remarks.Warning(
        "manufacturer", v1::REMARK_KIND_MANUFACTURER_UNKNOWN,
        "The maker " + Quoted(maker.verbatim()) + " is not in the catalogue.",
        "Check the spelling; a model, an importer or a seller may have been taken for the maker.");
  }
}

void RemarkOnCalibre(const ItemView& item, RemarkList& remarks) {
  const v1::Term& calibre = item.Calibre();
  if (!IsTold(calibre.verbatim())) {
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_MISSING, "The calibre is missing.",
                    "Give it as marked on barrel or slide.");
  } else if (!calibre.could_be().empty()) {
    std::string meanings;
    for (const std::string& meaning : calibre.could_be())
      meanings += (meanings.empty() ? "" : ", ") + meaning;
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_AMBIGUOUS,
                    "The calibre " + Quoted(calibre.verbatim()) + " may be: " + meanings + ".",
                    "Give the length of the case or the cartridge's name too.");
  } else if (calibre.canonical().empty()) {
    remarks.Warning("calibre", v1::REMARK_KIND_CALIBRE_UNKNOWN,
                    "The calibre " + Quoted(calibre.verbatim()) + " is not in the catalogue.",
                    "Check the spelling, or give bore and case length (9x19).");
  }
}

void RemarkOnModel(const v1::Firearm& weapon, RemarkList& remarks) {
  const std::string& model = weapon.model().verbatim();
  if (!IsTold(model)) {
    remarks.Note("model", v1::REMARK_KIND_MODEL_MISSING, "The model is missing.",
                 "Some makers use one number for several models: give it if it can be read.");
  } else if (FoldWord(model).ends_with("000000") && model.find(':') != std::string::npos) {
    // Spreadsheets read "24/7" as a day and print it with the hour.
    remarks.Warning("model", v1::REMARK_KIND_SPREADSHEET_DAMAGE,
                    "The model " + Quoted(model) + " is a date: a spreadsheet changed it.",
                    "Take the model from the form it was typed from, and store it as text.");
  }
}

void RemarkOnCountry(const ItemView& item, RemarkList& remarks) {
  const v1::Country& country = item.CountryOfManufacture();
  const State* state = StateCatalogue::Standard().Find(country.iso_code());
  const std::string shown =
      Quoted(country.verbatim().empty() ? country.iso_code() : country.verbatim());
  if (state == nullptr) {
    // No country told is no fault where the marks lead somewhere: see NO_STATE_TO_ASK.
    if (!country.iso_code().empty() || IsTold(country.verbatim())) {
      remarks.Warning("country_of_manufacture", v1::REMARK_KIND_COUNTRY_UNKNOWN,
                      "The country of manufacture " + shown + " is no State known here.",
                      "Give the State as marked, or its ISO code.");
    }
    return;
  }
  if (state->IsFormer()) {
    remarks.Note("country_of_manufacture", v1::REMARK_KIND_COUNTRY_FORMER,
                 state->name + " is a former State: its successors are asked instead.", "");
  }
  const std::vector<const Maker*> makers = MakerCatalogue::Standard().Named(item.Manufacturer());
  const bool has_sites = std::any_of(makers.begin(), makers.end(),
                                     [](const Maker* maker) { return !maker->sites.empty(); });
  if (has_sites && !HasWorksIn(makers, *state)) {
    remarks.Warning("country_of_manufacture", v1::REMARK_KIND_COUNTRY_CONTRADICTS_MAKER,
                    Quoted(item.Manufacturer().verbatim()) + " is not known to make weapons in " +
                        state->name + ".",
                    "Check both marks; a licence copy has another maker, and an import mark names "
                    "another State.");
  }
}

void RemarkOnImports(const ItemView& item, std::string_view found_in, RemarkList& remarks) {
  bool any = false;
  for (int i = 0; i < item.Marks().size(); ++i) {
    const v1::Mark& mark = item.Marks().Get(i);
    if (mark.kind() != v1::MARK_KIND_IMPORT) continue;
    any = true;
    if (!IsLegible(mark) || StateCatalogue::Standard().Find(mark.country().iso_code()) == nullptr) {
      remarks.Warning(
          "marks[" + std::to_string(i) + "].text", v1::REMARK_KIND_IMPORT_MARK_UNREADABLE,
          "The import mark " + Quoted(mark.text()) + " names no State that is known here.",
          "Give the importing State in the mark's country, or the importer's name and place as "
          "marked.");
    }
  }
  const std::string& made_in = item.CountryOfManufacture().iso_code();
  if (!any && !found_in.empty() && !made_in.empty() && made_in != found_in) {
    remarks.Warning(
        "marks", v1::REMARK_KIND_IMPORT_MARK_MISSING,
        "The weapon was made abroad and no import mark is given.",
        "Look for one on frame, barrel and slide: it leads to the State that imported it last.");
  }
}

}  // namespace

std::vector<v1::MarkRemark> CheckMarks(const ItemReading& read, std::string_view found_in) {
  const v1::Item& read_item = read.item;
  const ItemView item(read_item);
  RemarkList remarks(item.Path());
  if (item.Path().empty()) {
    remarks.Error("", v1::REMARK_KIND_SERIAL_MISSING, "Nothing is described.",
                  "Describe a weapon or a part of one.");
    return remarks.Take();
  }
  if (read_item.has_ammunition_lot()) {
    remarks.Error("", v1::REMARK_KIND_OUT_OF_SCOPE,
                  "Ammunition is outside the International Tracing Instrument, and registries of "
                  "weapons hold no record of it.",
                  "Trace the weapon it was found with.");
    return remarks.Take();
  }
  RemarkOnSerial(read, remarks);
  RemarkOnMaker(item, remarks);
  if (read_item.has_weapon()) RemarkOnModel(read_item.weapon(), remarks);
  RemarkOnCalibre(item, remarks);
  RemarkOnCountry(item, remarks);
  RemarkOnImports(item, found_in, remarks);
  if (RouteOf(read_item).empty()) {
    remarks.Warning(
        "", v1::REMARK_KIND_NO_STATE_TO_ASK, "The marks lead to no State that could be asked.",
        "Give the country of manufacture, the maker or an import mark, or name the State to ask.");
  }
  const int year = read_item.weapon().year_of_manufacture();
  if (year > 0 && year <= kLastAntiqueYear) {
    remarks.Note("year_of_manufacture", v1::REMARK_KIND_MADE_BEFORE_SCOPE,
                 "Made before 1900: it may be an antique, which is outside the International "
                 "Tracing Instrument.",
                 "");
  }
  return remarks.Take();
}

bool StopsTrace(const std::vector<v1::MarkRemark>& remarks) {
  return std::any_of(remarks.begin(), remarks.end(), [](const v1::MarkRemark& remark) {
    return remark.severity() == v1::REMARK_SEVERITY_ERROR;
  });
}

}  // namespace tracegate
