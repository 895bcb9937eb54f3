#include "service/exchanges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "acts/act.hpp"
#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "service/convening_view.hpp"
#include "service/json_rows.hpp"

namespace mithaq::service {

namespace {

using exchanges::Book;
using exchanges::Exchange;
using exchanges::SendingState;
using exchanges::Version;
using exchanges::Visit;
using exchanges::VisitKind;
using exchanges::VisitState;
using secretariat::ExchangesDesk;
using secretariat::Secretariat;
using Json = nlohmann::ordered_json;

constexpr int kYearMin = 1990, kYearMax = 2100;

template <typename Enum>
std::string name_in(Enum value) {
  return std::string(names_of(value)[static_cast<std::size_t>(value)]);
}

// Everything that one answer is made from.
struct Look : ConveningView {
  const ExchangesDesk& desk = state.desks().exchanges;
  const Book& book = desk.book();

  bool own(std::string_view party) const { return !party.empty() && party == reader.asker.party; }
  bool sees(const document::Handling& handling, std::string_view originator) const {
    return own(originator) || reader.sees(handling);
  }
  bool holds(std::string_view party, const std::vector<std::string>& statuses) const {
    return std::any_of(statuses.begin(), statuses.end(),
                       [&](const std::string& status) { return state.standing().holds(party, status, now); });
  }
};

int checked_year(int year, Instant now) {
  if (year == 0) {
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    return static_cast<int>(today.year());
  }
  if (year < kYearMin || year > kYearMax)
    throw Error(ErrorKind::invalid_input, fmt::format("the year is between {} and {}", kYearMin, kYearMax));
  return year;
}

Json instant_or_null(const std::optional<Instant>& at) {
  return at ? Json(format_instant(*at)) : Json();
}

Json local(const std::optional<Instant>& at, const std::string& zone_name, const exchanges::Rules& rules) {
  if (!at) return Json();
  // The last day itself, not the midnight that ends it.
  return Json{
      {"zone", zone_name},
      {"local",
       format_local_time(rules.zone(zone_name).local(*at - std::chrono::milliseconds(1))).substr(0, 16)}};
}

// How a State stands, in the few words of the matrix, and in more.
struct Shown {
  const char* status;
  const char* words;
};
Shown shown(SendingState state, std::size_t versions) {
  switch (state) {
    case SendingState::open:
      return {"due", "the last day is not known yet"};
    case SendingState::awaited:
      return {"due", "not due yet"};
    case SendingState::announced:
      return {"due", "announced that it will be late"};
    case SendingState::on_time:
      return versions > 1 ? Shown{"corrected", "corrected"} : Shown{"on_time", "on time"};
    case SendingState::late:
      return {"notified_late", "notified late"};
    case SendingState::missing:
      return {"missing", "missing"};
  }
  return {"due", ""};
}

std::string visit_words(VisitState state) {
  switch (state) {
    case VisitState::requested:
      return "waits for an answer";
    case VisitState::accepted:
      return "accepted";
    case VisitState::refused:
      return "refused";
    case VisitState::called_off:
      return "called off";
    case VisitState::carried_out:
      return "carried out";
  }
  return "";
}

std::string reason_words(exchanges::RefusalReason reason) {
  switch (reason) {
    case exchanges::RefusalReason::quota:
      return "the quota is used up";
    case exchanges::RefusalReason::same_state:
      return "the part of the quota for one State is used up";
    case exchanges::RefusalReason::unit:
      return "the unit was visited as often as it may be";
    case exchanges::RefusalReason::at_once:
      return "there is another visit at that time";
    case exchanges::RefusalReason::stationed:
      return "the part of the quota for forces there is used up";
    case exchanges::RefusalReason::force_majeure:
      return "force majeure";
    case exchanges::RefusalReason::other:
      return "another reason";
  }
  return "";
}

// What an act of a history was, in a sentence.
std::string act_words(std::string_view verb) {
  static const std::map<std::string_view, const char*> kWords = {
      {"calendar_opened", "The calendar of the year was opened"},
      {"sent", "Information was sent"},
      {"nil_reported", "A nil report was sent"},
      {"corrected", "A correction was sent"},
      {"occasion_told", "The day from which the time runs was told"},
      {"delay_announced", "A delay was announced"},
      {"clarification_asked", "A clarification was asked for"},
      {"clarification_answered", "A clarification was given"},
      {"reminded", "Those who have not sent were told"},
      {"visit_requested", "A visit was asked for"},
      {"visit_accepted", "The visit was accepted"},
      {"visit_refused", "The visit was refused"},
      {"visit_called_off", "The visit was called off"},
      {"visit_carried_out", "The visit took place"},
      {"visit_report_sent", "The report on the visit was sent"},
      {"visit_overdue", "The time for an answer or a report was over"}};
  const auto found = kWords.find(verb);
  return found == kWords.end() ? std::string(verb) : found->second;
}

Json rule_json(const Look& look, const exchanges::QuotaRule& rule) {
  return {{"id", rule.id}, {"says", look.words(rule.says)}, {"quote", rule.quote}, {"source", rule.source}};
}

Json history_json(const Look& look, std::string_view subject,
                  const std::function<bool(const secretariat::Act&)>& shows) {
  Json out = Json::array();
  for (const secretariat::HistoryLine& line : look.desk.history(subject)) {
    if (!shows(line.act)) continue;
    out.push_back(look.happened(line, std::string(act_words(line.act.verb()))));
  }
  return out;
}

// --- Forms ---

std::vector<FormField> paper_fields(const Exchange* exchange) {
  std::vector<FormField> out = {
      {.name = "symbol", .kind = "text", .label = "Symbol of the paper"},
      {.name = "document", .kind = "document", .label = "The paper, if the record has it"},
      {.name = "note", .kind = "text", .label = "Note"}};
  if (exchange != nullptr && exchange->counts_units)
    out.push_back({.name = "units", .kind = "number", .label = "Formations and units reported"});
  return out;
}

std::vector<ActForm> round_forms(const Look& look, const Exchange& exchange, const std::string& subject) {
  std::vector<ActForm> out;
  const std::string& party = look.reader.asker.party;
  if (!look.reader.asker.acts || party.empty()) return out;
  if (!look.holds(party, exchange.obliged) && !look.holds(party, exchange.voluntary)) return out;
  const exchanges::Sending* sent = look.book.sending(subject, party);
  if (sent == nullptr || sent->versions.empty()) {
    out.push_back({.type = "exchange.sent", .says = "Send", .fields = paper_fields(&exchange)});
    if (exchange.nil_allowed)
      out.push_back({.type = "exchange.nil_reported",
                     .says = "Report that there is nothing",
                     .fields = {{.name = "note", .kind = "text", .label = "Note"}}});
    out.push_back({.type = "exchange.delay_announced",
                   .says = "Announce that it will be late",
                   .fields = {{.name = "reason", .kind = "text", .label = "Why", .required = true},
                              {.name = "expected", .kind = "day", .label = "Expected on"}}});
  } else {
    ActForm correct{.type = "exchange.corrected", .says = "Correct"};
    correct.fields.push_back({.name = "corrects",
                              .kind = "number",
                              .label = "Version that is corrected",
                              .required = true,
                              .hint = "the last version"});
    for (FormField& field : paper_fields(&exchange)) correct.fields.push_back(std::move(field));
    out.push_back(std::move(correct));
  }
  if (!exchange.due.occasion.empty() && (sent == nullptr || !sent->occasion))
    out.push_back({.type = "exchange.occasion_told",
                   .says = "Tell the day from which the time runs",
                   .fields = {{.name = "day", .kind = "day", .label = "Day", .required = true}}});
  const exchanges::Round* round = look.book.round(subject);
  if (round == nullptr) return out;
  if (look.holds(party, exchange.seen_by)) {
    FormField states{.name = "state", .kind = "choice", .label = "State", .required = true};
    for (const auto& [state, sending] : round->sendings) {
      if (state != party && !sending.versions.empty())
        states.choices.push_back({.id = state, .name = look.workspace.name_of(state, look.reader.language)});
    }
    if (!states.choices.empty())
      out.push_back(
          {.type = "exchange.clarification_asked",
           .says = "Ask for a clarification",
           .fields = {states, {.name = "question", .kind = "text", .label = "Question", .required = true}}});
  }
  FormField questions{.name = "number", .kind = "choice", .label = "Question", .required = true};
  for (const exchanges::Clarification& each : round->clarifications) {
    if (each.of == party && !each.answered_at)
      questions.choices.push_back({.id = std::to_string(each.number), .name = each.question});
  }
  if (!questions.choices.empty())
    out.push_back(
        {.type = "exchange.clarification_answered",
         .says = "Answer",
         .fields = {questions, {.name = "answer", .kind = "text", .label = "Answer", .required = true}}});
  return out;
}

std::vector<ActForm> request_forms(const Look& look) {
  std::vector<ActForm> out;
  const std::string& party = look.reader.asker.party;
  if (!look.reader.asker.acts || party.empty()) return out;
  FormField kinds{.name = "kind", .kind = "choice", .label = "Kind of visit", .required = true};
  for (const VisitKind& kind : look.desk.rules().visits()) {
    if (look.holds(party, kind.asked_by))
      kinds.choices.push_back({.id = kind.id, .name = look.words(kind.name)});
  }
  if (kinds.choices.empty()) return out;
  // Every State that receives visits of one of these kinds.
  FormField receiving{
      .name = "receiving", .kind = "choice", .label = "State to be visited", .required = true};
  std::set<std::string> states;
  for (const VisitKind& kind : look.desk.rules().visits()) {
    if (!look.holds(party, kind.asked_by)) continue;
    for (std::string& state : look.state.standing().holders(kind.received_by, look.now))
      if (state != party) states.insert(std::move(state));
  }
  for (const std::string& state : states)
    receiving.choices.push_back({.id = state, .name = look.workspace.name_of(state, look.reader.language)});
  out.push_back(
      {.type = "exchange.visit_requested",
       .says = "Ask for a visit",
       .fields = {kinds,
                  receiving,
                  {.name = "unit", .kind = "text", .label = "Formation or unit"},
                  {.name = "enters", .kind = "deadline", .label = "Estimated entry", .required = true},
                  {.name = "hours", .kind = "number", .label = "Hours"},
                  {.name = "purpose", .kind = "text", .label = "Purpose"}}});
  return out;
}

std::vector<ActForm> visit_forms(const Look& look, const Visit& visit) {
  std::vector<ActForm> out;
  const std::string& party = look.reader.asker.party;
  if (!look.reader.asker.acts || party.empty()) return out;
  const bool asking = party == visit.asking(), receiving = party == visit.asked.receiving;
  if (receiving && visit.state == VisitState::requested) {
    out.push_back({.type = "exchange.visit_accepted",
                   .says = "Accept",
                   .fields = {{.name = "note", .kind = "text", .label = "Note"}}});
    FormField why{.name = "reason", .kind = "choice", .label = "Why", .required = true};
    std::set<exchanges::RefusalReason> offered = {exchanges::RefusalReason::force_majeure,
                                                  exchanges::RefusalReason::other};
    for (const exchanges::Exhausted& each : look.book.free_of(visit.asked)) offered.insert(each.reason);
    for (const exchanges::RefusalReason each : offered)
      why.choices.push_back({.id = name_in(each), .name = look.say(reason_words(each))});
    out.push_back({.type = "exchange.visit_refused",
                   .says = "Refuse",
                   .fields = {why, {.name = "text", .kind = "text", .label = "In words"}}});
  }
  if ((asking || receiving) &&
      (visit.state == VisitState::requested || visit.state == VisitState::accepted)) {
    FormField why{.name = "reason", .kind = "choice", .label = "Why", .required = true};
    if (asking) why.choices.push_back({.id = "withdrawn", .name = look.say("withdrawn")});
    why.choices.push_back({.id = "force_majeure", .name = look.say("force majeure")});
    out.push_back({.type = "exchange.visit_called_off",
                   .says = "Call off",
                   .fields = {why, {.name = "text", .kind = "text", .label = "In words"}}});
  }
  if ((asking || receiving) && visit.state == VisitState::accepted)
    out.push_back({.type = "exchange.visit_carried_out",
                   .says = "Say that it took place",
                   .fields = {{.name = "entered", .kind = "deadline", .label = "Entered", .required = true},
                              {.name = "left", .kind = "deadline", .label = "Left", .required = true},
                              {.name = "note", .kind = "text", .label = "Note"}}});
  if (asking && visit.state == VisitState::carried_out && !visit.report)
    out.push_back(
        {.type = "exchange.visit_report_sent", .says = "Send the report", .fields = paper_fields(nullptr)});
  return out;
}

// --- Rounds ---

// The States of a round: those obliged now, and whoever took part, by name.
std::vector<std::string> states_of(const Look& look, const Exchange& exchange, const std::string& subject) {
  const auto holders = look.state.standing().holders(exchange.obliged, look.now);
  std::set<std::string> all(holders.begin(), holders.end());
  if (const exchanges::Round* round = look.book.round(subject)) {
    for (const auto& [state, sending] : round->sendings) all.insert(state);
  }
  // Each State finds its own line, also where it takes part of its own will.
  if (look.holds(look.reader.asker.party, exchange.voluntary)) all.insert(look.reader.asker.party);
  std::vector<std::string> out(all.begin(), all.end());
  std::stable_sort(out.begin(), out.end(), [&](const std::string& a, const std::string& b) {
    return look.workspace.name_of(a, look.reader.language) < look.workspace.name_of(b, look.reader.language);
  });
  return out;
}

bool sees_state(const Look& look, const std::string& subject, const std::string& state) {
  return look.sees(look.desk.handling_of(subject, state), state);
}

Json version_json(const Look& look, const Version& version, const std::string& state) {
  Json out = {{"number", version.number},
              {"corrects", version.corrects == 0 ? Json() : Json(version.corrects)},
              {"kind", name_in(version.kind)},
              {"at", format_instant(version.at)},
              {"entry", version.entry}};
  // A paper may be for fewer than the round: then it is told that there is one, and nothing of it.
  const bool open = look.sees(version.paper.handling, state);
  out["shown"] = open;
  if (!open) return out;
  out["symbol"] = version.paper.symbol;
  out["document"] = version.paper.document.empty() ? Json() : Json(version.paper.document);
  out["note"] = version.paper.note;
  out["by"] = version.by;
  out["by_name"] = person_for(look.reader, version.by);
  out["handling"] = handling_json(version.paper.handling);
  if (version.paper.units) out["units"] = *version.paper.units;
  if (!version.paper.stationed.empty()) {
    Json abroad = Json::array();
    for (const exchanges::Stationed& each : version.paper.stationed)
      abroad.push_back({{"host", look.named(each.host)}, {"units", each.units}});
    out["stationed"] = std::move(abroad);
  }
  return out;
}

Json row_json(const Look& look, const Exchange& exchange, const std::string& subject,
              const std::string& state, bool in_full) {
  const exchanges::Sending* sending = look.book.sending(subject, state);
  const std::size_t versions = sending == nullptr ? 0 : sending->versions.size();
  const SendingState standing = look.book.state_of(subject, state, look.now);
  const bool obliged = look.holds(state, exchange.obliged);
  // Who takes part of its own will is never missing.
  const Shown as = !obliged && versions == 0 ? Shown{"due", "of its own will"} : shown(standing, versions);
  Json out = {{"state", look.named(state)},
              {"sent_at", versions == 0 ? Json() : Json(format_instant(sending->versions.front().at))},
              {"status", as.status},
              {"state_name", look.say(as.words)},
              {"standing", name_in(standing)},
              {"obliged", obliged},
              {"nil", versions > 0 && sending->versions.back().kind == exchanges::VersionKind::nil},
              {"corrections", versions == 0 ? 0 : static_cast<int>(versions) - 1},
              {"document", Json()}};
  if (versions > 0) {
    const Version& last = sending->versions.back();
    if (look.sees(last.paper.handling, state)) {
      if (!last.paper.document.empty()) out["document"] = last.paper.document;
      out["symbol"] = last.paper.symbol;
    }
  }
  if (!exchange.due.day) out["due"] = instant_or_null(look.book.deadline_for(subject, state));
  if (sending != nullptr && sending->delay) {
    const exchanges::Delay& delay = *sending->delay;
    out["delay"] = {{"at", format_instant(delay.at)},
                    {"reason", delay.reason},
                    {"expected", delay.expected ? Json(format_day(*delay.expected)) : Json()}};
  }
  if (in_full) {
    out["occasion"] = sending != nullptr && sending->occasion ? Json(format_day(*sending->occasion)) : Json();
    Json all = Json::array();
    for (std::size_t each = 0; each < versions; ++each)
      all.push_back(version_json(look, sending->versions[each], state));
    out["versions"] = std::move(all);
  }
  return out;
}

Json round_json(const Look& look, const Exchange& exchange, int year, bool in_full) {
  const std::string subject = exchanges::subject_of(exchange.id, year);
  const auto due = exchanges::deadline(look.desk.rules(), exchange, year, std::nullopt);
  Json out = {{"id", exchange.id},
              {"subject", subject},
              {"year", year},
              {"name", look.words(exchange.name)},
              {"document_of_rule", exchange.document},
              {"rule",
               {{"id", "exchanges/" + exchange.id},
                {"paragraph", exchange.paragraph},
                {"quote", exchange.quote},
                {"source", exchange.source}}},
              {"due", instant_or_null(due)},
              {"due_local", local(due, exchange.zone, look.desk.rules())},
              {"about", year + exchange.about}};
  Json rows = Json::array();
  int obliged = 0, sent = 0, late = 0, missing = 0, hidden = 0;
  for (const std::string& state : states_of(look, exchange, subject)) {
    if (!sees_state(look, subject, state)) {
      ++hidden;
      continue;
    }
    Json row = row_json(look, exchange, subject, state, in_full);
    obliged += row["obliged"].get<bool>();
    sent += !row["sent_at"].is_null();
    late += row["status"] == "notified_late";
    missing += row["status"] == "missing";
    rows.push_back(std::move(row));
  }
  // Of what is not all shown no sums are told.
  if (hidden == 0) {
    out["obliged"] = obliged;
    out["sent"] = sent;
    out["late"] = late;
    out["missing"] = missing;
  }
  out["rows"] = std::move(rows);
  Json reminders = Json::array();
  const exchanges::Round* round = look.book.round(subject);
  if (round != nullptr) {
    for (const exchanges::Reminded& each : round->reminded) {
      const exchanges::Reminder* rule = look.desk.rules().reminder(each.reminder);
      Json states = Json::array();
      for (const std::string& state : each.states)
        if (sees_state(look, subject, state)) states.push_back(look.named(state));
      reminders.push_back({{"at", format_instant(each.stamp.at)},
                           {"said", rule == nullptr ? each.reminder : look.words(rule->name)},
                           {"states", std::move(states)}});
    }
  }
  out["reminders"] = std::move(reminders);
  if (in_full) {
    Json questions = Json::array();
    if (round != nullptr) {
      for (const exchanges::Clarification& each : round->clarifications) {
        if (!sees_state(look, subject, each.of) && !look.own(each.asked_by)) continue;
        questions.push_back({{"number", each.number},
                             {"asked_by", look.named(each.asked_by)},
                             {"of", look.named(each.of)},
                             {"at", format_instant(each.asked_at)},
                             {"question", each.question},
                             {"answered_at", instant_or_null(each.answered_at)},
                             {"answer", each.answer}});
      }
    }
    out["clarifications"] = std::move(questions);
    out["history"] = history_json(look, subject, [&](const secretariat::Act& act) {
      const std::string& state = act.stamp.actor.delegation;
      return state.empty() ? hidden == 0 : sees_state(look, subject, state);
    });
  }
  out["can"] = forms_json(round_forms(look, exchange, subject), look.reader.say);
  return out;
}

// --- Visits ---

bool sees_visit(const Look& look, const Visit& visit) {
  return look.own(visit.asking()) || look.own(visit.asked.receiving) || look.own(visit.host()) ||
         look.reader.sees(look.desk.handling_of(visit.id, visit.asking()));
}

Json visit_row(const Look& look, const Visit& visit) {
  return {{"id", visit.id},
          {"kind", visit.kind->id},
          {"kind_name", look.words(visit.kind->name)},
          {"by", look.named(visit.asking())},
          {"to", look.named(visit.asked.receiving)},
          {"host", look.named(visit.host())},
          {"unit", visit.asked.unit},
          {"at", format_instant(visit.asked.stamp.at)},
          {"enters", format_instant(visit.asked.enters)},
          {"state", name_in(visit.state)},
          {"state_name", look.say(visit_words(visit.state))},
          {"counts", visit.counts()},
          {"reply_due", instant_or_null(visit.reply_due)}};
}

Json quota_row(const Look& look, const VisitKind& kind, const std::string& state, int year) {
  const exchanges::Tally tally = look.book.tally(kind, state, year);
  Json by_state = Json::array();
  for (const auto& [from, count] : tally.used.by_state)
    by_state.push_back({{"state", look.named(from)}, {"used", count}});
  const exchanges::QuotaRule* rule = tally.quota ? tally.quota->rule : nullptr;
  if (rule == nullptr) rule = look.desk.rules().rule(kind.id, exchanges::Measure::total_per_units);
  return {{"state", look.named(state)},
          {"kind", kind.id},
          {"kind_name", look.words(kind.name)},
          {"quota", tally.quota ? Json(tally.quota->number) : Json()},
          {"used", tally.used.all},
          {"same_state", tally.same_state ? Json(tally.same_state->number) : Json()},
          {"units", tally.reported ? Json(tally.reported->units) : Json()},
          {"reported_year", tally.reported_year == 0 ? Json() : Json(tally.reported_year)},
          {"rule", rule == nullptr ? Json() : rule_json(look, *rule)},
          {"by_state", std::move(by_state)}};
}

// Whether the asker may see how much of a State's quota is used: those who may ask for such visits.
bool sees_quota(const Look& look, const VisitKind& kind, const std::string& state) {
  document::Handling handling{.statuses = kind.asked_by, .originator = state};
  std::sort(handling.statuses.begin(), handling.statuses.end());
  return look.sees(handling, state);
}

}  // namespace

Json exchanges_json(Workspace& workspace, int year, const ConveningReader& reader) {
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    const int of = checked_year(year, look.now);
    Json all = Json::array();
    std::vector<const Exchange*> order;
    for (const Exchange& each : look.desk.rules().exchanges()) order.push_back(&each);
    // By the calendar; what each State's own day decides comes last.
    std::stable_sort(order.begin(), order.end(), [&](const Exchange* a, const Exchange* b) {
      const auto due = [&](const Exchange* each) {
        return exchanges::deadline(look.desk.rules(), *each, of, std::nullopt).value_or(Instant::max());
      };
      return due(a) < due(b);
    });
    for (const Exchange* each : order) all.push_back(round_json(look, *each, of, false));
    const auto opened = look.book.opened_years().find(of);
    std::vector<ActForm> forms;
    if (opened == look.book.opened_years().end() && reader.asker.secretariat && reader.asker.acts)
      forms.push_back({.type = "exchange.calendar_opened",
                       .says = "Open the calendar of the year",
                       .capacity = acts::Capacity::secretariat});
    return Json{{"id", std::to_string(of)},
                {"year", of},
                {"opened_at",
                 opened == look.book.opened_years().end() ? Json() : Json(format_instant(opened->second))},
                {"exchanges", std::move(all)},
                {"can", forms_json(forms, reader.say)}};
  });
}

