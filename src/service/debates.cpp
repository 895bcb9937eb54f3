#include "service/debates.hpp"

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
using debates::Cycle;
using debates::Debate;
using secretariat::DebatesDesk;
using secretariat::Secretariat;

constexpr int kSessionsShown = 4;

// What an act did; the sentences stand in data/messages.tsv.
std::string said_of(std::string_view verb) {
  if (verb == "opened") return "the debate was opened";
  if (verb == "note_given") return "the concept note was given";
  if (verb == "speaker_invited") return "a speaker was invited";
  if (verb == "speaker_answered") return "an invitation to speak was answered";
  if (verb == "views_asked") return "views were asked for";
  if (verb == "view_given") return "gave its view";
  if (verb == "held") return "the debate was held";
  if (verb == "concluded") return "the debate was concluded";
  if (verb == "cancelled") return "the debate was cancelled";
  if (verb == "item_followed") return "the item is followed";
  if (verb == "reminded") return "those concerned were reminded";
  return "a decision on the item was recorded";
}

// Tries acts on the desk, as one of those who may look.
class Probe {
 public:
  Probe(const Secretariat& state, const ConveningReader& reader, Instant now, std::string subject)
      : state_(state), reader_(reader), now_(now), subject_(std::move(subject)) {}

  bool permitted(const std::string& verb, Capacity capacity, nlohmann::json fields) const {
    try {
      return !state_.desks()
                  .debates
                  .judge({.type = "debate." + verb,
                          .stamp = {.at = now_,
                                    .actor = {.delegation = reader_.asker.party, .capacity = capacity},
                                    .subject = subject_},
                          .fields = std::move(fields)},
                         state_)
                  .refusal;
    } catch (const Error&) {
      return false;
    }
  }

 private:
  const Secretariat& state_;
  const ConveningReader& reader_;
  Instant now_;
  std::string subject_;
};

Json cycle_json(Workspace& workspace, const Secretariat& state, const Cycle& cycle,
                const ConveningReader& reader) {
  const DebatesDesk& desk = state.desks().debates;
  const Instant now = now_for(workspace, state.last());
  const auto found = desk.book().items().find(cycle.id);
  const debates::Item item = found == desk.book().items().end() ? debates::Item{} : found->second;
  Json sessions = Json::array();
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const int sits = desk.calendar().session_on(cycle.series, today).value_or(cycle.first);
  int session = debates::Calendar::due(cycle, sits) - cycle.every;
  for (int each = 0; each < kSessionsShown; ++each, session += cycle.every) {
    const auto opens = desk.calendar().opening(cycle.series, session);
    if (!opens) continue;
    const auto taken = item.taken_up.find(session);
    const bool opened = std::chrono::sys_days(*opens) <= today;
    Json reminders = Json::array();
    for (const int days : cycle.remind_days) {
      reminders.push_back({{"days", days},
                           {"at", format_instant(std::chrono::sys_days(*opens) - std::chrono::days(days))},
                           {"sent", item.reminded.contains({session, days})}});
    }
    sessions.push_back({{"session", session},
                        {"opens", format_day(*opens)},
                        {"state", taken != item.taken_up.end() ? "taken_up"
                                  : opened                     ? "due"
                                                               : "to_come"},
                        {"decision", taken != item.taken_up.end() ? Json(taken->second) : Json(nullptr)},
                        {"reminders", std::move(reminders)}});
  }
  std::vector<ActForm> forms;
  if (reader.asker.acts && reader.asker.secretariat) {
    const Probe probe(state, reader, now, cycle.id);
    if (probe.permitted("item_followed", Capacity::secretariat, nlohmann::json::object()))
      forms.push_back({.type = "debate.item_followed",
                       .says = "Follow this item and remind those concerned",
                       .capacity = Capacity::secretariat});
    for (const Json& each : sessions) {
      if (!probe.permitted("taken_up", Capacity::secretariat,
                           {{"session", each["session"]}, {"decision", "?"}}))
        continue;
      forms.push_back(
          {.type = "debate.taken_up",
           .says = "Record the decision of a session",
           .fields =
               {{.name = "session", .kind = "number", .label = "Session", .required = true},
                {.name = "decision", .kind = "text", .label = "Symbol of the decision", .required = true}},
           .capacity = Capacity::secretariat});
      break;
    }
  }
  return {{"id", cycle.id},
          {"item", words_for(reader, cycle.item)},
          {"series", cycle.series},
          {"every", cycle.every},
          {"followed", item.followed},
          {"source", cycle.source},
          {"sessions", std::move(sessions)},
          {"can", forms_json(forms, reader.say)}};
}

