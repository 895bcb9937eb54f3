#include "reader/statements/units.hpp"

#include <algorithm>

namespace mithaq::reader {

namespace {

using document::Mention;

// Abbreviations whose full stop ends no sentence.
bool is_abbreviation(std::string_view folded) {
  if (folded.size() == 1) return true;                                                   // an initial
  if (folded.size() == 2 && static_cast<unsigned char>(folded[0]) >= 0x80) return true;  // one Arabic letter
  static constexpr std::string_view kKnown[] = {"mr", "mrs", "ms", "dr",  "prof", "no",    "nos", "vol",
                                                "st", "gen", "jr", "art", "para", "paras", "vs",  "cf",
                                                "al", "eg",  "ie", "hon", "lt",   "col",   "amb", "rev"};
  return std::find(std::begin(kKnown), std::end(kKnown), folded) != std::end(kKnown);
}

// Opening and closing marks are not told apart: papers mix them up.
bool is_quotation_mark(char32_t mark) {
  return mark == '"' || mark == U'“' || mark == U'”' || mark == U'«' || mark == U'»' || mark == U'„';
}

// A party without a name: "the relevant regional organizations", المنظمات الإقليمية الأخرى.
struct Described {
  std::size_t end_token = 0;  // 0 if none stands here
  bool conjunction = false;
  char preposition = 0;
  bool both = false;
  bool these = false;
  std::string name{};
};

std::string joined_name(bool other, const std::vector<std::string>& adjectives, const std::string& head,
                        const std::string& tail) {
  std::string name;
  if (other) name = "other ";
  for (std::size_t each = 0; each < adjectives.size(); ++each) {
    if (each > 0) name += each + 1 == adjectives.size() ? " and " : ", ";
    name += adjectives[each];
  }
  if (!adjectives.empty()) name += ' ';
  name += head;
  if (!tail.empty()) name += ' ' + tail;
  return name;
}

// تعاونت المنظمات على: a definite plural right behind a verb of the past, with no adjective behind it, points
// back to those of whom the text speaks.
//   end  the token behind the plural
bool is_bare_subject(const TokenizedText& text, std::size_t at, std::size_t end) {
  if (at == 0 || end != at + 1) return false;
  const std::string_view plural = text.folded_of(text.tokens[at]);
  const std::string_view verb = text.folded_of(text.tokens[at - 1]);
  if (!plural.starts_with("ال") || !plural.ends_with("ات")) return false;
  if (text.tokens[at - 1].kind != TokenKind::arabic || verb.starts_with("ال")) return false;
  constexpr std::size_t kLettersMin = 4;
  if (verb.size() < 2 * kLettersMin || !verb.ends_with("ت") || verb.ends_with("ات")) return false;
  return end >= text.tokens.size() || !text.folded_of(text.tokens[end]).starts_with("ال");
}

// Words that do not narrow a group down are no reason to name it: bare "States", "parties" alone are no
// party.
Described described_at(const TokenizedText& text, std::size_t at, std::size_t limit,
                       const Triggers& triggers) {
  Described result;
  const auto match = [&](std::size_t token) { return triggers.party_phrases.longest(text, token); };
  TokenTrie::Match first = match(at);
  if (first.payload == TokenTrie::kNoPayload || first.end_token > limit) return result;
  PartyWord word = triggers.party_words[first.payload];
  const bool arabic = text.tokens[at].kind == TokenKind::arabic;
  std::vector<std::string> adjectives;
  std::string head, tail;
  bool other = false, says_who = false;
  std::size_t end = first.end_token;
  result.conjunction = word.conjunction;
  result.preposition = word.preposition;
  if (word.kind == PartyWord::Kind::pair || word.kind == PartyWord::Kind::these) {
    result.both = word.kind == PartyWord::Kind::pair;
    result.these = !result.both;
    result.name = triggers.english[word.english];
    result.end_token = first.end_token;
    return result;
  }

  if (arabic) {
    if (word.kind != PartyWord::Kind::head && word.kind != PartyWord::Kind::named) return result;
    says_who = word.kind == PartyWord::Kind::named;
    head = triggers.english[word.english];
    if (is_bare_subject(text, at, first.end_token) && head == "organizations") {
      result.both = true;
      result.name = "both organizations";
      result.end_token = end;
      return result;
    }
    for (int more = 0; more < 6 && end < limit; ++more) {
      const TokenTrie::Match next = match(end);
      if (next.payload == TokenTrie::kNoPayload || next.end_token > limit) break;
      const PartyWord& after = triggers.party_words[next.payload];
      if (after.kind == PartyWord::Kind::head || after.kind == PartyWord::Kind::named ||
          after.kind == PartyWord::Kind::pair || after.kind == PartyWord::Kind::these) {
        break;
      }
      if (after.kind == PartyWord::Kind::adjective) adjectives.push_back(triggers.english[after.english]);
      if (after.kind == PartyWord::Kind::other) other = true;
      if (after.kind == PartyWord::Kind::tail) tail = triggers.english[after.english];
      end = next.end_token;
    }
  } else {
    bool found = false, parted = false;
    std::size_t from = at;
    // "relevant national institutions", "regional and subregional organizations": as it is written.
    const auto add_adjective = [&](std::string_view adjective) {
      if (parted || adjectives.empty()) {
        adjectives.emplace_back(adjective);
      } else {
        adjectives.back().append(" ").append(adjective);
      }
      parted = false;
    };
    for (int more = 0; more < 6 && from < limit; ++more) {
      const TokenTrie::Match next = match(from);
      if (next.payload == TokenTrie::kNoPayload || next.end_token > limit) {
        // "regional and subregional organizations"
        const std::string_view between = text.folded_of(text.tokens[from]);
        if (more > 0 && (between == "and" || between == "," || between == "or") && from + 1 < limit) {
          ++from;
          parted = true;
          continue;
        }
        // "all Somali parties": whose they are, in a word that no table has.
        if (!adjectives.empty() && text.tokens[from].kind == TokenKind::latin &&
            text.tokens[from].capitalized && from + 1 < limit) {
          const TokenTrie::Match noun = match(from + 1);
          if (noun.payload != TokenTrie::kNoPayload && noun.end_token <= limit &&
              triggers.party_words[noun.payload].kind == PartyWord::Kind::head) {
            const Token& whose = text.tokens[from];
            add_adjective(std::string_view(text.text).substr(whose.begin, whose.end - whose.begin));
            ++from;
            continue;
          }
        }
        break;
      }
      const PartyWord& part = triggers.party_words[next.payload];
      from = end = next.end_token;
      if (part.kind == PartyWord::Kind::adjective) add_adjective(triggers.english[part.english]);
      if (part.kind == PartyWord::Kind::other) other = true;
      if (part.kind == PartyWord::Kind::pair) break;
      if (part.kind == PartyWord::Kind::head || part.kind == PartyWord::Kind::named) {
        says_who = part.kind == PartyWord::Kind::named;
        head = triggers.english[part.english];
        // States with a capital are those of the world: "the obligations of States", "calls upon States".
        if (head == "States" && text.tokens[end - 1].capitalized) says_who = true;
        found = true;
        break;
      }
      if (part.kind == PartyWord::Kind::tail) break;
    }
    if (!found) return result;
    if (end < limit) {
      const TokenTrie::Match next = match(end);
      if (next.payload != TokenTrie::kNoPayload && next.end_token <= limit &&
          triggers.party_words[next.payload].kind == PartyWord::Kind::tail) {
        tail = triggers.english[triggers.party_words[next.payload].english];
        end = next.end_token;
      }
    }
  }
  says_who = says_who || !adjectives.empty() || other || !tail.empty();
  if (!says_who) return Described{};
  // In Arabic the adjectives follow in the order of the English ones.
  result.name = joined_name(other, adjectives, head, tail);
  result.end_token = end;
  return result;
}

class Cutter {
 public:
  Cutter(const document::Document& document, std::span<const std::uint32_t> mentions,
         const TokenizedText& text, const Triggers& triggers, Units& out)
      : document_(document), mentions_(mentions), text_(text), triggers_(triggers), out_(out) {}