Json exchange_json(Workspace& workspace, const std::string& subject, const ConveningReader& reader) {
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    const auto named = look.book.named(subject);
    if (!named) throw Error(ErrorKind::not_found, "there is no exchange \"" + subject + "\"");
    return round_json(look, *named->exchange, named->year, true);
  });
}

Json quotas_json(Workspace& workspace, int year, const std::string& state, const ConveningReader& reader) {
  const std::string only = state.empty() ? "" : workspace.entity_named(state);
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    const int of = checked_year(year, look.now);
    Json quotas = Json::array(), requests = Json::array();
    for (const VisitKind& kind : look.desk.rules().visits()) {
      if (!kind.by_quota) continue;
      auto states = look.state.standing().holders(kind.received_by, look.now);
      std::stable_sort(states.begin(), states.end(), [&](const std::string& a, const std::string& b) {
        return workspace.name_of(a, reader.language) < workspace.name_of(b, reader.language);
      });
      for (const std::string& each : states) {
        if ((only.empty() || each == only) && sees_quota(look, kind, each))
          quotas.push_back(quota_row(look, kind, each, of));
      }
    }
    for (const Visit& visit : look.book.visits()) {
      if (visit.year == of && sees_visit(look, visit) &&
          (only.empty() || visit.asking() == only || visit.asked.receiving == only))
        requests.push_back(visit_row(look, visit));
    }
    return Json{{"id", std::to_string(of)},
                {"year", of},
                {"quotas", std::move(quotas)},
                {"requests", std::move(requests)},
                {"can", forms_json(request_forms(look), reader.say)}};
  });
}

