#include "service/consultations.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "service/convening.hpp"
#include "service/convening_rows.hpp"

namespace mithaq::service {

namespace {

using Json = nlohmann::ordered_json;
using acts::Capacity;
using procedure::BreakKind;
using procedure::Case;
using procedure::Kind;
using procedure::State;
using secretariat::ConsultationsDesk;
using secretariat::Secretariat;

// What a state is called; the sentences stand in data/messages.tsv.
std::string state_said(State state) {
  switch (state) {
    case State::draft:
      return "draft";
    case State::proposed:
      return "suggested in a meeting";
    case State::objected_in_meeting:
      return "objected to in the meeting";
    case State::under_silence:
      return "under silence";
    case State::on_hold:
      return "on hold";
    case State::broken:
      return "silence broken: not adopted";
    case State::adopted:
      return "adopted";
    case State::announced:
      return "adopted and announced";
    case State::issued:
      return "issued";
    case State::withdrawn:
      return "withdrawn";
    case State::superseded:
      return "superseded";
  }
  return "";
}

std::string kind_said(Kind kind) {
  switch (kind) {
    case Kind::opened:
      return "the item was opened";
    case Kind::series_started:
      return "the series of numbers was begun";
    case Kind::proposed:
      return "the Chair suggested it in a meeting";
    case Kind::objected_in_meeting:
      return "objected in the meeting";
    case Kind::silence_opened:
      return "the text came under silence";
    case Kind::extended:
      return "the silence period was extended";
    case Kind::objected:
      return "objected in writing";
    case Kind::objection_withdrawn:
      return "withdrew its objection";
    case Kind::hold_placed:
      return "placed a hold";
    case Kind::hold_extended:
      return "extended its hold";
    case Kind::hold_released:
      return "released its hold";
    case Kind::hold_expired:
      return "a hold ran out";
    case Kind::expired:
      return "silence was kept until its expiry";
    case Kind::adopted_in_meeting:
      return "adopted in the meeting: nobody objected";
    case Kind::confirmed:
      return "the adoption was confirmed by letter";
    case Kind::announced:
      return "the Chair announced the adoption";
    case Kind::statement_made:
      return "made a statement for attachment to the decision";
    case Kind::statements_closed:
      return "the time for statements ended";
    case Kind::issued:
      return "the decision was issued";
    case Kind::revised:
      return "the text was revised";
    case Kind::corrected:
      return "a correction was issued";
    case Kind::withdrawn:
      return "the text was withdrawn";
    case Kind::superseded:
      return "another consultation took its place";
  }
  return "";
}

Json instant_json(const std::optional<Instant>& at) {
  return at ? Json(format_instant(*at)) : Json(nullptr);
}

// {"zone","local","offset"}
Json local_json(Instant at, const std::string& name) {
  const auto zone = Zone::named(name);
  if (!zone) return nullptr;
  return {{"zone", name},
          {"local", format_local_time(zone->local(at))},
          {"offset", format_offset(zone->offset_minutes(at))}};
}

class View {
 public:
  View(Workspace& workspace, const Secretariat& state, const ConveningReader& reader)
      : workspace_(workspace), state_(state), reader_(reader), desk_(state.desks().consultations) {}

  const ConsultationsDesk& desk() const { return desk_; }
  bool sees(const Case& item) const { return !reader_.sees || reader_.sees(item.handling); }

  Json state_json(const std::string& id) const { return named_json(workspace_, id, reader_.language); }
  Json states_json(const std::vector<std::string>& ids) const {
    return named_list_json(workspace_, ids, reader_.language);
  }
  std::string words(const acts::Words& words) const { return words_for(reader_, words); }

  Json body_json(const Case& item) const {
    if (item.body.empty()) return nullptr;
    const meetings::Body* body = state_.desks().meetings.bodies().find(item.body);
    return {{"id", item.body}, {"name", body == nullptr ? item.body : words(body->names)}};
  }

  // The instant at which an objection no longer counts, while that is open.
  std::optional<Instant> closes(const Case& item) const {
    if (item.state == State::under_silence || item.state == State::on_hold) return item.closes_at();
    return item.expires_at ? item.expires_at : item.suggested_expiry;
  }