// Shows one debate to one reader.
class DebateView {
 public:
  DebateView(Workspace& workspace, const Secretariat& state, const Debate& about,
             const ConveningReader& reader)
      : workspace_(workspace),
        state_(state),
        desk_(state.desks().debates),
        about_(about),
        reader_(reader),
        now_(now_for(workspace, state.last())) {}

  Json short_json() const {
    return {{"id", about_.id},
            {"title", words_for(reader_, about_.opened.title)},
            {"body", named(about_.opened.body)},
            {"presidency", named(about_.opened.presidency)},
            {"state", name_of(about_.stage)},
            {"begins", format_instant(about_.opened.begins.at)},
            {"begins_local", clock_json(about_.opened.begins.at, about_.opened.begins.zone)},
            {"zone", about_.opened.begins.zone}};
  }

  bool visible() const { return sees(desk_.handling(about_)); }

  Json full_json() const {
    Json out = short_json();
    out["now"] = format_instant(now_);
    out["meeting"] = about_.opened.meeting;
    out["notes"] = Json::array();
    for (const debates::NoteGiven& each : about_.notes) {
      out["notes"].push_back(
          {{"document", each.document}, {"text", each.text}, {"at", format_instant(each.stamp.at)}});
    }
    out["speakers"] = Json::array();
    for (const debates::Speaker& each : about_.speakers) {
      const std::string name = words_for(reader_, each.invited.name);
      out["speakers"].push_back(
          {{"id", each.invited.speaker},
           {"name", name.empty() ? workspace_.name_of(each.invited.organization, reader_.language) : name},
           {"office", words_for(reader_, each.invited.office)},
           {"organization", named(each.invited.organization)},
           {"role", names_of(each.invited.role)[static_cast<std::size_t>(each.invited.role)]},
           {"accepts", each.accepts ? Json(*each.accepts) : Json(nullptr)}});
    }
    out["question"] = about_.asked ? Json(about_.asked->question) : Json(nullptr);
    out["views_before"] = about_.asked ? Json(format_instant(about_.asked->before.at)) : Json(nullptr);
    out["asked"] =
        about_.asked ? named_list_json(workspace_, about_.asked->asked, reader_.language) : Json::array();
    out["views"] = Json::array();
    out["views_shown"] = sees_views();
    for (const debates::View& each : about_.views) {
      if (!sees_views()) break;
      out["views"].push_back({{"delegation", named(each.given.stamp.actor.delegation)},
                              {"text", each.given.text},
                              {"document", each.given.document},
                              {"at", format_instant(each.given.stamp.at)},
                              {"late", each.given.late},
                              {"amended", each.amended}});
    }
    out["symbol"] = about_.held ? Json(about_.held->symbol) : Json(nullptr);
    out["outcome"] = about_.concluded ? Json(about_.concluded->outcome) : Json(nullptr);
    out["decision"] = about_.concluded ? Json(about_.concluded->decision) : Json(nullptr);
    out["cancelled_for"] = about_.cancelled_for;
    const Cycle* cycle = desk_.calendar().cycle(about_.opened.item);
    out["cycle"] = cycle == nullptr ? Json(nullptr) : cycle_json(workspace_, state_, *cycle, reader_);
    out["history"] = Json::array();
    for (const secretariat::HistoryLine& line : desk_.history(about_.id)) {
      const std::string_view verb = line.act.verb();
      out["history"].push_back(happened_json(workspace_, line, said_of(verb), reader_));
    }
    out["can"] = forms_json(forms(), reader_.say);
    return out;
  }

 private:
  bool sees(const document::Handling& handling) const {
    return reader_.asker.secretariat || !reader_.sees || reader_.sees(handling);
  }
  bool sees_views() const { return sees(desk_.views_handling(about_)); }
  Json named(const std::string& id) const { return named_json(workspace_, id, reader_.language); }