Json visit_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    const Visit* visit = look.book.visit(id);
    if (visit == nullptr || !sees_visit(look, *visit))
      throw Error(ErrorKind::not_found, "there is no visit \"" + id + "\"");
    Json out = visit_row(look, *visit);
    out["hours"] = exchanges::stay_of(look.desk.rules(), visit->asked).count();
    out["purpose"] = visit->asked.purpose;
    Json with = Json::array();
    for (const std::string& each : visit->asked.with) with.push_back(look.named(each));
    out["with"] = std::move(with);
    out["replied_at"] = instant_or_null(visit->replied_at);
    out["report_due"] = instant_or_null(visit->report_due);
    if (visit->refused)
      out["refusal"] = {{"reason", name_in(visit->refused->reason)},
                        {"reason_name", look.say(reason_words(visit->refused->reason))},
                        {"text", visit->refused->text}};
    if (visit->called_off)
      out["called_off"] = {{"reason", name_in(visit->called_off->reason)},
                           {"text", visit->called_off->text},
                           {"at", format_instant(visit->called_off->stamp.at)}};
    if (visit->carried_out)
      out["carried_out"] = {{"entered", format_instant(visit->carried_out->entered)},
                            {"left", format_instant(visit->carried_out->left)},
                            {"note", visit->carried_out->note}};
    if (visit->report)
      out["report"] = {
          {"at", format_instant(visit->report->stamp.at)},
          {"symbol", visit->report->paper.symbol},
          {"document", visit->report->paper.document.empty() ? Json() : Json(visit->report->paper.document)}};
    // While it waits: the rules by which it need not be accepted. None: it is owed.
    Json free = Json::array();
    if (visit->state == VisitState::requested && visit->kind->by_quota) {
      for (const exchanges::Exhausted& each : look.book.free_of(visit->asked))
        free.push_back({{"reason", name_in(each.reason)},
                        {"reason_name", look.say(reason_words(each.reason))},
                        {"used", each.used},
                        {"limit", each.limit},
                        {"rule", rule_json(look, *each.rule)}});
    }
    out["not_owed_by"] = std::move(free);
    Json rules = Json::array();
    for (const exchanges::QuotaRule& rule : look.desk.rules().quotas())
      if (rule.visit == visit->kind->id) rules.push_back(rule_json(look, rule));
    out["rules"] = std::move(rules);
    out["history"] = history_json(look, id, [](const secretariat::Act&) { return true; });
    out["can"] = forms_json(visit_forms(look, *visit), reader.say);
    return out;
  });
}

