#include "service/meeting_journal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/convening.hpp"
#include "service/messages.hpp"

namespace mithaq::service {

namespace {

using secretariat::Secretariat;

[[noreturn]] void no_meeting(const std::string& id) {
  throw Error(ErrorKind::not_found, "there is no meeting \"" + id + "\"");
}
[[noreturn]] void no_consultation(const std::string& id) {
  throw Error(ErrorKind::not_found, "there is no consultation \"" + id + "\"");
}

// The language in which a text was first there; English where it stands in several, as in the houses
// themselves.
std::string original_language(const acts::Words& words) {
  if (words.empty()) return "";
  return words.contains("en") ? "en" : words.begin()->first;
}

bool is_partner(const std::string& status) {
  return status.find("partner") != std::string::npos;
}

std::vector<JournalStatement> statements_of(const procedure::Case& item) {
  std::vector<JournalStatement> out;
  for (const procedure::Statement& each : item.statements)
    out.push_back({.is_reservation = each.kind == procedure::StatementKind::reservation,
                   .by = each.by,
                   .attachment = each.attachment});
  return out;
}

std::optional<std::chrono::year_month_day> day_in(const std::string& zone, std::optional<Instant> at) {
  if (!at) return std::nullopt;
  const auto known = Zone::named(zone);
  return (known ? *known : *Zone::named("UTC")).local(*at).day;
}

DecisionPaper decision_of(const Secretariat& state, const procedure::Case& item) {
  const secretariat::MeetingsDesk& meetings = state.desks().meetings;
  const meetings::Body* body = meetings.bodies().find(item.body);
  DecisionPaper out;
  out.symbol = item.symbol();
  out.number = number_in(out.symbol);
  out.body = item.body;
  out.organization = state.desks().consultations.book().rules_of(item).organization;
  if (body) {
    out.organization = body->organization;
    out.body_name = body->names;
  }
  const std::string zone = item.zone.empty() && body ? body->zone : item.zone;
  out.title = item.title;
  out.text = item.text().words;
  out.original_language = original_language(out.text);
  using procedure::State;
  out.under_silence = item.state == State::under_silence || item.state == State::on_hold;
  out.expires_at = item.expires_at;
  out.zone = item.expires_zone.empty() ? zone : item.expires_zone;
  out.date = day_in(zone, item.adopted_at     ? item.adopted_at
                          : out.under_silence ? item.silence_at
                                              : std::optional(item.text().at));
  const std::string& where = item.adopted_in_meeting ? item.meeting : item.announced_in;
  if (const meetings::Meeting* meeting = where.empty() ? nullptr : meetings.meeting(where)) {
    out.meeting_number = meeting->number;
    if (body && !body->journals.empty() && meeting->number > 0)
      out.journal = body->journals + "/" + std::to_string(meeting->number);
    for (const meetings::Item& agenda : meeting->items)
      if (std::find(agenda.consultations.begin(), agenda.consultations.end(), item.id) !=
          agenda.consultations.end())
        out.agenda_item = agenda.number;
  }
  if (!item.journal.empty()) out.journal = item.journal;
  for (const procedure::Statement& each : item.statements)
    out.attachments.push_back({.number = each.attachment,
                               .is_reservation = each.kind == procedure::StatementKind::reservation,
                               .by = each.by,
                               .words = each.words});
  return out;
}

// When a meeting sat: from its opening to its closing, or on.
struct Sitting {
  Instant from{};
  std::optional<Instant> to{};
  bool holds(Instant at) const { return at >= from && (!to || at <= *to); }
};
std::optional<Sitting> sitting_of(const meetings::Meeting& meeting) {
  if (meeting.times.empty()) return std::nullopt;
  Sitting out{.from = meeting.times.front().at};
  if (meeting.times.back().kind == "closed") out.to = meeting.times.back().at;
  return out;
}

struct Outcome {
  JournalDecision decision{};
  std::size_t version = 0;  // the text that was before the meeting
};

// What became of a consultation at a meeting; nothing if it was not touched there.
std::optional<Outcome> outcome_at(const procedure::Case& item, const meetings::Meeting& meeting) {
  Outcome out;
  out.version = item.versions.size() - 1;
  out.decision.symbol = item.symbol();
  out.decision.title = item.title;
  out.decision.expires_at = item.expires_at;
  out.decision.zone = item.expires_zone.empty() ? item.zone : item.expires_zone;
  if (item.announced_in == meeting.id) {
    out.decision.outcome = JournalDecision::Outcome::announced;
    out.decision.statements = statements_of(item);
    return out;
  }
  if (item.adopted_in_meeting && item.meeting == meeting.id) {
    out.decision.statements = statements_of(item);
    return out;
  }
  const auto sitting = sitting_of(meeting);
  if (!sitting || item.body != meeting.body) return std::nullopt;
  std::optional<Instant> entered;
  for (const procedure::Event& each : item.history)
    if (each.kind == procedure::Kind::silence_opened && sitting->holds(each.stamp.at))
      entered = each.stamp.at;
  if (entered) {
    out.decision.outcome = JournalDecision::Outcome::silence;
    // Suggested again since, or extended: the time that was said here is not the present one.
    if (item.silence_at != entered) out.decision.expires_at.reset();
    for (std::size_t each = 0; each < item.versions.size(); ++each)
      if (item.versions[each].at <= *entered) out.version = each;
    return out;
  }
  // Annex 1(A)1: if any representative objects in that meeting, the decision does not enter silence.
  for (const procedure::Objection& each : item.objections)
    if (each.kind == procedure::BreakKind::in_meeting && sitting->holds(each.at) && !each.withdrawn_at)
      out.decision.states.push_back(each.delegation);
  if (out.decision.states.empty()) return std::nullopt;
  out.decision.outcome = JournalDecision::Outcome::objected;
  return out;
}

class InputMaker {
 public:
  InputMaker(const Secretariat& state, const meetings::Meeting& meeting, const ConveningReader& reader)
      : state_(state), meeting_(meeting), reader_(reader) {}