  void run() {
    out_.clear();
    const auto& tokens = text_.tokens;
    std::size_t arabic = 0, latin = 0, quotation_marks = 0;
    for (const Token& token : tokens) quotation_marks += is_quotation_mark(token.mark);
    quotes_balance_ = quotation_marks % 2 == 0;
    for (std::size_t at = 0; at < tokens.size();) {
      if (tokens[at].kind == TokenKind::arabic) ++arabic;
      if (tokens[at].kind == TokenKind::latin) ++latin;
      while (next_ < mentions_.size() && mention().place.range.end <= tokens[at].begin) ++next_;
      if (next_ < mentions_.size() && mention().place.range.begin < tokens[at].end &&
          mention().place.range.end > tokens[at].begin) {
        at = take_mention(at);
      } else {
        at = take_other(at);
      }
    }
    out_.arabic = arabic > latin;
    cut_sentences();
  }

 private:
  const Mention& mention() const { return document_.mentions[mentions_[next_]]; }

  Unit unit_of(std::size_t first, std::size_t end, Unit::Kind kind) const {
    Unit unit;
    unit.kind = kind;
    unit.first_token = static_cast<std::uint32_t>(first);
    unit.end_token = static_cast<std::uint32_t>(end);
    unit.begin = text_.tokens[first].begin;
    unit.end = text_.tokens[end - 1].end;
    unit.quoted = quoted_;
    unit.capitalized = text_.tokens[first].capitalized;
    return unit;
  }

