#include "reader/mentions/papers.hpp"

#include <algorithm>

#include "base/fold.hpp"

namespace mithaq::reader {

namespace {

constexpr std::size_t kLongestTitle = 30;  // tokens
constexpr std::size_t kWordsBeforeNoun = 7;
constexpr std::size_t kCommaReach = 14;      // tokens in which the "and" of a list must follow
constexpr std::size_t kLongestAcronym = 14;  // bytes
constexpr std::size_t kMostPapers = 200;

bool has_two_capitals(std::string_view surface) {
  return std::count_if(surface.begin(), surface.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) >= 2;
}

// Words that lead from the noun of a title to its subject.
bool opens_subject(std::string_view folded) {
  static constexpr std::string_view kWords[] = {"of",         "on",       "for",       "against", "between",
                                                "concerning", "relating", "regarding", "to"};
  return std::find(std::begin(kWords), std::end(kWords), folded) != std::end(kWords);
}

// Words inside the subject that need no capital.
bool joins_subject(std::string_view folded) {
  static constexpr std::string_view kWords[] = {"the", "and", "or",  "of",    "on",    "for",  "in",  "to",
                                                "by",  "its", "all", "their", "other", "with", "from"};
  return std::find(std::begin(kWords), std::end(kWords), folded) != std::end(kWords) || opens_subject(folded);
}

}  // namespace

CitedPaper PaperFinder::make(std::uint32_t begin, std::size_t end, std::string id, std::string name,
                             document::RefClass ref) const {
  CitedPaper paper;
  paper.mention = {.type = document::MentionType::document,
                   .place = {scene_.paragraph, {begin, scene_.token(end - 1).end}},
                   .entities = {std::move(id)},
                   .name = std::move(name),
                   .ref = ref};
  paper.end = static_cast<std::uint32_t>(end);
  return paper;
}

bool PaperFinder::is_capital_word(std::size_t at) const {
  return at < scene_.size() && scene_.token(at).kind == TokenKind::latin && scene_.token(at).capitalized;
}

const TitleNoun* PaperFinder::noun_at(std::size_t at, std::size_t& end) const {
  if (!is_capital_word(at)) return nullptr;
  const Scene::Found found = scene_.longest(at, PhraseUse::title_noun);
  if (!found) return nullptr;
  end = found.match->end;
  return &scene_.lexicon.papers.noun(*found.sense);
}

std::optional<CitedPaper> PaperFinder::listed_at(std::size_t token) const {
  const PhraseMatch* best = nullptr;
  const Sense* sense = nullptr;
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (best && match.end <= best->end) continue;
    for (const Sense& each : scene_.lexicon.phrases.senses(match.payload)) {
      if (each.use != PhraseUse::paper) continue;
      const Token& first = scene_.token(match.first);
      if (first.kind == TokenKind::latin || first.kind == TokenKind::cyrillic) {
        if (!first.capitalized) continue;
        // One word is an acronym (CEDAW, ARCSS), written in capitals.
        if (match.end == match.first + 1 && !first.all_capitals) continue;
      }
      best = &match;
      sense = &each;
      break;
    }
  }
  if (!best) return std::nullopt;
  const Paper& paper = scene_.lexicon.papers.paper(*sense);
  CitedPaper cited =
      make(begin_of(scene_.text, *best), best->end, paper.id, paper.name, document::RefClass::title);
  cited.listed = true;
  return cited;
}

bool PaperFinder::names_organization(std::size_t at) const {
  if (at < scene_.size() && scene_.folded(at) == "the") ++at;
  if (at >= scene_.size()) return false;
  for (const PhraseMatch& match : scene_.phrases.at(at)) {
    for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
      if (sense.use <= PhraseUse::acronym &&
          scene_.lexicon.entities[sense.index].type == document::MentionType::organization &&
          spelled_as_name(scene_.text, match, sense, scene_.lexicon)) {
        return true;
      }
    }
  }
  return false;
}

