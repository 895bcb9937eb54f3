#include "service/decision_paper.hpp"

namespace mithaq::service {

namespace {

using papers::Line;
using papers::Text;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// "1.", "(a)", "12)", "–" at the beginning of a line, if a blank follows.
std::size_t label_length(std::string_view line) {
  if (line.starts_with("– ") || line.starts_with("— ")) return 3;
  if (line.starts_with("- ")) return 1;
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank < 2 || blank > 5) return 0;
  const std::string_view word = line.substr(0, blank);
  if (word.front() == '(' && word.back() == ')') return blank;
  if ((word.back() == '.' || word.back() == ')') && is_digit(word.front())) return blank;
  return 0;
}

}  // namespace

std::string number_in(const std::string& symbol) {
  const std::size_t slash = symbol.find('/');
  if (slash == std::string::npos) return "";
  std::size_t end = slash + 1;
  while (end < symbol.size() && is_digit(symbol[end])) ++end;
  return symbol.substr(slash + 1, end - slash - 1);
}

void add_words(std::vector<papers::Block>& blocks, const acts::Words& words, std::string_view language,
               int indent) {
  const SaidIn said = said_in(words, language);
  std::string_view rest = said.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    if (line.empty()) continue;
    const std::size_t label = label_length(line);
    blocks.push_back(Line{.label = std::string(line.substr(0, label)),
                          .text = papers::with_symbols(line.substr(label == 0 ? 0 : label + 1)),
                          .indent = indent,
                          .language = said.language == language ? "" : said.language});
  }
}

std::string body_name(const JournalPhrases& phrases, const std::string& body, const acts::Words& name,
                      std::string_view language) {
  if (phrases.has("body." + body)) return phrases.plain("body." + body, language);
  const std::string words = acts::words_in(name, language);
  return words.empty() ? body : words;
}

void add_masthead(std::vector<papers::Block>& blocks, const JournalPhrases& phrases,
                  std::string_view language, const std::string& organization, const std::string& body,
                  const acts::Words& name, const std::string& symbol,
                  std::optional<std::chrono::year_month_day> date, const std::string& original_language) {
  blocks.push_back(Line{.text = papers::bold(phrases.name_of(organization, language)),
                        .opposite = symbol.empty() ? Text{} : papers::symbol(symbol),
                        .keeps_next = true});
  blocks.push_back(Line{.text = papers::bold(body_name(phrases, body, name, language)),
                        .opposite = date ? phrases.plain_date(*date, language) : Text{},
                        .close = true,
                        .keeps_next = true});
  if (original_language.empty() || !phrases.has("language." + original_language)) return;
  const Text original =
      phrases.say("original", language,
                  {{"language", papers::plain(phrases.plain("language." + original_language, language))}});
  blocks.push_back(Line{.opposite = original, .close = true, .keeps_next = true});
}

std::vector<papers::Section> decision_sections(const JournalPhrases& phrases, const DecisionPaper& decision,
                                               std::string_view language) {
  using Gaps = std::vector<JournalPhrases::Gap>;
  papers::Section section;
  if (!decision.symbol.empty()) section.running.push_back(decision.symbol);
  auto& blocks = section.blocks;
  add_masthead(blocks, phrases, language, decision.organization, decision.body, decision.body_name,
               decision.symbol, decision.date, decision.original_language);
  const auto centered = [&](Text text, int heading = 0, bool close = false) {
    blocks.push_back(Line{.text = std::move(text),
                          .heading = heading,
                          .align = papers::Align::center,
                          .close = close,
                          .keeps_next = true});
  };
  if (decision.meeting_number > 0) {
    const Gaps gaps{{"ordinal", papers::symbol(JournalPhrases::ordinal(decision.meeting_number, language))},
                    {"body", papers::plain(body_name(phrases, decision.body, decision.body_name, language))}};
    blocks.push_back(Line{.text = phrases.say("meeting", language, gaps, decision.body), .keeps_next = true});
  }
  if (!decision.journal.empty()) {
    const Gaps gaps{{"journal", papers::symbol(decision.journal)},
                    {"item", papers::symbol(std::to_string(decision.agenda_item))}};
    blocks.push_back(
        Line{.text = phrases.say(decision.agenda_item > 0 ? "decision.journal" : "decision.journal_only",
                                 language, gaps),
             .close = true,
             .keeps_next = true});
  }
  if (!decision.symbol.empty()) {
    centered(phrases.say("decision.heading", language, {{"number", papers::symbol(decision.number)}}), 1);
  } else {
    centered(phrases.say(decision.under_silence ? "interim.heading" : "draft.heading", language), 1);
  }
  const SaidIn title = said_in(decision.title, language);
  centered(papers::with_symbols(title.text), 2, true);
  if (decision.symbol.empty() && decision.under_silence && decision.expires_at)
    blocks.push_back(Line{
        .text = phrases.say("interim.note", language,
                            {{"expiry", phrases.expiry(*decision.expires_at, decision.zone, language)}})});
  add_words(blocks, decision.text, language);

  std::vector<papers::Section> sections;
  sections.push_back(std::move(section));
  for (const DecisionAttachment& attachment : decision.attachments) {
    papers::Section& one = sections.emplace_back();
    const Text head = phrases.say("attachment", language,
                                  {{"number", papers::symbol(std::to_string(attachment.number))},
                                   {"symbol", papers::symbol(decision.symbol)}});
    one.running.push_back(papers::text_of(head));
    one.blocks.push_back(Line{.opposite = head});
    if (decision.date)
      one.blocks.push_back(Line{.opposite = phrases.plain_date(*decision.date, language), .close = true});
    const std::string kind = attachment.is_reservation ? "reservation" : "interpretative";
    Gaps gaps;
    if (phrases.has("statement.paragraph." + decision.organization))
      gaps.push_back({"paragraph", papers::symbol(phrases.plain(
                                       "statement.paragraph." + decision.organization, language))});
    one.blocks.push_back(
        Line{.text = phrases.say("statement.heading." + kind, language, gaps, decision.organization),
             .heading = 1,
             .align = papers::Align::center});
    one.blocks.push_back(
        Line{.text = phrases.say(attachment.by.size() > 1 ? "delegations" : "delegation", language,
                                 {{"states", phrases.names(attachment.by, language)}}),
             .keeps_next = true});
    add_words(one.blocks, attachment.words, language);
  }
  return sections;
}

papers::Paper decision_paper(const JournalPhrases& phrases, const DecisionPaper& decision,
                             std::string_view language) {
  papers::Paper paper;
  paper.language = std::string(language);
  paper.title = acts::words_in(decision.title, language);
  paper.symbol = decision.symbol;
  paper.author = phrases.name_of(decision.organization, language);
  if (decision.date) paper.made_at = Instant(std::chrono::sys_days(*decision.date));
  paper.sections = decision_sections(phrases, decision, language);
  return paper;
}

}  // namespace mithaq::service