  JournalInput make() {
    const meetings::Body* body = state_.desks().meetings.bodies().find(meeting_.body);
    JournalInput out;
    if (body) {
      out.organization = body->organization;
      out.body_name = body->names;
      out.zone = body->zone;
      if (!body->journals.empty() && meeting_.number > 0)
        out.symbol = body->journals + "/" + std::to_string(meeting_.number);
    }
    out.body = meeting_.body;
    out.number = meeting_.number;
    out.title = meeting_.title;
    out.place = meeting_.place;
    out.original_language = "en";
    out.begins = meeting_.begins.at;
    for (const meetings::Time& time : meeting_.times) out.times.push_back({time.kind, time.at});
    const Instant held = out.times.empty() ? meeting_.begins.at : out.times.front().at;
    for (const meetings::Chair& chair : state_.desks().meetings.chairs_of(meeting_.body, held))
      out.chairmanship.push_back(chair.state);
    for (const meetings::Presiding& chair : meeting_.chairs)
      out.chairs.push_back({chair.chairperson, chair.state});
    out.agenda_adopted = meeting_.agenda_adopted;
    for (const auto& objection : meeting_.objections)
      out.agenda_objections.push_back({objection.delegation, objection.text});
    for (const meetings::Item& item : meeting_.items) add_item(out, item);
    // What was decided or announced under no item of the agenda.
    for (const auto& [id, item] : state_.desks().consultations.book().all()) {
      if (told_.contains(id) || !reader_.sees(item.handling)) continue;
      const auto outcome = outcome_at(item, meeting_);
      if (!outcome) continue;
      JournalItem& other = out.items.emplace_back();
      other.number = static_cast<int>(std::max(out.items.size(), meeting_.items.size() + 1));
      other.title = item.title;
      add_decision(out, other, item, *outcome);
    }
    if (const meetings::Meeting* next =
            meeting_.next.empty() ? nullptr : state_.desks().meetings.meeting(meeting_.next)) {
      out.next_at = next->begins.at;
      out.next_place = next->place;
    }
    out.next_said = meeting_.next_said;
    return out;
  }

 private:
  static JournalDocument document_of(const meetings::Paper& paper) {
    return {.symbol = paper.symbol, .restriction = paper.restricted ? "OSCE+" : ""};
  }

  void add_item(JournalInput& out, const meetings::Item& item) {
    JournalItem journal;
    journal.number = item.number;
    journal.title = item.title;
    std::vector<const meetings::Speech*> spoken;
    for (const meetings::Speech& speech : meeting_.speeches)
      if (speech.item == item.number && speech.began) spoken.push_back(&speech);
    std::stable_sort(spoken.begin(), spoken.end(),
                     [](const auto* a, const auto* b) { return *a->began < *b->began; });
    for (const meetings::Speech* speech : spoken) journal.speakers.push_back(speaker_of(*speech, item));
    for (const meetings::Paper& paper : item.papers)
      if (paper.speech == 0 && reader_.sees(paper.handling)) journal.documents.push_back(document_of(paper));
    for (const std::string& id : item.consultations) decide(out, journal, id);
    for (const auto& decision : item.decisions) decide(out, journal, decision.consultation);
    // An item that was not reached was not discussed.
    const bool touched =
        item.state != meetings::ItemState::ahead || !journal.speakers.empty() || !journal.decisions.empty();
    if (!touched) return;
    journal.speakers.insert(journal.speakers.begin(), JournalSpeaker{.is_chair = true});
    out.items.push_back(std::move(journal));
  }

