#include "adapters/marking/routing.h"

#include <algorithm>
#include <string>

#include "adapters/marking/import_mark.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/selectors.h"
#include "adapters/marking/states.h"

namespace tracegate {
namespace {

class RouteBuilder {
 public:
  explicit RouteBuilder(const ItemView& item)
      : item_(item), makers_(MakerCatalogue::Standard().Named(item.Manufacturer())) {}

  std::vector<v1::RouteStep> Build() {
    AddImports();
    AddMarks(v1::MARK_KIND_STATE_TRANSFER, v1::ROUTE_REASON_STATE_TRANSFER_MARK,
             "State transfer mark");
    const State* country = StateCatalogue::Standard().Find(CountryOfManufacture());
    if (country != nullptr) {
      AddWorksInSuccessors(*country);
      AddState(*country, v1::ROUTE_REASON_COUNTRY_OF_MANUFACTURE,
               "country of manufacture " + country->name);
    }
    if (country == nullptr || !HasWorksIn(makers_, *country)) AddWorks();
    AddSelectors();
    return std::move(route_);
  }

 private:
  void Add(const std::string& state, v1::RouteReason reason, const std::string& note) {
    for (const v1::RouteStep& step : route_) {
      if (step.state() == state) return;
    }
    v1::RouteStep& step = route_.emplace_back();
    step.set_state(state);
    step.set_reason(reason);
    step.set_reason_note(note);
  }

  // A former State cannot be asked: its records lie with a successor.
  void AddState(const State& state, v1::RouteReason reason, const std::string& note) {
    if (!state.IsFormer()) {
      Add(state.code, reason, note);
      return;
    }
    for (const std::string& successor : state.successors) {
      Add(successor, v1::ROUTE_REASON_SUCCESSOR_STATE,
          note + ": " + state.name + " is no more; a successor State");
    }
  }

  // What was made in a former State is in the books of the works, and of the successor that has
  // them.
  void AddWorksInSuccessors(const State& state) {
    for (const Maker* maker : makers_) {
      for (const Maker::Site& site : maker->sites) {
        if (!state.IsSucceededBy(site.state)) continue;
        Add(site.state, v1::ROUTE_REASON_SUCCESSOR_STATE,
            "country of manufacture " + state.name + ": " + state.name +
                " is no more; the works of " + maker->canonical + " are here");
      }
    }
  }

  void AddMark(const v1::Mark& mark, v1::RouteReason reason, const std::string& name) {
    const State* state = StateCatalogue::Standard().Find(mark.country().iso_code());
    if (state == nullptr || !IsLegible(mark)) return;
    AddState(*state, reason, name + (mark.text().empty() ? "" : " '" + mark.text() + "'"));
  }

  void AddMarks(v1::MarkKind kind, v1::RouteReason reason, const std::string& name) {
    for (const v1::Mark& mark : item_.Marks()) {
      if (mark.kind() == kind) AddMark(mark, reason, name);
    }
  }

  void AddImports() {
    std::vector<const v1::Mark*> imports;
    for (const v1::Mark& mark : item_.Marks()) {
      if (mark.kind() == v1::MARK_KIND_IMPORT) imports.push_back(&mark);
    }
    std::stable_sort(
        imports.begin(), imports.end(),
        [](const v1::Mark* one, const v1::Mark* other) { return one->year() > other->year(); });
    for (const v1::Mark* mark : imports) {
      const std::string importer = ReadImportMark(mark->text()).importer;
      AddMark(*mark, v1::ROUTE_REASON_IMPORT_MARK,
              importer.empty() ? "import mark" : "importer " + importer + ", import mark");
    }
  }

  // As told, else as a legible manufacture mark names it.
  std::string CountryOfManufacture() const {
    if (!item_.CountryOfManufacture().iso_code().empty())
      return item_.CountryOfManufacture().iso_code();
    for (const v1::Mark& mark : item_.Marks()) {
      if (mark.kind() == v1::MARK_KIND_MANUFACTURE && IsLegible(mark) &&
          !mark.country().iso_code().empty()) {
        return mark.country().iso_code();
      }
    }
    return "";
  }

  void AddWorks() {
    for (const Maker* maker : makers_) {
      for (const Maker::Site& site : maker->sites) {
        Add(site.state, v1::ROUTE_REASON_MANUFACTURER_SITE,
            "works of " + maker->canonical + (site.note.empty() ? "" : ": " + site.note));
      }
    }
  }

  // Of a former State's successors, the first: the letters are a hint, and no name of a State.
  void AddSelectors() {
    for (const v1::Mark& mark : item_.Marks()) {
      const Selector* selector = SelectorList::Standard().Find(mark);
      const State* state =
          selector == nullptr ? nullptr : StateCatalogue::Standard().Find(selector->state);
      if (state == nullptr) continue;
      Add(state->IsFormer() ? state->successors.front() : state->code,
          v1::ROUTE_REASON_COUNTRY_OF_MANUFACTURE,
          "selector letters '" + mark.text() + "' stand on weapons of " + state->name);
    }
  }

  const ItemView& item_;
  const std::vector<const Maker*> makers_;
  std::vector<v1::RouteStep> route_;
};

}  // namespace

std::vector<v1::RouteStep> RouteOf(const v1::Item& read_item) {
  const ItemView view(read_item);
  return RouteBuilder(view).Build();
}

}  // namespace tracegate
