#include "service/journal.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using papers::Line;
using papers::Text;
using Gaps = std::vector<JournalPhrases::Gap>;

class JournalWriter {
 public:
  JournalWriter(const JournalPhrases& phrases, const JournalInput& input, std::string_view language)
      : phrases_(phrases), input_(input), language_(language) {
    const auto known = Zone::named(input.zone);
    zone_ = known ? *known : *Zone::named("UTC");
    const Instant first = input.times.empty() ? input.begins : input.times.front().at;
    day_ = zone_->local(first).day;
  }

  papers::Paper write() {
    papers::Paper paper;
    paper.language = language_;
    paper.title = phrases_.plain("journal", language_);
    paper.symbol = input_.symbol;
    paper.author = phrases_.name_of(input_.organization, language_);
    paper.made_at = Instant(std::chrono::sys_days(day_));

    papers::Section section;
    if (!input_.symbol.empty()) section.running.push_back(input_.symbol);
    section.running.push_back(papers::text_of(phrases_.plain_date(day_, language_)));
    add_head(section.blocks);
    add_date(section.blocks);
    add_chairs(section.blocks);
    add_subjects(section.blocks);
    add_next(section.blocks);
    paper.sections.push_back(std::move(section));
    for (const DecisionPaper& decision : input_.appended) add_appended(paper, decision);
    return paper;
  }

 private:
  Text say(std::string_view id, const Gaps& gaps = {}) const { return phrases_.say(id, language_, gaps); }
  Text title(const acts::Words& words) const {
    return papers::with_symbols(acts::words_in(words, language_));
  }
  static Text number(int value) { return papers::symbol(std::to_string(value)); }

  void add_head(std::vector<papers::Block>& blocks) const {
    add_masthead(blocks, phrases_, language_, input_.organization, input_.body, input_.body_name,
                 input_.symbol, day_, input_.original_language);
    if (!input_.chairmanship.empty())
      blocks.push_back(
          Line{.text = say("chairmanship", {{"states", phrases_.names(input_.chairmanship, language_)}})});
    Text heading;
    if (input_.number > 0) {
      heading = phrases_.say(
          "meeting", language_,
          {{"ordinal", papers::symbol(JournalPhrases::ordinal(input_.number, language_))},
           {"body", papers::plain(body_name(phrases_, input_.body, input_.body_name, language_))}},
          input_.body);
    } else {
      heading = title(input_.title);
    }
    blocks.push_back(Line{.text = heading, .heading = 1, .align = papers::Align::center});
  }

  // A time of another day than the one at the head names its day.
  Text time_of(Instant at) const {
    const LocalTime local = zone_->local(at);
    const Text time = phrases_.time(local.since_midnight, language_);
    if (local.day == day_) return time;
    return say("time.other_day", {{"time", time}, {"date", phrases_.date(local.day, language_)}});
  }

  void add_date(std::vector<papers::Block>& blocks) const {
    Text date = say("date", {{"date", phrases_.date(day_, language_)}});
    if (!input_.place.empty())
      date = date + papers::plain(" ") + say("place", {{"place", papers::with_symbols(input_.place)}});
    blocks.push_back(Line{.label = "1.", .text = date, .keeps_next = !input_.times.empty()});
    for (const JournalTime& time : input_.times) {
      if (!phrases_.has("time." + time.kind)) continue;
      blocks.push_back(
          Line{.text = say("time." + time.kind, {{"time", time_of(time.at)}}), .indent = 1, .close = true});
    }
  }

