#include "adapters/marking/serial_cell.h"

#include <utility>

#include "adapters/marking/mark_characters.h"
#include "adapters/marking/serial_cell_numbers.h"
#include "adapters/marking/serial_token.h"
#include "adapters/marking/text.h"
#include "adapters/marking/token_neighbours.h"

namespace tracegate {
namespace {

using Kind = SerialToken::Kind;

constexpr size_t kLoneWordMin = 3;  // a serial of letters alone is no shorter than this

SerialRemarks RemarksOf(const Word& word) {
  SerialRemarks remarks;
  remarks.removed = word.meaning == WordMeaning::kRemoved;
  remarks.never_marked = word.meaning == WordMeaning::kNeverMarked;
  remarks.illegible = word.meaning == WordMeaning::kIllegible;
  remarks.not_told = word.meaning == WordMeaning::kNotTold;
  remarks.restored = word.meaning == WordMeaning::kRestored;
  remarks.remarked = word.meaning == WordMeaning::kRemarked;
  remarks.partial = word.meaning == WordMeaning::kPartial;
  remarks.model_token = word.meaning == WordMeaning::kModelToken;
  remarks.tail = word.meaning == WordMeaning::kTail;
  remarks.head = word.meaning == WordMeaning::kHead;
  remarks.reference = word.meaning == WordMeaning::kReference;
  remarks.calibre = word.meaning == WordMeaning::kCalibre;
  return remarks;
}

// Words of one clause that stand beside one number, or beside none.
struct Remark {
  SerialRemarks remarks;
  v1::WeaponPart part = v1::WEAPON_PART_UNSPECIFIED;
  std::string note;

  void Add(const SerialToken& token) {
    if (token.kind == Kind::kWord && token.word.meaning == WordMeaning::kLabel) return;
    if (!note.empty()) note += ' ';
    note += token.text;
    if (token.kind != Kind::kWord) return;
    remarks.Add(RemarksOf(token.word));
    if (part == v1::WEAPON_PART_UNSPECIFIED) part = token.word.part;
  }
};

class CellReader {
 public:
  explicit CellReader(std::string_view text) : tokens_(SerialTokens(text)) {}

  SerialCell Read() {
    for (size_t i = 0; i < tokens_.size(); ++i) Take(i);
    CloseText();
    EndClause();
    DropNoteNumbers(cell_);
    ReadLoneWord();
    MarkCrosses(cross_told_, cell_);
    MergeRepeats(cell_);
    return std::move(cell_);
  }

 private:
  void Take(size_t i) {
    const SerialToken& token = tokens_[i];
    switch (token.kind) {
      case Kind::kBreak: TakeBreak(token); return;
      case Kind::kOpen: TakeOpen(i); return;
      case Kind::kClose:
        open_ = open_ && in_bracket_;
        in_bracket_ = false;
        if (in_part_) EndClause();
        in_part_ = false;
        return;
      case Kind::kMark: TakeMark(token); return;
      case Kind::kLetters:
      case Kind::kConnective:
        if (IsAffix(tokens_, i, open_)) {
          TakeMark(token);
        } else if (token.kind == Kind::kConnective && (IsMark(tokens_, i + 1) || open_)) {
          EndClause();
        } else {
          TakeWord(token);
        }
        return;
      case Kind::kWord:
      case Kind::kOther:
        if (clause_has_number_ && LeadsToNext(tokens_, i, led_)) EndClause();
        TakeWord(token);
        return;
    }
  }

  // "report 1234/2020": the year is of the document too.
  void TakeBreak(const SerialToken& token) {
    const bool document = open_ && cell_.numbers.back().remarks.reference;
    EndClause();
    pending_.remarks.reference = document && token.text == "/";
  }

  // "TJX 12 (?) (?)" and "12(ilegível)34" go on with the number; a part's number is of neither that
  // nor what stands behind the bracket; other brackets remark on it.
  void TakeOpen(size_t i) {
    in_bracket_ = false;
    in_part_ = IsPartWithNumber(tokens_, i);
    if (in_part_) EndClause();
    if (HoldsOneToken(tokens_, i)) {
      SerialToken& inner = tokens_[i + 1];
      const bool inline_word = StandsForCharacters(tokens_, i, open_);
      if (inline_word) inner.kind = Kind::kMark;
      const std::string marks = MarkCharacters(inner.text);
      in_bracket_ =
          inline_word || (!marks.empty() && marks.find_first_not_of("?*") == std::string::npos);
    }
    open_ = open_ && in_bracket_;
  }