  Json short_json(const Case& item) const {
    const procedure::RuleSet& set = desk_.book().rules_of(item);
    const auto expires = closes(item);
    Json out = {{"id", item.id},
                {"title", words(item.title)},
                {"body", body_json(item)},
                {"rule_set", {{"id", set.id}, {"name", words(set.name)}}},
                {"state", name_of(item.state)},
                {"state_name", reader_.say(state_said(item.state))},
                {"opened_at", format_instant(item.opened_at)},
                {"proposed_by", item.proposed_by.empty() ? Json(nullptr) : state_json(item.proposed_by)},
                {"expires_at", instant_json(expires)},
                {"zone", item.expires_zone.empty() ? item.zone : item.expires_zone},
                {"version", item.text().mark},
                {"number", item.number.empty() ? Json(nullptr) : Json(item.symbol())},
                {"may_object", may_object(item)}};
    if (expires) {
      const std::string host = out["zone"].get<std::string>();
      out["expires"] = {{"utc", format_instant(*expires)},
                        {"host", local_json(*expires, host)},
                        {"reader", local_json(*expires, reader_.zone.empty() ? host : reader_.zone)}};
    } else {
      out["expires"] = nullptr;
    }
    return out;
  }

  bool may_object(const Case& item) const {
    const bool open = item.state == State::under_silence || item.state == State::on_hold ||
                      item.state == State::proposed || item.state == State::objected_in_meeting;
    return open && item.is_entitled(reader_.asker.party);
  }

  Json steps_json(const Case& item) const {
    Json out = Json::array();
    for (const procedure::Step& each : desk_.book().steps(item))
      out.push_back({{"id", each.rule->id},
                     {"stage", name_of(each.rule->stage)},
                     {"says", words(each.rule->says)},
                     {"quote", each.rule->quote},
                     {"source", each.rule->source},
                     {"state", name_of(each.state)},
                     {"at", instant_json(each.at)}});
    return out;
  }

  Json next_json(const Case& item) const {
    Json out = Json::array();
    for (const procedure::Next& each : desk_.book().next(item))
      out.push_back({{"says", reader_.say(each.says)}, {"rule", each.rule}, {"at", instant_json(each.at)}});
    return out;
  }

  Json breaks_json(const Case& item) const {
    Json out = Json::array();
    for (const procedure::Break& each : item.breaks()) {
      Json delegations = Json::array();
      std::string text;
      BreakKind kind = each.by.front()->kind;
      for (const procedure::Objection* one : each.by) {
        Json delegation = state_json(one->delegation);
        delegation["by"] = one->by;
        delegation["by_name"] = person_for(reader_, one->by);
        delegation["kind"] = name_of(one->kind);
        delegation["text"] = one->text;
        delegation["withdrawn_at"] = instant_json(one->withdrawn_at);
        if (one->until) delegation["until"] = format_instant(*one->until);
        delegations.push_back(std::move(delegation));
        if (one->kind == BreakKind::objection) kind = BreakKind::objection;
        if (!one->text.empty()) text += (text.empty() ? "" : "\n") + one->text;
      }
      out.push_back({{"delegations", std::move(delegations)},
                     {"kind", name_of(kind)},
                     {"at", format_instant(each.at)},
                     {"text", text},
                     {"late", each.late},
                     {"round", each.by.front()->round}});
    }
    return out;
  }

  Json statements_json(const Case& item) const {
    Json out = Json::array();
    for (const procedure::Statement& each : item.statements)
      out.push_back({{"kind", names_of(each.kind)[static_cast<std::size_t>(each.kind)]},
                     {"by", states_json(each.by)},
                     {"text", words(each.words)},
                     {"words", each.words},
                     {"at", format_instant(each.at)},
                     {"attachment", each.attachment}});
    return out;
  }

  Json history_json(const Case& item) const {
    Json out = Json::array();
    const auto& entries = desk_.entries(item.id);
    for (std::size_t at = 0; at < item.history.size(); ++at) {
      const procedure::Event& each = item.history[at];
      Json line = happened_json(workspace_, at < entries.size() ? entries[at] : 0,
                                "consultation." + std::string(name_of(each.kind)), each.stamp,
                                kind_said(each.kind), reader_);
      if (at >= entries.size()) line["entry"] = nullptr;
      line["text"] = each.text;
      out.push_back(std::move(line));
    }
    return out;
  }