PlainTable exchanges_table(Workspace& workspace, int year, const ConveningReader& reader) {
  const Json all = exchanges_json(workspace, year, reader);
  PlainTable out;
  out.headings = {reader.say("State"), reader.say("Code")};
  std::map<std::string, std::vector<std::string>> rows;  // by the State's id
  std::vector<std::string> order;
  const std::size_t columns = all.at("exchanges").size();
  std::size_t column = 0;
  for (const Json& exchange : all.at("exchanges")) {
    out.headings.push_back(exchange.at("name").get<std::string>());
    for (const Json& row : exchange.at("rows")) {
      const std::string id = row.at("state").at("id");
      auto& cells = rows[id];
      if (cells.empty()) {
        cells.assign(columns + 2, "");
        cells[0] = row.at("state").at("name");
        cells[1] = id;
        order.push_back(id);
      }
      std::string cell = row.at("state_name");
      if (!row.at("sent_at").is_null()) cell += " " + row.at("sent_at").get<std::string>().substr(0, 10);
      cells[column + 2] = std::move(cell);
    }
    ++column;
  }
  for (const std::string& id : order) out.rows.push_back(std::move(rows.at(id)));
  return out;
}

PlainTable quotas_table(Workspace& workspace, int year, const ConveningReader& reader) {
  const Json all = quotas_json(workspace, year, "", reader);
  PlainTable out;
  for (const char* heading : {"State", "Code", "Kind of visit", "Quota", "Used", "From one State",
                              "Formations and units reported", "Rule"})
    out.headings.push_back(reader.say(heading));
  const auto number = [](const Json& value) {
    return value.is_null() ? std::string() : std::to_string(value.get<int>());
  };
  for (const Json& row : all.at("quotas"))
    out.rows.push_back({row.at("state").at("name"), row.at("state").at("id"), row.at("kind_name"),
                        number(row.at("quota")), number(row.at("used")), number(row.at("same_state")),
                        number(row.at("units")),
                        row.at("rule").is_null() ? "" : row.at("rule").at("says").get<std::string>()});
  return out;
}

std::vector<ExchangeDeadline> exchange_deadlines(const Secretariat& state, std::string_view delegation,
                                                 int year) {
  const ExchangesDesk& desk = state.desks().exchanges;
  std::vector<ExchangeDeadline> out;
  for (const Exchange& exchange : desk.rules().exchanges()) {
    const std::string subject = exchanges::subject_of(exchange.id, year);
    const auto until = desk.book().deadline_for(subject, delegation);
    if (!until ||
        std::none_of(exchange.obliged.begin(), exchange.obliged.end(), [&](const std::string& status) {
          return state.standing().holds(delegation, status, *until);
        }))
      continue;
    const exchanges::Sending* sending = desk.book().sending(subject, delegation);
    out.push_back({.subject = subject,
                   .title = desk.title_of(subject),
                   .deadline = *until,
                   .zone = exchange.zone,
                   .sent = sending != nullptr && !sending->versions.empty()});
  }
  return out;
}

}  // namespace mithaq::service