// The end of the capitals and small joining words from `at` on; what it ends with has a capital.
std::size_t PaperFinder::after_subject(std::size_t at, std::size_t limit, bool parties) const {
  std::size_t end = at;  // behind the last capital
  std::size_t small = 0;
  while (at < scene_.size() && at < limit) {
    const Token& word = scene_.token(at);
    if (word.kind == TokenKind::latin && joins_subject(scene_.folded(at)) && small < 3) {
      // "the Convention on X and the General Assembly": another party, not another part of the subject.
      if (!parties && scene_.folded(at) == "and" && names_organization(at + 1)) break;
      ++small;
      ++at;
    } else if (is_capital_word(at)) {
      if (scene_.has(at, kStopsName)) break;
      end = ++at;
      small = 0;
    } else if (word.is('-') && !word.space_before && is_capital_word(at + 1)) {
      ++at;
    } else if (word.is('\'') || word.is(0x2019)) {
      if (at + 1 >= scene_.size() || scene_.folded(at + 1) != "s" || !is_capital_word(at + 2)) break;
      at += 2;
    } else if (word.is(',') && small == 0 && is_capital_word(at + 1) && !scene_.has(at + 1, kStopsName)) {
      // A comma of a list, which an "and" with a capital must close.
      bool closes = false;
      for (std::size_t next = at + 1; next + 1 < scene_.size() && next < at + kCommaReach; ++next) {
        if (scene_.folded(next) == "and") {
          closes = is_capital_word(next + 1);
          break;
        }
        if (!is_capital_word(next) && !scene_.is(next, ',') && !joins_subject(scene_.folded(next))) break;
      }
      if (!closes) break;
      ++at;
    } else {
      break;
    }
  }
  return end;
}

std::optional<CitedPaper> PaperFinder::titled_at(std::size_t token) {
  if (token < tried_ || !is_capital_word(token) || scene_.has(token, kStopsName)) return std::nullopt;
  // 1. To the noun: capitals, joined by "and" and hyphens. The last noun counts: "Agreement Protocol".
  std::size_t at = token, words = 0, capitals = 0, noun_end = 0, words_before = 0;
  const TitleNoun* noun = nullptr;
  while (at < scene_.size() && words <= kWordsBeforeNoun) {
    if (is_capital_word(at)) {
      if (scene_.has(at, kStopsName)) break;
      std::size_t end = at + 1;
      if (const TitleNoun* found = noun_at(at, end)) {
        noun = found;
        noun_end = end;
        words_before = words;
      } else if (noun) {
        break;
      }
      if (scene_.token(at).all_capitals) ++capitals;
      ++words;
      at = end;
    } else if (!noun && words > 0 && is_capital_word(at + 1) &&
               (scene_.folded(at) == "and" || (scene_.token(at).is('-') && !scene_.token(at).space_before) ||
                scene_.token(at).is('/'))) {
      ++at;
    } else {
      break;
    }
  }
  if (!noun) {
    tried_ = at;
    return std::nullopt;
  }
  // "Agreement Secretariat", "Convention Bureau": the noun only describes another.
  if (is_capital_word(noun_end) && !scene_.has(noun_end, kStopsName)) return std::nullopt;
  // 2. Its subject.
  std::size_t end = noun_end;
  if (noun_end < scene_.size() && scene_.token(noun_end).kind == TokenKind::latin &&
      opens_subject(scene_.folded(noun_end))) {
    std::size_t next = noun_end + 1;
    if (next < scene_.size() && scene_.folded(next) == "to") ++next;
    const std::size_t limit = token + kLongestTitle;
    const std::size_t subject = after_subject(next, limit, scene_.folded(noun_end) == "between");
    if (subject > next) end = subject;
  }
  const bool has_subject = end > noun_end;
  if (!noun->alone && words_before == 0 && !has_subject) return std::nullopt;
  if (!noun->strong && !has_subject) return std::nullopt;
  if (capitals * 2 > words && words > 1) return std::nullopt;  // a heading in capitals
  if (words_before == 0 && !has_subject && token > 0 && scene_.token(token - 1).kind == TokenKind::latin &&
      scene_.folded(token - 1) != "the" && scene_.folded(token - 1) != "a" &&
      scene_.folded(token - 1) != "this" && scene_.folded(token - 1) != "of") {
    return std::nullopt;
  }
  std::string name;
  for (const char c : scene_.text.text.substr(scene_.token(token).begin,
                                              scene_.token(end - 1).end - scene_.token(token).begin)) {
    if (c == '\n' || c == '\r' || c == '\t' || c == ' ') {
      if (!name.empty() && name.back() != ' ') name += ' ';
    } else {
      name += c;
    }
  }
  std::string id = "doc:" + fold(name);
  std::replace(id.begin(), id.end(), ' ', '-');
  // The document's own earlier title with the same words stands for the same paper.
  CitedPaper paper =
      make(scene_.token(token).begin, end, std::move(id), std::move(name), document::RefClass::title);
  remember(paper, noun->word);
  return paper;
}