  void decide(JournalInput& out, JournalItem& journal, const std::string& id) {
    const procedure::Case* item = state_.desks().consultations.find(id);
    if (!item || told_.contains(id) || !reader_.sees(item->handling)) return;
    if (const auto outcome = outcome_at(*item, meeting_)) add_decision(out, journal, *item, *outcome);
  }

  void add_decision(JournalInput& out, JournalItem& journal, const procedure::Case& item,
                    const Outcome& outcome) {
    told_.insert(item.id);
    journal.decisions.push_back(outcome.decision);
    using Kind = JournalDecision::Outcome;
    if (outcome.decision.outcome == Kind::objected || outcome.decision.outcome == Kind::broken) return;
    DecisionPaper paper = decision_of(state_, item);
    if (outcome.decision.outcome == Kind::silence) {
      // As it was annexed then, whatever became of it since.
      paper.symbol.clear();
      paper.number.clear();
      paper.journal.clear();
      paper.meeting_number = 0;
      paper.attachments.clear();
      paper.under_silence = true;
      paper.expires_at = outcome.decision.expires_at;
      paper.text = item.versions[outcome.version].words;
      if (const auto sitting = sitting_of(meeting_)) paper.date = day_in(out.zone, sitting->from);
    }
    out.appended.push_back(std::move(paper));
  }

  JournalSpeaker speaker_of(const meetings::Speech& speech, const meetings::Item& item) const {
    JournalSpeaker out;
    out.delegation = speech.delegation;
    out.is_partner = !speech.member && is_partner(speech.status);
    out.group = speech.group;
    for (const std::string& each : speech.aligned) {
      bool candidate = false, efta = false;
      for (const access::Held& held : state_.standing().held(each, *speech.began)) {
        candidate = candidate || (held.organization == speech.group && held.status == "candidate");
        efta = efta || (speech.group == "EU" && held.organization == "EFTA" && held.status == "member");
      }
      (candidate ? out.aligned.candidates : efta ? out.aligned.efta : out.aligned.others).push_back(each);
    }
    using Kind = JournalSpeaker::Kind;
    out.kind = speech.kind == meetings::SpeechKind::right_of_reply   ? Kind::right_of_reply
               : speech.kind == meetings::SpeechKind::point_of_order ? Kind::point_of_order
                                                                     : Kind::statement;
    for (const std::vector<meetings::Paper>* papers : {&item.papers, &meeting_.papers})
      for (const meetings::Paper& paper : *papers)
        if (paper.speech == speech.id) out.documents.push_back(document_of(paper));
    return out;
  }