  std::size_t take_mention(std::size_t at) {
    const auto& tokens = text_.tokens;
    const document::TextRange range = mention().place.range;
    std::size_t end = at + 1;
    while (end < tokens.size() && tokens[end].begin < range.end) ++end;
    Unit unit = unit_of(at, end, Unit::Kind::mention);
    unit.mention = mentions_[next_];
    // What is written onto the name: و ب ل ك, or the لل that stays inside the mention.
    const std::string_view before = text_.text.substr(
        tokens[at].begin, range.begin > tokens[at].begin ? range.begin - tokens[at].begin : 0);
    std::string_view rest = before;
    if (rest.starts_with("و") || rest.starts_with("ف")) {
      unit.conjunction = true;
      rest.remove_prefix(2);
    }
    if (rest.starts_with("ب")) unit.preposition = 'b';
    if (rest.starts_with("ل")) unit.preposition = 'l';
    if (rest.starts_with("ك")) unit.preposition = 'k';
    if (unit.preposition == 0 && tokens[at].kind == TokenKind::arabic) {
      const std::string_view name = text_.text.substr(range.begin, 4);
      if (name == "لل") unit.preposition = 'l';
    }
    out_.units.push_back(unit);
    ++next_;
    return end;
  }

  std::size_t take_other(std::size_t at) {
    const auto& tokens = text_.tokens;
    const Token& token = tokens[at];
    if (token.kind == TokenKind::punctuation) {
      if (is_quotation_mark(token.mark) && quotes_balance_) quoted_ = !quoted_;
      Unit unit = unit_of(at, at + 1, Unit::Kind::mark);
      unit.mark = token.mark;
      out_.units.push_back(unit);
      return at + 1;
    }
    if (token.kind == TokenKind::number) {
      out_.units.push_back(unit_of(at, at + 1, Unit::Kind::number));
      return at + 1;
    }
    // A phrase must end where the next mention begins.
    std::size_t limit = std::min(tokens.size(), at + 16);
    if (next_ < mentions_.size()) {
      while (limit > at + 1 && tokens[limit - 1].end > mention().place.range.begin) --limit;
    }
    if (token.word == kUnknownWord) {
      out_.units.push_back(unit_of(at, at + 1, Unit::Kind::word));
      return at + 1;
    }
    Described described = described_at(text_, at, limit, triggers_);
    TokenTrie::Match cue = triggers_.phrases.longest(text_, at);
    if (described.end_token > 0 &&
        (cue.payload == TokenTrie::kNoPayload || cue.end_token < described.end_token)) {
      Unit unit = unit_of(at, described.end_token, Unit::Kind::described);
      unit.conjunction = described.conjunction;
      unit.both = described.both;
      unit.these = described.these;
      unit.preposition = described.preposition;
      unit.described = static_cast<std::uint32_t>(out_.described.size());
      out_.described.push_back(std::move(described.name));
      out_.units.push_back(unit);
      return described.end_token;
    }
    if (cue.payload != TokenTrie::kNoPayload && cue.end_token > limit) {
      cue = shorter_match(at, limit);
    }
    if (cue.payload == TokenTrie::kNoPayload) {
      out_.units.push_back(unit_of(at, at + 1, Unit::Kind::word));
      return at + 1;
    }
    const CueForm& form = triggers_.forms[cue.payload];
    Unit unit = unit_of(at, cue.end_token, Unit::Kind::word);
    unit.cues = form.cues;
    unit.form = cue.payload;
    unit.conjunction = form.conjunction;
    unit.preposition = form.preposition;
    unit.pronoun = form.pronoun;
    out_.units.push_back(unit);
    return cue.end_token;
  }