  Json full_json(const Case& item) const {
    const procedure::Parameters& rules = desk_.book().rules_of(item).parameters;
    Json out = short_json(item);
    out["now"] = format_instant(now());
    out["entitled"] = states_json(item.entitled);
    out["excluded"] = states_json(item.excluded);
    // Annex 1(A), 2: "with a temporary title reflecting the fact that the decision is subject to a silence
    // procedure".
    const bool interim = item.state == State::under_silence || item.state == State::on_hold;
    out["interim_title"] =
        interim ? Json(words(item.title) + " (" + reader_.say("subject to a silence procedure") + ")")
                : Json(nullptr);
    out["text"] = version_json(item.text());
    out["versions"] = Json::array();
    for (const procedure::Version& each : item.versions) out["versions"].push_back(version_json(each));
    out["steps"] = steps_json(item);
    out["next"] = next_json(item);
    out["breaks"] = breaks_json(item);
    out["statements"] = statements_json(item);
    out["series"] = item.series;
    out["adopted_at"] = instant_json(item.adopted_at);
    out["meeting"] = item.meeting.empty() ? Json(nullptr) : Json(item.meeting);
    out["announced_in"] = item.announced_in.empty() ? Json(nullptr) : Json(item.announced_in);
    out["journal"] = item.journal.empty() ? Json(nullptr) : Json(item.journal);
    const bool held_back = rules.embargo && item.adopted_at && !item.adopted_in_meeting && !item.announced_at;
    out["embargo_until"] =
        held_back ? Json(reader_.say("the meeting in which the adoption is announced")) : Json(nullptr);
    out["case"] = item.application.empty() ? Json(nullptr) : Json(item.application);
    out["superseded_by"] = item.superseded_by.empty() ? Json(nullptr) : Json(item.superseded_by);
    out["handling"] = {{"tlp", document::name_of(item.handling.tlp)},
                       {"statuses", item.handling.statuses},
                       {"recipients", item.handling.recipients}};
    out["history"] = history_json(item);
    out["can"] = forms_json(forms(item), reader_.say);
    return out;
  }

  Json version_json(const procedure::Version& version) const {
    Json out = {{"version", version.mark},
                {"mark", version.mark},
                {"at", format_instant(version.at)},
                {"text", words(version.words)},
                {"words", version.words}};
    if (!version.note.empty()) out["note"] = version.note;
    return out;
  }

  // What the asker may do now: each act is tried on the desk, and what it would refuse is not offered.
  std::vector<ActForm> forms(const Case& item) const {
    std::vector<ActForm> out;
    if (!reader_.asker.acts) return out;
    const Instant now = this->now();
    const std::string& party = reader_.asker.party;
    const bool chair = desk_.is_chair(item, party, now, state_);
    for (const Offer& offer : offers(item, now)) {
      const auto offer_as = [&](Capacity capacity, const std::string& delegation) {
        const secretariat::Act wanted{.type = "consultation." + std::string(name_of(offer.kind)),
                                      .stamp = {.at = now,
                                                .actor = {.delegation = delegation, .capacity = capacity},
                                                .subject = item.id},
                                      .fields = offer.probe};
        try {
          if (desk_.judge(wanted, state_).refusal) return false;
        } catch (const Error&) {
          return false;
        }
        ActForm form = offer.form;
        form.type = wanted.type;
        form.capacity = capacity;
        if (capacity == Capacity::chair) form.delegation = delegation;
        out.push_back(std::move(form));
        return true;
      };
      if (reader_.asker.secretariat && offer_as(Capacity::secretariat, "")) continue;
      if (party.empty() || reader_.asker.secretariat) continue;
      if (offer_as(Capacity::delegation, party)) continue;
      if (chair) offer_as(Capacity::chair, party);
    }
    return out;
  }

  // The server's time, by which everything here is decided; never before the last act.
  Instant now() const {
    const auto& clock = workspace_.options().clock;
    return clock ? std::max<Instant>(clock(), state_.last()) : state_.last();
  }