  std::vector<ActForm> forms() const {
    std::vector<ActForm> out;
    if (!reader_.asker.acts) return out;
    const Probe probe(state_, reader_, now_, about_.id);
    const acts::Words any = {{"en", "?"}};
    if (!reader_.asker.secretariat) {
      const Capacity own = Capacity::delegation;
      if (probe.permitted("view_given", own, {{"text", any}})) {
        out.push_back({.type = "debate.view_given",
                       .says = "Give the view of your delegation",
                       .fields = {{.name = "text", .kind = "words", .label = "View", .required = true},
                                  {.name = "document", .kind = "document", .label = "Document"}}});
      }
      answer_form(out, probe, own);
    }
    presidency_forms(out, probe, reader_.asker.secretariat ? Capacity::secretariat : Capacity::chair);
    return out;
  }

  void answer_form(std::vector<ActForm>& out, const Probe& probe, Capacity capacity) const {
    std::vector<FormChoice> invited;
    for (const debates::Speaker& each : about_.speakers) {
      if (!probe.permitted("speaker_answered", capacity, {{"speaker", each.invited.speaker}})) continue;
      const std::string name = words_for(reader_, each.invited.name);
      invited.push_back(
          {each.invited.speaker,
           name.empty() ? workspace_.name_of(each.invited.organization, reader_.language) : name});
    }
    if (invited.empty()) return;
    out.push_back({.type = "debate.speaker_answered",
                   .says = "Answer the invitation to speak",
                   .fields = {{.name = "speaker",
                               .kind = "choice",
                               .label = "Speaker",
                               .required = true,
                               .choices = std::move(invited)},
                              {.name = "accepts", .kind = "flag", .label = "Will speak"}},
                   .capacity = capacity});
  }

  void presidency_forms(std::vector<ActForm>& out, const Probe& probe, Capacity capacity) const {
    const acts::Words any = {{"en", "\x01?"}};
    const auto offer = [&](std::string type, std::string says, std::vector<FormField> fields) {
      out.push_back({.type = "debate." + type,
                     .says = std::move(says),
                     .fields = std::move(fields),
                     .capacity = capacity});
    };
    const FormField document{.name = "document", .kind = "document", .label = "Document"};
    if (probe.permitted("note_given", capacity, {{"text", any}})) {
      offer("note_given",
            about_.notes.empty() ? "Give the concept note" : "Give a new version of the concept note",
            {{.name = "text", .kind = "words", .label = "Concept note"}, document});
    }
    if (probe.permitted("speaker_invited", capacity, {{"name", any}})) {
      offer("speaker_invited", "Invite a speaker",
            {{.name = "name", .kind = "words", .label = "Name"},
             {.name = "office", .kind = "words", .label = "Office"},
             {.name = "organization", .kind = "text", .label = "State or organization (its id)"},
             {.name = "role",
              .kind = "choice",
              .label = "Role",
              .required = true,
              .choices = {{"briefer", reader_.say("briefer")},
                          {"guest", reader_.say("guest")},
                          {"regional_member", reader_.say("member of a regional organization")},
                          {"other_state", reader_.say("other interested State")}}}});
    }
    answer_form(out, probe, capacity);
    const auto zone = Zone::named(about_.opened.begins.zone);
    const auto statuses = state_.standing().known().all();
    // The last moment at which views could be asked for is the beginning itself.
    if (zone && !about_.asked &&
        probe.permitted("views_asked", capacity,
                        {{"statuses", {"UN/member"}},
                         {"before",
                          {{"local", about_.opened.begins.local},
                           {"zone", about_.opened.begins.zone},
                           {"offset", about_.opened.begins.offset}}}})) {
      std::vector<FormChoice> choices;
      for (const access::Status& each : statuses) {
        if (each.organization.empty()) continue;
        choices.push_back({each.id, each.names.at(std::string(language_code(reader_.language)))});
      }
      offer("views_asked", "Ask States for their views",
            {{.name = "question", .kind = "words", .label = "Question"},
             {.name = "statuses",
              .kind = "states",
              .label = "Whom",
              .required = true,
              .choices = std::move(choices)},
             {.name = "before", .kind = "deadline", .label = "Before", .required = true}});
    }
    if (probe.permitted("held", capacity,
                        {{"day", format_day(std::chrono::floor<std::chrono::days>(now_))}})) {
      offer("held", "Record that the debate was held",
            {{.name = "day", .kind = "day", .label = "Day", .required = true},
             {.name = "symbol", .kind = "text", .label = "Symbol of the record of the meeting"}});
    }
    if (probe.permitted("concluded", capacity, {{"outcome", any}})) {
      offer("concluded", "Record the outcome",
            {{.name = "outcome", .kind = "words", .label = "Outcome"},
             {.name = "decision", .kind = "text", .label = "Symbol of the decision"}});
    }
    if (probe.permitted("cancelled", capacity, nlohmann::json::object()))
      offer("cancelled", "Cancel the debate", {{.name = "reason", .kind = "words", .label = "Reason"}});
  }