  // The longest cue that ends before `limit`.
  TokenTrie::Match shorter_match(std::size_t at, std::size_t limit) const {
    TokenTrie::Match best;
    TokenTrie::Node node = TokenTrie::kRoot;
    for (std::size_t token = at; token < limit; ++token) {
      node = triggers_.phrases.step(node, text_.tokens[token].word);
      if (node == TokenTrie::kNoNode) break;
      if (triggers_.phrases.payload(node) != TokenTrie::kNoPayload)
        best = {token + 1, triggers_.phrases.payload(node)};
    }
    return best;
  }

  void cut_sentences() {
    auto& units = out_.units;
    std::uint32_t first = 0;
    const auto close = [&](std::uint32_t end) {
      if (end > first) out_.sentences.push_back({first, end});
      first = end;
    };
    for (std::uint32_t at = 0; at < units.size(); ++at) {
      const Unit& unit = units[at];
      bool ends = at + 1 - first >= kLongestSentence;
      if (unit.kind == Unit::Kind::mark) {
        switch (unit.mark) {
          case '!':
          case '?':
          case U'؟':
          case U'؛':
          case ';':
          case U'。':
            ends = true;
            break;
          case '.': {
            const bool spaced =
                at + 1 >= units.size() || text_.tokens[units[at + 1].first_token].space_before;
            const bool abbreviated =
                at > first && units[at - 1].kind == Unit::Kind::word &&
                is_abbreviation(text_.folded_of(text_.tokens[units[at - 1].end_token - 1]));
            const bool numbered = at > 0 && at - 1 == first && units[at - 1].kind == Unit::Kind::number;
            if (spaced && !abbreviated && !numbered) ends = true;
            break;
          }
          default:
            break;
        }
      }
      if (ends) {
        // A closing quotation mark or bracket, or the comma behind it, belongs to the sentence.
        close(at + 1);
      }
    }
    close(static_cast<std::uint32_t>(units.size()));
  }

  const document::Document& document_;
  std::span<const std::uint32_t> mentions_;
  const TokenizedText& text_;
  const Triggers& triggers_;
  Units& out_;
  std::size_t next_ = 0;
  bool quoted_ = false;
  bool quotes_balance_ = false;  // an odd mark says nothing about what is quoted
};

}  // namespace

void cut_into_units(const document::Document& document, std::span<const std::uint32_t> mentions,
                    const TokenizedText& text, const Triggers& triggers, Units& out) {
  Cutter(document, mentions, text, triggers, out).run();
}

}  // namespace mithaq::reader