  // Putting a text before one of the bodies that the asker may put one before.
  std::vector<ActForm> openings() const {
    if (!reader_.asker.acts) return {};
    const Capacity capacity = reader_.asker.secretariat ? Capacity::secretariat : Capacity::delegation;
    const nlohmann::json some_words = {{"en", "x"}};
    std::vector<FormChoice> bodies;
    bool some_name_members = false;  // the register does not know who is entitled
    for (const meetings::Body& body : state_.desks().meetings.bodies().all()) {
      if (body.rule_set.empty()) continue;
      secretariat::Act wanted{.type = "consultation.opened",
                              .stamp = {.at = now(), .actor = {.capacity = capacity}},
                              .fields = {{"body", body.id}, {"title", some_words}, {"text", some_words}}};
      if (capacity == Capacity::delegation) wanted.stamp.actor.delegation = reader_.asker.party;
      try {
        if (const auto refusal = desk_.judge(wanted, state_).refusal) {
          if (capacity == Capacity::delegation || !names_members(body.rule_set, refusal->rule)) continue;
          some_name_members = true;
        }
      } catch (const Error&) {
        continue;
      }
      bodies.push_back({.id = body.id, .name = words(body.names)});
    }
    if (bodies.empty()) return {};
    ActForm form{.type = "consultation.opened",
                 .says = "Put a text before a body",
                 .fields = {{.name = "body",
                             .kind = "choice",
                             .label = "Body",
                             .required = true,
                             .choices = std::move(bodies)},
                            {.name = "title", .kind = "words", .label = "Title", .required = true},
                            {.name = "text", .kind = "words", .label = "Text", .required = true}},
                 .capacity = capacity};
    if (some_name_members)
      form.fields.push_back({.name = "entitled",
                             .kind = "states",
                             .label = "States that may object",
                             .hint = "Only for a body whose members the register does not know."});
    return {std::move(form)};
  }

 private:
  struct Offer {
    Kind kind{};
    nlohmann::json probe{};  // fields with which it is tried
    ActForm form{};
  };

  // Whether a text can be put before such a body if its members are named.
  bool names_members(std::string_view rule_set, std::string_view refused_by) const {
    const procedure::RuleSet* set = desk_.book().rules().find(rule_set);
    return set != nullptr && set->parameters.members > 0 && set->rule_for("members", "") == refused_by;
  }

  // The meetings of the body that are open, in which something can be done now.
  std::vector<FormChoice> open_meetings(const Case& item) const {
    std::vector<FormChoice> out;
    const secretariat::MeetingsDesk& meetings = state_.desks().meetings;
    if (meetings.bodies().find(item.body) == nullptr) return out;
    for (const meetings::Meeting* each : meetings.between(Instant::min(), Instant::max(), item.body)) {
      if (each->state == meetings::MeetingState::open || each->state == meetings::MeetingState::suspended)
        out.push_back({.id = each->id, .name = each->id + " · " + words(each->title)});
    }
    return out;
  }