void PaperFinder::remember(const CitedPaper& paper, const std::string& noun) {
  auto& papers = scene_.context.papers;
  if (papers.size() >= kMostPapers) papers.clear();
  const PaperSpokenOf spoken{paper.mention.entities[0], paper.mention.name};
  if (!noun.empty()) papers["the " + noun] = spoken;
  // (COHA), (the "Status Agreement")
  std::size_t at = paper.end;
  if (!scene_.is(at, '(')) return;
  ++at;
  if (at < scene_.size() && scene_.folded(at) == "the") ++at;
  std::size_t close = at;
  while (close < scene_.size() && close < at + 4 && !scene_.is(close, ')')) ++close;
  if (close == at || !scene_.is(close, ')')) return;
  const std::string_view surface =
      scene_.text.text.substr(scene_.token(at).begin, scene_.token(close - 1).end - scene_.token(at).begin);
  if (surface.size() > kLongestAcronym || !has_two_capitals(surface) || surface.find(' ') != surface.npos)
    return;
  papers[std::string(surface)] = spoken;
}

std::optional<CitedPaper> PaperFinder::taken_up_at(std::size_t token) const {
  const Token& first = scene_.token(token);
  if (first.kind != TokenKind::latin || !first.capitalized) return std::nullopt;
  const auto& papers = scene_.context.papers;
  // An acronym of the document's own.
  if (!papers.empty()) {
    std::size_t end = token + 1;
    while (end + 1 < scene_.size() && end < token + 4 && scene_.is(end, '-') &&
           !scene_.token(end).space_before && !scene_.token(end + 1).space_before) {
      end += 2;
    }
    const std::string_view surface =
        scene_.text.text.substr(first.begin, scene_.token(end - 1).end - first.begin);
    if (surface.size() <= kLongestAcronym && has_two_capitals(surface)) {
      if (const auto found = papers.find(std::string(surface)); found != papers.end()) {
        return make(first.begin, end, found->second.id, found->second.name, document::RefClass::acronym);
      }
    }
  }
  if (token == 0) return std::nullopt;
  const std::string_view before = scene_.folded(token - 1);
  if (before != "the" && before != "this" && before != "that" && before != "said") return std::nullopt;
  std::size_t end = 0;
  const TitleNoun* noun = noun_at(token, end);
  if (!noun) return std::nullopt;
  if (end < scene_.size() && scene_.token(end).kind == TokenKind::latin) {
    if (scene_.token(end).capitalized && !scene_.has(end, kStopsName)) return std::nullopt;
    if (scene_.folded(end) == "of" && is_capital_word(end + 1)) return std::nullopt;
  }
  if (const auto found = papers.find("the " + noun->word); found != papers.end()) {
    return make(first.begin, end, found->second.id, found->second.name, document::RefClass::short_form);
  }
  // "the Charter" of a paper of the United Nations is that of the United Nations, named before or not.
  if (noun->word == "charter" && scene_.context.home == "UN") {
    if (const Paper* charter = scene_.lexicon.papers.find("doc:UN-Charter")) {
      return make(first.begin, end, charter->id, charter->name, document::RefClass::short_form);
    }
  }
  return std::nullopt;
}

std::optional<CitedPaper> PaperFinder::paper_at(std::size_t token) {
  std::optional<CitedPaper> best = listed_at(token);
  if (auto titled = titled_at(token); titled && (!best || titled->end > best->end)) {
    best = std::move(titled);
  } else if (best && scene_.token(token).kind == TokenKind::latin) {
    std::size_t end = 0;
    const TitleNoun* noun = nullptr;
    for (std::size_t at = token; at < best->end && !noun; ++at) noun = noun_at(at, end);
    remember(*best, noun ? noun->word : std::string());
  }
  if (!best) best = taken_up_at(token);
  return best;
}

}  // namespace mithaq::reader