  void TakeMark(const SerialToken& token) {
    if (!open_) {
      CloseText();
      SerialNumber number;
      led_ = pending_.part != v1::WEAPON_PART_UNSPECIFIED;
      Apply(pending_, number);
      pending_ = Remark();
      cell_.numbers.push_back(std::move(number));
      start_ = token.text.data();
      open_ = true;
      clause_has_number_ = true;
    }
    SerialNumber& number = cell_.numbers.back();
    // A word inside the number stands for characters nobody counted.
    number.marks +=
        token.word.meaning == WordMeaning::kIllegible ? "*" : MarkCharacters(token.text);
    end_ = token.text.data() + token.text.size();
  }

  // Sets the text of the last number once: it grows with every token.
  void CloseText() {
    if (!cell_.numbers.empty()) cell_.numbers.back().text.assign(start_, end_);
  }

  void TakeWord(const SerialToken& token) {
    if (FoldWord(token.text).empty() && MarkCharacters(token.text).empty())
      return;  // a lone hyphen
    open_ = false;
    Remark remark;
    remark.Add(token);
    if (token.kind != Kind::kWord && FoldWord(token.text) == "X") cross_told_ = true;
    if (clause_has_number_) {
      // These speak of what stands behind them only.
      remark.remarks.tail = remark.remarks.head = false;
      remark.remarks.reference = remark.remarks.calibre = false;
      Apply(remark, cell_.numbers.back());
    } else {
      pending_.Add(token);
    }
  }

  static void Apply(const Remark& remark, SerialNumber& number) {
    number.remarks.Add(remark.remarks);
    if (number.part == v1::WEAPON_PART_UNSPECIFIED) number.part = remark.part;
    if (!number.note.empty() && !remark.note.empty()) number.note += ' ';
    number.note += remark.note;
  }

  // Words of a clause without a number speak of the whole weapon, unless they name a part.
  void EndClause() {
    open_ = false;
    clause_has_number_ = false;
    if (pending_.part == v1::WEAPON_PART_UNSPECIFIED || cell_.numbers.empty()) {
      cell_.remarks.Add(pending_.remarks);
    }
    pending_ = Remark();
  }

  // A cell of a few capitals may be a serial without digits; longer ones are words of some
  // language.
  void ReadLoneWord() {
    if (!cell_.numbers.empty() || tokens_.size() != 1 || tokens_[0].kind != Kind::kLetters) return;
    if (tokens_[0].known || UpperCase(tokens_[0].text) != tokens_[0].text) return;
    const std::string marks = MarkCharacters(tokens_[0].text);
    if (marks.size() < kLoneWordMin) return;
    if (marks.find_first_not_of('X') == std::string::npos) return;  // "XXXX" stands for anything
    SerialNumber number;
    number.text = tokens_[0].text;
    number.marks = marks;
    cell_.numbers.push_back(std::move(number));
  }

  std::vector<SerialToken> tokens_;
  SerialCell cell_;
  Remark pending_;
  const char* start_ = nullptr;  // of the last number, in the text
  const char* end_ = nullptr;
  bool open_ = false;
  bool in_bracket_ = false;
  bool led_ = false;      // the last number's part was named before it
  bool in_part_ = false;  // in a bracket of a part with its number
  bool clause_has_number_ = false;
  bool cross_told_ = false;
};

}  // namespace

bool IsFramePart(v1::WeaponPart part) {
  return part == v1::WEAPON_PART_FRAME || part == v1::WEAPON_PART_RECEIVER ||
         part == v1::WEAPON_PART_LOWER_RECEIVER;
}

void SerialRemarks::Add(const SerialRemarks& other) {
  removed = removed || other.removed;
  never_marked = never_marked || other.never_marked;
  illegible = illegible || other.illegible;
  not_told = not_told || other.not_told;
  restored = restored || other.restored;
  remarked = remarked || other.remarked;
  partial = partial || other.partial;
  model_token = model_token || other.model_token;
  tail = tail || other.tail;
  head = head || other.head;
  reference = reference || other.reference;
  calibre = calibre || other.calibre;
}

SerialCell ReadSerialCell(std::string_view nfc) { return CellReader(nfc).Read(); }

}  // namespace tracegate
