#include "secretariat/exchanges_desk.hpp"

#include <algorithm>
#include <charconv>

#include "acts/deadline.hpp"
#include "acts/fields.hpp"
#include "base/error.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

using exchanges::Book;
using exchanges::SendingState;
using exchanges::VisitState;

namespace {

// How far ahead a State sees what it has to send.
constexpr std::chrono::days kTasksAhead{120};

template <typename Fact>
Fact fact_of(const Act& act) {
  Fact fact;
  acts::read_fields(act.fields, fact);
  fact.stamp = act.stamp;
  return fact;
}

// Calls with the fact that an act is.
//   throws  Error{invalid_input} if there is no such act or its fields are not of it
template <typename Use>
auto with_fact(const Act& act, Use use) {
  const std::string_view verb = act.verb();
  if (verb == "calendar_opened") return use(fact_of<exchanges::CalendarOpened>(act));
  if (verb == "sent") return use(fact_of<exchanges::Sent>(act));
  if (verb == "nil_reported") return use(fact_of<exchanges::NilReported>(act));
  if (verb == "corrected") return use(fact_of<exchanges::Corrected>(act));
  if (verb == "occasion_told") return use(fact_of<exchanges::OccasionTold>(act));
  if (verb == "delay_announced") return use(fact_of<exchanges::DelayAnnounced>(act));
  if (verb == "clarification_asked") return use(fact_of<exchanges::ClarificationAsked>(act));
  if (verb == "clarification_answered") return use(fact_of<exchanges::ClarificationAnswered>(act));
  if (verb == "reminded") return use(fact_of<exchanges::Reminded>(act));
  if (verb == "visit_requested") return use(fact_of<exchanges::VisitRequested>(act));
  if (verb == "visit_accepted") return use(fact_of<exchanges::VisitAccepted>(act));
  if (verb == "visit_refused") return use(fact_of<exchanges::VisitRefused>(act));
  if (verb == "visit_called_off") return use(fact_of<exchanges::VisitCalledOff>(act));
  if (verb == "visit_carried_out") return use(fact_of<exchanges::VisitCarriedOut>(act));
  if (verb == "visit_report_sent") return use(fact_of<exchanges::VisitReportSent>(act));
  if (verb == "visit_overdue") return use(fact_of<exchanges::VisitOverdue>(act));
  throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
}

template <typename Fact>
nlohmann::json fields_of(const Fact& fact) {
  Fact copy = fact;
  acts::FieldWriter writer;
  visit_fields(writer, copy);
  return writer.json();
}

// A paper is that of the State that sends it, and opened to those whom the exchange names unless the State
// says to whom else.
void give_handling(exchanges::Paper& paper, const document::Handling& usual) {
  if (paper.handling.statuses.empty() && paper.handling.recipients.empty()) {
    paper.handling.statuses = usual.statuses;
    paper.handling.recipients = usual.recipients;
    if (paper.handling.tlp == document::Tlp::clear) paper.handling.tlp = usual.tlp;
  }
  paper.handling.originator = usual.originator;
}

}  // namespace

ExchangesDesk::ExchangesDesk(const std::filesystem::path& data)
    : rules_(exchanges::Rules::load(data / "exchanges")), book_(rules_) {}

acts::Words ExchangesDesk::title_of(std::string_view subject) const {
  acts::Words out;
  if (const auto named = book_.named(subject)) {
    for (const auto& [language, name] : named->exchange->name)
      out[language] = name + " " + std::to_string(named->year);
  } else if (const exchanges::Visit* visit = book_.visit(subject)) {
    for (const auto& [language, name] : visit->kind->name) out[language] = name + " " + visit->id;
  } else {
    out["en"] = subject;
  }
  return out;
}

document::Handling ExchangesDesk::handling_of(std::string_view subject, std::string_view originator) const {
  document::Handling out{.originator = std::string(originator)};
  if (const auto named = book_.named(subject)) {
    out.statuses = named->exchange->seen_by;
  } else if (const exchanges::Visit* visit = book_.visit(subject)) {
    out.statuses = visit->kind->asked_by;
  }
  std::sort(out.statuses.begin(), out.statuses.end());
  // Who sends sees its own paper, whatever statuses it holds.
  if (!out.statuses.empty() && !originator.empty()) out.recipients = {std::string(originator)};
  return out;
}

namespace {

// What a form gives, as the fields of an act are: an instant from the local time and the zone in which it was
// said, a number from the choice that has it as its id.
//   returns  why a local time is none
std::optional<acts::Refusal> settle_form(Act& act) {
  if (!act.fields.is_object()) return std::nullopt;
  for (const char* name : {"enters", "entered", "left"}) {
    const auto found = act.fields.find(name);
    if (found == act.fields.end() || !found->is_object()) continue;
    acts::Deadline said;
    acts::read_fields(*found, said);
    // Also of what is past: a team has entered.
    if (auto no = acts::settle(said, Instant::min())) return no;
    *found = format_instant(said.at);
  }
  if (const auto found = act.fields.find("number"); found != act.fields.end() && found->is_string()) {
    const std::string text = found->get<std::string>();
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc() && end == text.data() + text.size()) *found = number;
  }
  return std::nullopt;
}

}  // namespace