  std::vector<Offer> offers(const Case& item, Instant now) const {
    std::vector<FormChoice> meetings = open_meetings(item);
    const bool known_body = state_.desks().meetings.bodies().find(item.body) != nullptr;
    const std::string meeting = meetings.empty() ? (known_body ? "" : "a meeting") : meetings.front().id;
    const FormField in_meeting{.name = "meeting",
                               .kind = meetings.empty() ? "text" : "choice",
                               .label = "Meeting",
                               .required = true,
                               .choices = meetings};
    const FormField reason{.name = "text", .kind = "text", .label = "Reason"};
    const FormField text{.name = "text", .kind = "words", .label = "Text", .required = true};
    const FormField note{.name = "note", .kind = "text", .label = "Note"};
    FormField deadline{.name = "deadline",
                       .kind = "deadline",
                       .label = "Silence expires",
                       .required = true,
                       .hint = "the exact time, in the zone in which it is said"};
    // A time that any rule would take: far enough ahead, at noon.
    const auto zone = Zone::named(item.zone);
    LocalTime far = zone->local(now);
    far.day = std::chrono::sys_days(far.day) + std::chrono::days(60);
    far.since_midnight = std::chrono::hours(12);
    const nlohmann::json later = {{"local", format_local_time(far)}, {"zone", item.zone}};
    FormField stated = deadline;
    stated.required = !item.suggested_expiry;
    nlohmann::json silence = {{"meeting", item.meeting}};
    if (!item.suggested_expiry) silence["deadline"] = later;
    FormField perhaps = deadline;
    perhaps.required = false;
    std::vector<FormChoice> kinds = {{.id = "objection", .name = reader_.say("objection")}};
    if (desk_.book().rules_of(item).parameters.amendment_breaks)
      kinds.push_back({.id = "amendment", .name = reader_.say("amendment")});
    const std::vector<FormChoice> statements = {
        {.id = "interpretative", .name = reader_.say("interpretative statement")},
        {.id = "reservation", .name = reader_.say("formal reservation")}};
    std::vector<FormChoice> states;
    for (const std::string& each : item.entitled)
      states.push_back({.id = each, .name = workspace_.name_of(each, reader_.language)});
    const nlohmann::json some_words = {{"en", "x"}};
    return {
        {Kind::objected,
         {{"text", "x"}},
         {.says = "Object",
          .fields = {{.name = "kind",
                      .kind = "choice",
                      .label = "Objection or amendment",
                      .required = true,
                      .choices = kinds},
                     {.name = "text", .kind = "text", .label = "Text"}}}},
        {Kind::objected_in_meeting,
         nlohmann::json::object(),
         {.says = "Object in the meeting", .fields = {reason}}},
        {Kind::objection_withdrawn,
         nlohmann::json::object(),
         {.says = "Withdraw the objection", .fields = {reason}}},
        {Kind::hold_placed, nlohmann::json::object(), {.says = "Place a hold", .fields = {reason}}},
        {Kind::hold_extended, nlohmann::json::object(), {.says = "Extend the hold", .fields = {reason}}},
        {Kind::hold_released, nlohmann::json::object(), {.says = "Release the hold", .fields = {reason}}},
        {Kind::statement_made,
         {{"text", some_words}},
         {.says = "Make a statement",
          .fields = {{.name = "kind",
                      .kind = "choice",
                      .label = "Kind of statement",
                      .required = true,
                      .choices = statements},
                     text,
                     {.name = "with", .kind = "states", .label = "Joined by", .choices = states}}}},
        {Kind::proposed,
         {{"meeting", meeting}},
         {.says = "Suggest in a meeting", .fields = {in_meeting, perhaps}}},
        {Kind::silence_opened,
         silence,
         {.says = "Put under silence",
          .fields = {stated, {.name = "urgent", .kind = "flag", .label = "Urgent"}}}},
        {Kind::adopted_in_meeting,
         {{"meeting", item.meeting.empty() ? meeting : item.meeting}, {"present", item.entitled}},
         {.says = "Adopt in the meeting",
          .fields = {in_meeting,
                     {.name = "present", .kind = "states", .label = "Present", .choices = states}}}},
        {Kind::extended,
         {{"deadline", later}},
         {.says = "Extend the silence period", .fields = {deadline, reason}}},
        {Kind::confirmed,
         {{"letter", "x"}},
         {.says = "Confirm by letter",
          .fields = {{.name = "letter", .kind = "text", .label = "Letter", .required = true}}}},
        {Kind::announced,
         {{"meeting", meeting}},
         {.says = "Announce the adoption",
          .fields = {in_meeting, {.name = "journal", .kind = "text", .label = "Journal"}}}},
        {Kind::issued, nlohmann::json::object(), {.says = "Issue the decision"}},
        {Kind::revised, {{"text", some_words}}, {.says = "Revise the text", .fields = {text, note}}},
        {Kind::corrected, {{"text", some_words}}, {.says = "Issue a correction", .fields = {text, note}}},
        {Kind::statements_closed, nlohmann::json::object(), {.says = "Close the time for statements"}},
        {Kind::withdrawn, nlohmann::json::object(), {.says = "Withdraw the text", .fields = {reason}}},
    };
  }

