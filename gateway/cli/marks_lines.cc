#include "gateway/cli/marks_lines.h"

#include <cmath>
#include <functional>
#include <ostream>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "gateway/cli/bounded_lines.h"
#include "gateway/cli/marks_reading.h"
#include "gateway/cli/weapon_line.h"

namespace tracegate {
namespace {

using Json = nlohmann::ordered_json;

std::string Text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The id as it was given goes in as it is: a number that no computer holds stays what it was.
std::string WithId(const std::string& id, const Json& object) {
  return "{\"id\":" + id + "," + Text(object).substr(1);
}

ExitCode AnswerLines(std::istream& in, std::ostream& out,
                     const std::function<Json(const WrittenWeapon&)>& answer) {
  BoundedLines lines(in, out, kWeaponLineBytesMax);
  ExitCode exit = kExitOk;
  while (const auto line = lines.Next()) {
    const absl::StatusOr<WeaponLine> read =
        line->too_long ? absl::InvalidArgumentError("is over 1 MiB") : ReadWeaponLine(line->text);
    if (read.ok()) {
      out << WithId(read->id, answer(read->weapon)) << '\n';
    } else {
      const std::string problem(read.status().message());
      out << Text({{"line", line->number}, {"error", problem}}) << '\n';
      exit = kExitUsage;
    }
  }
  out.flush();
  return exit;
}

// "calibre: compatible: '9 mm' beside '9x19': one of the words may mean the other".
std::string Sentence(const v1::MatchReason& reason) {
  const Json effect =
      WordOf(v1::MatchEffect_Name(reason.effect()), "MATCH_EFFECT_", reason.effect());
  std::string text = reason.field() + ": " + effect.get<std::string>();
  for (char& c : text) c = c == '_' ? ' ' : c;
  if (!reason.asked().empty() && !reason.recorded().empty())
    text += ": '" + reason.asked() + "' beside '" + reason.recorded() + "'";
  if (!reason.note().empty()) text += ": " + reason.note();
  return text;
}

// What is not recorded is no reason for or against.
Json Reasons(const v1::Candidate& match) {
  Json why = Json::array();
  for (const v1::MatchReason& reason : match.reasons()) {
    if (reason.effect() != v1::MATCH_EFFECT_NOT_RECORDED) why.push_back(Sentence(reason));
  }
  return why;
}

Json CandidateJson(const WeaponRows& rows, const WeaponIndex::Candidate& candidate, bool in_doubt) {
  Json why = Reasons(*candidate.match);
  if (in_doubt && candidate.match->grade() == v1::MATCH_GRADE_EXACT) {
    why.push_back("no identity: another weapon may as well be meant; a person has to compare them");
  }
  return {{"id", std::string(rows.Id(candidate.row))},
          {"score", std::round(candidate.match->score() * 10000) / 10000},
          {"grade", WordOf(v1::MatchGrade_Name(candidate.match->grade()), "MATCH_GRADE_",
                           candidate.match->grade())},
          {"identity", candidate.identity},
          {"why", std::move(why)}};
}

}  // namespace

ExitCode ReadWeaponLines(std::istream& in, std::ostream& out, std::string_view language) {
  return AnswerLines(in, out, [&](const WrittenWeapon& weapon) {
    return ReadingJson(ItemReading(ItemOf(weapon)), language);
  });
}

ExitCode MatchWeaponLines(const WeaponIndex& index, size_t top, std::istream& in,
                          std::ostream& out) {
  // The catalogues are made on their first use, which is no query's fault.
  index.Find(ItemReading(ItemOf({.make = "?", .country = "?", .serial = "A1234"})), 1);
  return AnswerLines(in, out, [&](const WrittenWeapon& weapon) -> Json {
    const absl::Time start = absl::Now();
    const WeaponIndex::Answer answer = index.Find(ItemReading(ItemOf(weapon)), top);
    const double us = absl::ToDoubleMicroseconds(absl::Now() - start);
    Json candidates = Json::array();
    for (const WeaponIndex::Candidate& candidate : answer.candidates)
      candidates.push_back(CandidateJson(index.Rows(), candidate, answer.in_doubt));
    return {{"candidates", std::move(candidates)},
            {"in_doubt", answer.in_doubt},
            {"us", std::round(us * 10) / 10}};
  });
}

}  // namespace tracegate