Judgement ExchangesDesk::judge(const Act& asked, const Secretariat& secretariat) const {
  Act wanted = asked;
  if (auto no = settle_form(wanted)) return Judgement{.refusal = std::move(no)};
  const exchanges::Holds holds = [&](std::string_view state, const std::vector<std::string>& statuses) {
    return std::any_of(statuses.begin(), statuses.end(), [&](const std::string& status) {
      return secretariat.standing().holds(state, status, wanted.stamp.at);
    });
  };
  return with_fact(wanted, [&](auto fact) {
    using Fact = decltype(fact);
    if constexpr (std::is_same_v<Fact, exchanges::VisitRequested>) {
      if (const exchanges::VisitKind* kind = rules_.visit(fact.kind))
        fact.stamp.subject = book_.next_visit(fact.enters, *kind);
    }
    std::optional<acts::Refusal> no;
    if constexpr (requires { book_.judge(fact, holds); }) {
      no = book_.judge(fact, holds);
    } else {
      no = book_.judge(fact);
    }
    if (no) return Judgement{.refusal = std::move(no)};
    if constexpr (requires { fact.paper; })
      give_handling(fact.paper, handling_of(fact.stamp.subject, fact.stamp.actor.delegation));
    return Judgement{.acts = {Act{.type = wanted.type, .stamp = fact.stamp, .fields = fields_of(fact)}}};
  });
}

void ExchangesDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  with_fact(act, [&](const auto& fact) { book_.enter(fact, seq); });
  history_.add(act.stamp.subject, {.entry = seq, .act = act});
}

std::vector<Act> ExchangesDesk::due(Instant now, const Secretariat& secretariat) const {
  std::vector<Act> out;
  if (const auto next = book_.next_due(); !next || now < *next) return out;
  const auto holders = [&](const std::vector<std::string>& statuses) {
    return secretariat.standing().holders(statuses, now);
  };
  for (const exchanges::Reminded& each : book_.reminders_due(now, holders))
    out.push_back({.type = "exchange.reminded", .stamp = each.stamp, .fields = fields_of(each)});
  for (const exchanges::VisitOverdue& each : book_.overdue(now))
    out.push_back({.type = "exchange.visit_overdue", .stamp = each.stamp, .fields = fields_of(each)});
  return out;
}

std::optional<RuleText> ExchangesDesk::rule(std::string_view id) const {
  if (const exchanges::QuotaRule* quota = rules_.rule(id))
    return RuleText{.quote = quota->quote, .source = quota->source, .quotes = quota->says};
  constexpr std::string_view kOwn = "exchanges/";
  if (!id.starts_with(kOwn)) return std::nullopt;
  if (const exchanges::Exchange* exchange = rules_.exchange(id.substr(kOwn.size())))
    return RuleText{.quote = exchange->quote, .source = exchange->source};
  if (const exchanges::VisitKind* kind = rules_.visit(id.substr(kOwn.size())))
    return RuleText{.quote = kind->document + ", " + kind->paragraph, .source = kind->source};
  return std::nullopt;
}