  const Secretariat& state_;
  const meetings::Meeting& meeting_;
  const ConveningReader& reader_;
  std::set<std::string> told_{};  // consultations that are in the journal already
};

// The objection of one who may not object is refused, and the journal says so.
// Refusals are entries of the record and no part of the folded state.
void add_refusals(Workspace& workspace, JournalInput& input, record::Seq from, const std::string& meeting,
                  const ConveningReader& reader) {
  struct Refused {
    std::string delegation{}, subject{}, reason{};
  };
  if (input.times.empty()) return;
  const Instant opened = input.times.front().at;
  const std::optional<Instant> closed =
      input.times.back().kind == "closed" ? std::optional(input.times.back().at) : std::nullopt;
  std::vector<Refused> refused;
  const record::SqlStore& store = workspace.record();
  // Rows have the time of their entry to the second, which is not before the act.
  const std::string begins = record::format_time(opened);
  for (const record::ActRow& row : store.view().acts(std::string(kActRefused))) {
    if (row.seq < from || row.time < begins) continue;
    const record::Entry entry = store.entry(row.seq);
    if (!entry.body) continue;
    const record::Body body = record::body_from_json(record::EntryKind::act, *entry.body);
    const nlohmann::json said = nlohmann::json::parse(std::get<record::ActBody>(body).json, nullptr, false);
    if (!said.is_object()) continue;
    const std::string act = said.value("act", ""), capacity = said.value("capacity", "");
    const auto at = parse_instant(said.value("at", ""));
    if (!at || *at < opened) continue;
    if (closed && *at > *closed) break;
    if (act != "consultation.objected" && act != "consultation.objected_in_meeting" &&
        !(act == "meeting.agenda_objected" && said.value("subject", "") == meeting))
      continue;
    if (said.value("delegation", "").empty()) continue;
    refused.push_back({said.value("delegation", ""), said.value("subject", ""), said.value("reason", "")});
  }
  if (refused.empty()) return;
  const Messages& arabic = workspace.knowledge().in(Language::arabic);
  const Messages& russian = workspace.knowledge().in(Language::russian);
  workspace.convening().read(workspace, [&](const Secretariat& state) {
    std::set<std::pair<std::string, std::string>> told;  // once for a delegation and a matter
    for (const Refused& each : refused) {
      if (!told.emplace(each.delegation, each.subject).second) continue;
      JournalRefusal line{
          .delegation = each.delegation,
          .reason = {{"ar", arabic.say(each.reason)}, {"en", each.reason}, {"ru", russian.say(each.reason)}}};
      const procedure::Case* item = state.desks().consultations.find(each.subject);
      if (each.subject == meeting) {
        line.title = {{"ar", "جدول الأعمال"}, {"en", "the agenda"}, {"ru", "Повестка дня"}};
      } else if (item && item->body == input.body && reader.sees(item->handling)) {
        // The State's own refusal of a decision that it may object to is no matter of the journal.
        if (item->is_entitled(each.delegation)) continue;
        line.title = item->title;
      } else {
        continue;
      }
      for (const access::Held& held : state.standing().held(each.delegation, opened))
        line.is_partner =
            line.is_partner || (held.organization == input.organization && is_partner(held.status));
      input.refusals.push_back(std::move(line));
    }
  });
}

PaperFile file_of(const papers::Paper& paper, const std::string& name, std::string_view format,
                  std::string_view language) {
  const papers::FormatInfo* info = papers::format_named(format);
  if (!info)
    throw Error(ErrorKind::invalid_input,
                "there is no format \"" + std::string(format) + "\": html, docx, pdf");
  PaperFile out;
  out.bytes = papers::write(paper, info->format);
  out.content_type = std::string(info->content_type);
  out.name = name;
  for (char& letter : out.name)
    if (letter == '/') letter = '-';
  out.name += "." + std::string(language) + "." + std::string(info->name);
  return out;
}

void check_language(std::string_view language) {
  if (!JournalPhrases::writes(language))
    throw Error(ErrorKind::invalid_input, "the language is ar, en or ru");
}

}  // namespace

JournalInput journal_of_meeting(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  record::Seq from = 0;
  JournalInput input = workspace.convening().read(workspace, [&](const Secretariat& state) {
    const secretariat::MeetingsDesk& desk = state.desks().meetings;
    const meetings::Meeting* meeting = desk.meeting(id);
    const meetings::Body* body = meeting ? desk.bodies().find(meeting->body) : nullptr;
    if (!meeting || !body || !reader.sees(body->handling)) no_meeting(id);
    const auto& history = desk.history(id);
    if (!history.empty()) from = history.front().entry;
    JournalInput out = InputMaker(state, *meeting, reader).make();
    out.restricted = !body->handling.is_public();
    return out;
  });
  add_refusals(workspace, input, from, id, reader);
  return input;
}

DecisionPaper paper_of_consultation(Workspace& workspace, const std::string& id,
                                    const ConveningReader& reader) {
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const procedure::Case* item = state.desks().consultations.find(id);
    if (!item || !reader.sees(item->handling)) no_consultation(id);
    DecisionPaper out = decision_of(state, *item);
    out.restricted = !item->handling.is_public();
    return out;
  });
}

PaperFile journal_file(Workspace& workspace, const std::string& meeting, std::string_view format,
                       std::string_view language, const ConveningReader& reader) {
  check_language(language);
  const JournalInput input = journal_of_meeting(workspace, meeting, reader);
  const JournalPhrases phrases = JournalPhrases::load(workspace.options().data);
  PaperFile file = file_of(journal_paper(phrases, input, language),
                           input.symbol.empty() ? meeting : input.symbol, format, language);
  file.restricted = input.restricted;
  return file;
}

PaperFile consultation_file(Workspace& workspace, const std::string& consultation, std::string_view format,
                            std::string_view language, const ConveningReader& reader) {
  check_language(language);
  const DecisionPaper decision = paper_of_consultation(workspace, consultation, reader);
  const JournalPhrases phrases = JournalPhrases::load(workspace.options().data);
  PaperFile file = file_of(decision_paper(phrases, decision, language),
                           decision.symbol.empty() ? consultation : decision.symbol, format, language);
  file.restricted = decision.restricted;
  return file;
}

}  // namespace mithaq::service