  Workspace& workspace_;
  const Secretariat& state_;
  const DebatesDesk& desk_;
  const Debate& about_;
  const ConveningReader& reader_;
  Instant now_;
};

// Who chairs some body, or the secretariat, may open a debate.
std::vector<ActForm> openings(Workspace& workspace, const Secretariat& state, const ConveningReader& reader) {
  std::vector<ActForm> out;
  if (!reader.asker.acts) return out;
  const Instant now = now_for(workspace, state.last());
  const auto& meetings = state.desks().meetings;
  const bool secretariat = reader.asker.secretariat;
  std::vector<FormChoice> bodies, items;
  for (const auto& body : meetings.bodies().all()) {
    if (secretariat || meetings.is_chair(body.id, reader.asker.party, now))
      bodies.push_back({body.id, words_for(reader, body.names)});
  }
  if (bodies.empty()) return out;
  for (const Cycle& cycle : state.desks().debates.calendar().cycles())
    items.push_back({cycle.id, words_for(reader, cycle.item)});
  ActForm form{
      .type = "debate.opened",
      .says = "Prepare a debate",
      .fields = {{.name = "title", .kind = "words", .label = "Agenda item", .required = true},
                 {.name = "body",
                  .kind = secretariat ? "text" : "choice",
                  .label = "Body",
                  .required = true,
                  .choices = secretariat ? std::vector<FormChoice>{} : std::move(bodies)},
                 {.name = "begins", .kind = "deadline", .label = "Begins", .required = true},
                 {.name = "item", .kind = "choice", .label = "Item that comes back", .choices = items}},
      .capacity = secretariat ? Capacity::secretariat : Capacity::chair};
  if (secretariat) {
    form.fields.push_back(
        {.name = "presidency", .kind = "text", .label = "State that presides (its id)", .required = true});
  }
  out.push_back(std::move(form));
  return out;
}

}  // namespace

Json debates_json(Workspace& workspace, const ConveningReader& reader) {
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const DebatesDesk& desk = state.desks().debates;
    std::vector<const Debate*> shown;
    for (const auto& [id, about] : desk.book().debates()) {
      if (DebateView(workspace, state, about, reader).visible()) shown.push_back(&about);
    }
    std::stable_sort(shown.begin(), shown.end(), [](const Debate* a, const Debate* b) {
      return a->opened.begins.at > b->opened.begins.at;
    });
    Json rows = Json::array(), cycles = Json::array();
    for (const Debate* about : shown)
      rows.push_back(DebateView(workspace, state, *about, reader).short_json());
    for (const Cycle& cycle : desk.calendar().cycles())
      cycles.push_back(cycle_json(workspace, state, cycle, reader));
    const std::size_t total = rows.size();
    return Json{{"debates", std::move(rows)},
                {"cycles", std::move(cycles)},
                {"total", total},
                {"can", forms_json(openings(workspace, state, reader), reader.say)}};
  });
}

Json debate_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const Debate& about = state.desks().debates.book().find(id);
    const DebateView view(workspace, state, about, reader);
    if (!view.visible()) throw Error(ErrorKind::not_found, "there is no debate \"" + id + "\"");
    return view.full_json();
  });
}

}  // namespace mithaq::service