std::vector<Notice> ExchangesDesk::notices(const Act& act, record::Seq seq,
                                           const Secretariat& secretariat) const {
  std::vector<Notice> out;
  const std::string& subject = act.stamp.subject;
  const auto tell = [&](std::string_view delegation, std::string said, std::optional<Instant> deadline = {}) {
    if (delegation.empty() || delegation == act.stamp.actor.delegation) return;
    out.push_back({.delegation = std::string(delegation),
                   .entry = seq,
                   .at = act.stamp.at,
                   .kind = act.type,
                   .subject = subject,
                   .title = title_of(subject),
                   .said = std::move(said),
                   .deadline = deadline});
  };
  const exchanges::Visit* visit = book_.visit(subject);
  with_fact(act, [&](const auto& fact) {
    using Fact = std::decay_t<decltype(fact)>;
    if constexpr (std::is_same_v<Fact, exchanges::CalendarOpened>) {
      std::set<std::string> told;
      for (const exchanges::Exchange& each : rules_.exchanges()) {
        for (const std::string& state : secretariat.standing().holders(each.obliged, act.stamp.at))
          told.insert(state);
      }
      for (const std::string& state : told)
        tell(state, "the calendar of this year's exchanges of information is open");
    } else if constexpr (std::is_same_v<Fact, exchanges::Reminded>) {
      const exchanges::Reminder* rule = rules_.reminder(fact.reminder);
      const std::string_view kind = rule == nullptr ? "" : std::string_view(rule->kind);
      for (const std::string& state : fact.states) {
        std::string said = "you have not sent this yet";
        if (kind == "late_notice") said = "the last day has passed, and you have not sent this: it is late";
        if (kind == "announcement") said = "the Forum hears that you have not sent this";
        if (kind == "chair_letter") said = "the Chair of the Forum asks you in writing to send this";
        tell(state, std::move(said), book_.deadline_for(subject, state));
      }
    } else if constexpr (std::is_same_v<Fact, exchanges::ClarificationAsked>) {
      tell(fact.state, "a State asks about what you sent: answer it");
    } else if constexpr (std::is_same_v<Fact, exchanges::ClarificationAnswered>) {
      const exchanges::Round* round = book_.round(subject);
      if (round != nullptr)
        tell(round->clarifications.at(fact.number - 1).asked_by, "your question was answered");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitRequested>) {
      if (visit == nullptr) return;
      tell(fact.receiving, "a State asks to visit you: answer it", visit->reply_due);
      if (!fact.host.empty() && fact.host != fact.receiving)
        tell(fact.host, "a State asks to visit forces that are on your territory");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitAccepted>) {
      if (visit != nullptr) tell(visit->asking(), "your visit was accepted", visit->asked.enters);
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitRefused>) {
      if (visit != nullptr) tell(visit->asking(), "your visit was refused");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitCalledOff>) {
      if (visit == nullptr) return;
      tell(visit->asking(), "the visit was called off");
      tell(visit->asked.receiving, "the visit was called off");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitCarriedOut>) {
      if (visit == nullptr) return;
      tell(visit->asking(), "the visit took place: send your report", visit->report_due);
      tell(visit->asked.receiving, "the visit took place");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitReportSent>) {
      if (visit != nullptr) tell(visit->asked.receiving, "the report on the visit was sent");
    } else if constexpr (std::is_same_v<Fact, exchanges::VisitOverdue>) {
      if (visit == nullptr) return;
      const bool reply = fact.what == exchanges::OverdueWhat::reply;
      tell(visit->asking(), reply ? "your request was not answered in time" : "your report is late");
      tell(visit->asked.receiving,
           reply ? "you have not answered a request in time" : "the report on the visit is late");
    }
  });
  return out;
}

std::vector<Task> ExchangesDesk::tasks(std::string_view delegation, Instant now,
                                       const Secretariat& secretariat) const {
  std::vector<Task> out;
  const auto add = [&](std::string kind, const std::string& subject, std::string said,
                       std::optional<Instant> deadline, const std::string& zone, bool done = false) {
    out.push_back({.kind = std::move(kind),
                   .subject = subject,
                   .title = title_of(subject),
                   .said = std::move(said),
                   .deadline = deadline,
                   .zone = zone,
                   .done = done});
  };
  const auto obliged = [&](const exchanges::Exchange& exchange) {
    return std::any_of(exchange.obliged.begin(), exchange.obliged.end(), [&](const std::string& status) {
      return secretariat.standing().holds(delegation, status, now);
    });
  };
  for (const auto& [year, opened] : book_.opened_years()) {
    for (const exchanges::Exchange& exchange : rules_.exchanges()) {
      const std::string subject = exchanges::subject_of(exchange.id, year);
      const auto until = book_.deadline_for(subject, delegation);
      // What was due before the calendar was opened is nobody's task.
      if ((until && (*until <= opened || *until > now + kTasksAhead)) || !obliged(exchange)) continue;
      switch (book_.state_of(subject, delegation, now)) {
        case SendingState::open:
          add("exchange", subject, "tell the day from which the time for this runs", std::nullopt,
              exchange.zone);
          break;
        case SendingState::awaited:
          add("exchange", subject, "send this before its last day is over", until, exchange.zone);
          break;
        case SendingState::announced:
          add("exchange", subject, "you announced that this will be late: send it", until, exchange.zone);
          break;
        case SendingState::missing:
          add("exchange", subject, "this is late: send it, or say when it will come", until, exchange.zone);
          break;
        case SendingState::on_time:
        case SendingState::late:
          if (until && now < *until)
            add("exchange", subject, "send this before its last day is over", until, exchange.zone, true);
          break;
      }
    }
  }
  for (const exchanges::Round* round : book_.rounds()) {
    for (const exchanges::Clarification& each : round->clarifications) {
      if (each.of == delegation && !each.answered_at)
        add("clarification", round->subject, "a State asks about what you sent: answer it", std::nullopt,
            round->exchange->zone);
    }
  }
  for (const exchanges::Visit& visit : book_.visits()) {
    if (visit.state == VisitState::requested && visit.asked.receiving == delegation)
      add("visit", visit.id, "a State asks to visit you: answer it", visit.reply_due, visit.kind->zone);
    if (visit.state == VisitState::carried_out && !visit.report && visit.report_due &&
        visit.asking() == delegation)
      add("visit_report", visit.id, "the visit took place: send your report", visit.report_due,
          visit.kind->zone);
  }
  return out;
}

}  // namespace mithaq::secretariat