  void add_chairs(std::vector<papers::Block>& blocks) const {
    std::vector<Text> names;
    for (const JournalChair& chair : input_.chairs) {
      Text name = papers::with_symbols(chair.name);
      if (chair.name.empty()) name = papers::plain(phrases_.name_of(chair.state, language_));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (names.empty()) names.push_back(papers::plain("–"));
    blocks.push_back(
        Line{.label = "2.",
             .text = say(names.size() > 1 ? "chairpersons" : "chairperson", {{"name", names.front()}})});
    for (std::size_t each = 1; each < names.size(); ++each)
      blocks.push_back(Line{.text = names[each], .indent = 1, .close = true});
  }

  void add_subjects(std::vector<papers::Block>& blocks) const {
    for (const acts::Words& remark : input_.remarks) add_words(blocks, remark, language_, 1);
    blocks.push_back(Line{.label = "3.", .text = say("subjects"), .keeps_next = true});
    // An objection to the agenda: no item is reached without a consensus on it.
    for (const auto& objection : input_.agenda_objections) {
      Text line = say("agenda.objected",
                      {{"state", papers::plain(phrases_.name_of(objection.delegation, language_))}});
      if (!objection.text.empty())
        line = line + papers::plain(": ") + say("quoted", {{"text", title(objection.text)}});
      blocks.push_back(Line{.text = line, .indent = 1});
    }
    if (!input_.agenda_adopted) {
      const bool closed = !input_.times.empty() && input_.times.back().kind == "closed";
      blocks.push_back(Line{
          .text = say(closed && !input_.agenda_objections.empty() ? "agenda.closed" : "agenda.not_adopted"),
          .indent = 1});
    }
    for (const JournalItem& item : input_.items) add_item(blocks, item);
    for (const JournalRefusal& refusal : input_.refusals) add_refusal(blocks, refusal, 1);
  }

  void add_item(std::vector<papers::Block>& blocks, const JournalItem& item) const {
    blocks.push_back(
        Line{.text = say("item", {{"number", number(item.number)}, {"title", title(item.title)}}),
             .heading = 3,
             .indent = 1});
    std::vector<Text> statements, replies, orders;
    for (const JournalSpeaker& speaker : item.speakers) {
      auto& row = speaker.kind == JournalSpeaker::Kind::statement        ? statements
                  : speaker.kind == JournalSpeaker::Kind::right_of_reply ? replies
                                                                         : orders;
      Text who = speaker_text(speaker);
      // The Chairperson, or somebody who speaks twice without a paper, is named once.
      if (speaker.documents.empty() && std::find(row.begin(), row.end(), who) != row.end()) continue;
      row.push_back(std::move(who));
    }
    if (!statements.empty())
      blocks.push_back(Line{.text = JournalPhrases::row(statements, language_), .indent = 2});
    if (!replies.empty())
      blocks.push_back(
          Line{.text = say("right_of_reply", {{"speakers", JournalPhrases::row(replies, language_)}}),
               .indent = 2});
    if (!orders.empty())
      blocks.push_back(
          Line{.text = say("point_of_order", {{"speakers", JournalPhrases::row(orders, language_)}}),
               .indent = 2});
    if (!item.documents.empty()) {
      std::vector<Text> documents;
      for (const JournalDocument& document : item.documents) documents.push_back(document_text(document));
      blocks.push_back(
          Line{.text = say("papers", {{"papers", JournalPhrases::row(documents, language_)}}), .indent = 2});
    }
    for (const JournalDecision& decision : item.decisions) add_decision(blocks, decision);
    for (const JournalRefusal& refusal : item.refusals) add_refusal(blocks, refusal, 2);
  }

  static Text document_text(const JournalDocument& document) {
    return papers::symbol(document.symbol + (document.restriction.empty() ? "" : " " + document.restriction));
  }

  Text speaker_text(const JournalSpeaker& speaker) const {
    Text who;
    if (speaker.is_chair) {
      who = say("chair");
    } else if (!speaker.name.empty()) {
      who = title(speaker.name);
    } else {
      who = papers::plain(phrases_.name_of(speaker.delegation, language_));
    }
    if (!speaker.group.empty())
      who = say("group",
                {{"state", who}, {"group", papers::plain(phrases_.name_of(speaker.group, language_))}});
    if (!speaker.behalf.empty())
      who = say("behalf", {{"state", who}, {"states", phrases_.names(speaker.behalf, language_)}});
    std::vector<Text> aligned;
    const auto add = [&](const std::string& id, const std::vector<std::string>& states) {
      if (!states.empty()) aligned.push_back(say(id, {{"states", phrases_.names(states, language_)}}));
    };
    add(speaker.aligned.candidates.size() == 1 ? "aligned.candidate" : "aligned.candidates",
        speaker.aligned.candidates);
    add("aligned.efta", speaker.aligned.efta);
    if (aligned.empty() && !speaker.aligned.others.empty()) {
      aligned.push_back(phrases_.names(speaker.aligned.others, language_));
    } else {
      add("aligned.others", speaker.aligned.others);
    }
    if (!aligned.empty()) {
      Text all;
      for (const Text& part : aligned)
        all = all + (all.empty() ? Text{} : papers::plain(language_ == "ar" ? "؛ " : "; ")) + part;
      who = say("alignment", {{"speaker", who}, {"aligned", all}});
    }
    if (speaker.is_partner) who = say("partner", {{"name", who}});
    for (const JournalDocument& document : speaker.documents)
      who = who + papers::plain(" (") + document_text(document) + papers::plain(")");
    return who;
  }

  void add_decision(std::vector<papers::Block>& blocks, const JournalDecision& decision) const {
    using Outcome = JournalDecision::Outcome;
    Gaps gaps{{"body", papers::plain(body_name(phrases_, input_.body, input_.body_name, language_))},
              {"number", papers::symbol(number_in(decision.symbol))},
              {"symbol", papers::symbol(decision.symbol)},
              {"title", title(decision.title)},
              {"states", phrases_.names(decision.states, language_)}};
    if (decision.expires_at)
      gaps.push_back({"expiry", phrases_.expiry(*decision.expires_at, decision.zone, language_)});
    std::string_view id;
    switch (decision.outcome) {
      case Outcome::adopted:
        id = number_in(decision.symbol).empty() ? "decision.unnumbered" : "decision.adopted";
        break;
      case Outcome::announced:
        id = "decision.announced";
        break;
      case Outcome::silence:
        id = decision.expires_at ? "decision.silence" : "decision.silence_then";
        break;
      case Outcome::objected:
        id = "decision.objected";
        break;
      case Outcome::broken:
        id = "decision.broken";
        break;
    }
    Text head = say("decision");
    for (papers::Run& run : head) run.bold = true;
    blocks.push_back(Line{.text = head + papers::plain(" ") + say(id, gaps), .indent = 2});
    for (const JournalStatement& statement : decision.statements) {
      blocks.push_back(
          Line{.text = say(statement.is_reservation ? "statement.reservation" : "statement.interpretative",
                           {{"states", phrases_.names(statement.by, language_)},
                            {"number", number(statement.attachment)}}),
               .indent = 2});
    }
  }

  void add_refusal(std::vector<papers::Block>& blocks, const JournalRefusal& refusal, int indent) const {
    Text name = papers::plain(phrases_.name_of(refusal.delegation, language_));
    if (refusal.is_partner) name = say("partner", {{"name", name}});
    blocks.push_back(Line{
        .text = say("refused",
                    {{"name", name}, {"title", title(refusal.title)}, {"reason", title(refusal.reason)}}),
        .indent = indent});
  }

  void add_next(std::vector<papers::Block>& blocks) const {
    blocks.push_back(Line{.label = "4.", .text = say("next"), .keeps_next = true});
    Text when;
    if (input_.next_at) {
      const LocalTime local = zone_->local(*input_.next_at);
      when = JournalPhrases::row(
          {phrases_.date(local.day, language_), phrases_.time(local.since_midnight, language_)}, language_);
      if (!input_.next_place.empty())
        when = when + papers::plain(" ") + say("place", {{"place", papers::with_symbols(input_.next_place)}});
    } else if (!input_.next_said.empty()) {
      when = title(input_.next_said);
    } else {
      when = say("next.unknown");
    }
    blocks.push_back(Line{.text = when, .indent = 1, .close = true});
  }

  // A text under silence is annexed: it has no symbol of its own that could name it.
  void add_appended(papers::Paper& paper, const DecisionPaper& decision) const {
    std::vector<papers::Section> sections = decision_sections(phrases_, decision, language_);
    if (decision.symbol.empty() && !sections.empty()) {
      const Text head = say("annex", {{"symbol", papers::symbol(input_.symbol)}});
      sections.front().running.push_back(papers::text_of(head));
      sections.front().blocks.insert(sections.front().blocks.begin(), Line{.opposite = head});
    }
    for (papers::Section& section : sections) paper.sections.push_back(std::move(section));
  }

  const JournalPhrases& phrases_;
  const JournalInput& input_;
  const std::string language_;
  std::optional<Zone> zone_{};
  std::chrono::year_month_day day_{};
};

}  // namespace

papers::Paper journal_paper(const JournalPhrases& phrases, const JournalInput& input,
                            std::string_view language) {
  if (!JournalPhrases::writes(language))
    throw Error(ErrorKind::invalid_input, "the language is ar, en or ru");
  return JournalWriter(phrases, input, language).write();
}

}  // namespace mithaq::service