  Workspace& workspace_;
  const Secretariat& state_;
  const ConveningReader& reader_;
  const ConsultationsDesk& desk_;
};

void require_zone(const ConveningReader& reader) {
  if (!reader.zone.empty() && !Zone::named(reader.zone))
    throw Error(ErrorKind::invalid_input, "there is no time zone \"" + reader.zone + "\"");
}

template <typename Answer>
Json ask(Workspace& workspace, const ConveningReader& reader, const Answer& answer) {
  return workspace.convening().read(
      workspace, [&](const Secretariat& state) { return answer(View(workspace, state, reader)); });
}

}  // namespace

Json consultations_json(Workspace& workspace, const ConsultationsQuestion& question,
                        const ConveningReader& reader) {
  require_zone(reader);
  if (!question.state.empty()) {
    bool known = false;
    for (int each = 0; each <= static_cast<int>(State::superseded); ++each)
      known = known || name_of(static_cast<State>(each)) == question.state;
    if (!known)
      throw Error(ErrorKind::invalid_input, "there is no state \"" + question.state + "\" of a consultation");
  }
  return ask(workspace, reader, [&](const View& view) {
    std::vector<const Case*> found;
    for (const auto& [id, item] : view.desk().book().all()) {
      if (!question.state.empty() && name_of(item.state) != question.state) continue;
      if (!question.body.empty() && item.body != question.body) continue;
      if (view.sees(item)) found.push_back(&item);
    }
    // Where a clock runs first, the one that ends next before others; then the latest.
    const auto runs = [](const Case* item) {
      return item->state == State::under_silence || item->state == State::on_hold;
    };
    std::stable_sort(found.begin(), found.end(), [&](const Case* a, const Case* b) {
      if (runs(a) != runs(b)) return runs(a);
      if (runs(a)) return *a->closes_at() < *b->closes_at();
      return a->opened_at > b->opened_at;
    });
    Json rows = Json::array();
    for (std::size_t at = question.offset; at < found.size() && rows.size() < question.limit; ++at)
      rows.push_back(view.short_json(*found[at]));
    return Json{{"consultations", std::move(rows)},
                {"total", found.size()},
                {"now", format_instant(view.now())},
                {"can", forms_json(view.openings(), reader.say)}};
  });
}

Json consultation_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  require_zone(reader);
  return ask(workspace, reader, [&](const View& view) {
    const Case* item = view.desk().find(id);
    if (item == nullptr || !view.sees(*item))
      throw Error(ErrorKind::not_found, "there is no consultation \"" + id + "\"");
    return view.full_json(*item);
  });
}

Json consultation_row(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  return ask(workspace, reader, [&](const View& view) -> Json {
    const Case* item = view.desk().find(id);
    return item == nullptr || !view.sees(*item) ? Json(nullptr) : view.short_json(*item);
  });
}

Json rule_sets_json(Workspace& workspace, const ConveningReader& reader) {
  return ask(workspace, reader, [&](const View& view) {
    const procedure::RuleSets& sets = view.desk().book().rules();
    const auto rule_json = [&](const procedure::Rule& rule) {
      return Json{{"id", rule.id},
                  {"stage", name_of(rule.stage)},
                  {"says", view.words(rule.says)},
                  {"quote", rule.quote},
                  {"source", rule.source}};
    };
    Json out = {{"rule_sets", Json::array()}, {"general", Json::array()}};
    for (const procedure::RuleSet& set : sets.all()) {
      Json rules = Json::array();
      for (const procedure::Rule& rule : set.rules) {
        Json one = rule_json(rule);
        one["sets"] = Json::array();
        for (const auto& [parameter, by] : set.set_by) {
          if (by == rule.id) one["sets"].push_back(parameter);
        }
        rules.push_back(std::move(one));
      }
      out["rule_sets"].push_back({{"id", set.id},
                                  {"name", view.words(set.name)},
                                  {"organization", view.state_json(set.organization)},
                                  {"zone", set.zone},
                                  {"source", set.source},
                                  {"rules", std::move(rules)}});
    }
    for (const procedure::Rule& rule : sets.general()) out["general"].push_back(rule_json(rule));
    return out;
  });
}

}  // namespace mithaq::service
