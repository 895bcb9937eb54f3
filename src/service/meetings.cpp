#include "service/meetings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/convening_view.hpp"
#include "service/json_rows.hpp"

namespace mithaq::service {

namespace {

using acts::Capacity;
using meetings::Body;
using meetings::Meeting;
using meetings::MeetingState;
using meetings::Speech;
using meetings::SpeechKind;
using meetings::SpeechState;
using secretariat::MeetingsDesk;
using secretariat::Secretariat;
using Json = nlohmann::ordered_json;

constexpr int kYearMin = 1990, kYearMax = 2100;
constexpr int kYearsBefore = 5, kYearsAfter = 2;  // of chairs shown around a year

// Everything that one answer is made from.
struct View : ConveningView {
  const MeetingsDesk& desk = state.desks().meetings;

  Json status(const std::string& id) const {
    const access::Status* found = state.standing().known().find(id);
    const std::string name =
        found == nullptr ? id : found->names.at(std::string(language_code(reader.language)));
    return Json{{"id", id}, {"name", name}};
  }
  bool sees(const Body& body, const Meeting& meeting) const {
    return (!reader.asker.party.empty() && meeting.invitee(reader.asker.party) != nullptr) ||
           reader.sees(body.handling);
  }
};

std::string state_words(MeetingState state) {
  switch (state) {
    case MeetingState::planned:
      return "Planned";
    case MeetingState::invited:
      return "Invitations are out";
    case MeetingState::open:
      return "In session";
    case MeetingState::suspended:
      return "Suspended";
    case MeetingState::closed:
      return "Closed";
    case MeetingState::cancelled:
      return "Cancelled";
  }
  return "";
}

std::string kind_words(const std::string& kind) {
  static const std::map<std::string, std::string> kWords = {{"council", "Council"},
                                                            {"forum", "Forum"},
                                                            {"contact_group", "Contact group"},
                                                            {"conference", "Conference"},
                                                            {"ministerial", "Ministerial meeting"},
                                                            {"summit", "Summit"},
                                                            {"review_conference", "Review conference"},
                                                            {"assembly", "Assembly"},
                                                            {"committee", "Committee"}};
  const auto found = kWords.find(kind);
  return found == kWords.end() ? kind : found->second;
}

std::string item_words(meetings::ItemState state) {
  switch (state) {
    case meetings::ItemState::ahead:
      return "Ahead";
    case meetings::ItemState::now:
      return "Before the meeting";
    case meetings::ItemState::done:
      return "Dealt with";
  }
  return "";
}

std::string speech_words(SpeechState state) {
  switch (state) {
    case SpeechState::waiting:
      return "Waits for the floor";
    case SpeechState::speaking:
      return "Has the floor";
    case SpeechState::spoken:
      return "Has spoken";
    case SpeechState::withdrawn:
      return "Withdrew";
    case SpeechState::unheard:
      return "Was not heard";
  }
  return "";
}

template <typename Enum>
std::string name_in(Enum value) {
  return std::string(names_of(value)[static_cast<std::size_t>(value)]);
}

Json day_or_null(const std::optional<meetings::Day>& day) {
  return day ? Json(format_day(*day)) : Json();
}

Json chair_json(const View& view, const meetings::Chair& chair) {
  return {{"state", view.named(chair.state)},
          {"from", format_day(chair.term.from)},
          {"to", day_or_null(chair.term.to)},
          {"rule", view.words(chair.says)},
          {"rule_kind", name_in(chair.rule)},
          {"expected", chair.term.expected},
          {"source", chair.source}};
}

Json meets_json(const View& view, const Body& body) {
  for (const meetings::MeetingRule& rule : view.desk.calendar().rules()) {
    if (rule.body == body.id) return {{"says", view.words(rule.says)}, {"rule", rule.id}};
  }
  return {{"says", ""}, {"rule", ""}};
}

Json body_row(const View& view, const Body& body) {
  const auto chairs = view.desk.chairs_of(body.id, view.now);
  Json out = {{"id", body.id},
              {"name", view.words(body.names)},
              {"organization", view.named(body.organization)},
              {"kind", body.kind},
              {"kind_name", view.say(kind_words(body.kind))},
              {"rule_set", Json()},
              {"chair", chairs.empty() ? Json() : chair_json(view, chairs.front())},
              {"meets", meets_json(view, body)},
              {"zone", body.zone}};
  if (!body.rule_set.empty())
    out["rule_set"] = {{"id", body.rule_set}, {"name", view.words(view.desk.rule_set_name(body.rule_set))}};
  return out;
}

const Body& body_of(const View& view, const std::string& id) {
  const Body* body = view.desk.bodies().find(id);
  if (body == nullptr) throw Error(ErrorKind::not_found, "there is no body \"" + id + "\"");
  return *body;
}

Json short_json(const View& view, const Meeting& meeting) {
  const Body* body = view.desk.bodies().find(meeting.body);
  return {{"id", meeting.id},
          {"body", Json{{"id", meeting.body}, {"name", body == nullptr ? "" : view.words(body->names)}}},
          {"number", meeting.number == 0 ? Json() : Json(meeting.number)},
          {"title", view.words(meeting.title)},
          {"begins", format_instant(meeting.begins.at)},
          {"ends", format_instant(meeting.ends.at)},
          {"zone", meeting.begins.zone},
          {"begins_local", meeting.begins.local},
          {"ends_local", meeting.ends.local},
          {"place", view.say(meeting.place)},
          {"state", name_in(meeting.state)},
          {"state_name", view.say(state_words(meeting.state))},
          {"sequence", meeting.sequence}};
}

bool sees_paper(const View& view, const meetings::Paper& paper) {
  return (!view.reader.asker.party.empty() && paper.delegation == view.reader.asker.party) ||
         view.reader.sees(paper.handling);
}

Json paper_json(const View& view, const meetings::Paper& paper) {
  Json out = {{"symbol", paper.symbol},
              {"title", view.words(paper.title)},
              {"handling", handling_json(paper.handling)},
              {"restricted", paper.restricted},
              {"url", paper.document.empty() ? "" : "/documents/" + paper.document}};
  if (paper.speech != 0) out["speech"] = std::to_string(paper.speech);
  if (!paper.delegation.empty()) out["delegation"] = view.named(paper.delegation);
  return out;
}

Json papers_json(const View& view, const std::vector<meetings::Paper>& papers) {
  Json out = Json::array();
  for (const meetings::Paper& each : papers) {
    if (sees_paper(view, each)) out.push_back(paper_json(view, each));
  }
  return out;
}

Json speech_json(const View& view, const Meeting& meeting, const Speech& speech) {
  Json aligned = Json::array();
  for (const std::string& each : speech.aligned) aligned.push_back(view.named(each));
  Json out = {
      {"id", std::to_string(speech.id)},
      {"delegation", view.named(speech.delegation)},
      {"group",
       speech.group.empty() ? "" : view.workspace.name_of(speech.group, speech.group, view.reader.language)},
      {"aligned", aligned},
      {"kind", name_in(speech.kind)},
      {"state", name_in(speech.state)},
      {"state_name", view.say(speech_words(speech.state))},
      {"partner", !speech.member},
      {"status", speech.status.empty() ? Json() : view.status(speech.status)},
      {"seconds", std::chrono::duration_cast<std::chrono::seconds>(speech.spoken_by(view.now)).count()},
      {"since", speech.running_since ? Json(format_instant(*speech.running_since)) : Json()},
      {"began", speech.began ? Json(format_instant(*speech.began)) : Json()},
      {"limit_seconds", speech.limit_seconds == 0 ? Json() : Json(speech.limit_seconds)}};
  if (!speech.text.empty()) out["text"] = speech.text;
  if (!speech.ruling.empty()) out["ruling"] = speech.ruling;
  // The symbol of its text, where the asker may see it.
  const meetings::Item* item = meeting.item(speech.item);
  for (const meetings::Paper& paper : item == nullptr ? meeting.papers : item->papers) {
    if (paper.speech != speech.id || !sees_paper(view, paper)) continue;
    out["symbol"] = paper.symbol;
    out["restricted"] = paper.restricted;
  }
  return out;
}

Json agenda_json(const View& view, const Meeting& meeting) {
  Json out = Json::array();
  for (const meetings::Item& item : meeting.items) {
    Json decisions = Json::array();
    for (const auto& each : item.decisions)
      decisions.push_back(
          {{"number", each.symbol}, {"consultation", each.consultation}, {"at", format_instant(each.at)}});
    out.push_back({{"number", std::to_string(item.number)},
                   {"title", view.words(item.title)},
                   {"documents", papers_json(view, item.papers)},
                   {"consultations", item.consultations},
                   {"decisions", decisions},
                   {"state", name_in(item.state)},
                   {"state_name", view.say(item_words(item.state))},
                   {"list_closed", item.list_closed}});
  }
  return out;
}

// Seats count along the table in the order of the invitation: the French alphabetical order, Partners behind.
Json registered_json(const View& view, const Meeting& meeting) {
  Json out = Json::array();
  int seat = 0;
  for (const meetings::Invitee& invitee : meeting.invitees) {
    ++seat;
    const auto found = meeting.registered.find(invitee.delegation);
    if (found == meeting.registered.end()) continue;
    Json names = Json::array();
    for (const meetings::Person& person : found->second.names)
      names.push_back(person.function.empty() ? person.name : person.name + ", " + person.function);
    out.push_back({{"delegation", view.named(invitee.delegation)},
                   {"seat", std::to_string(seat)},
                   {"seat_name", view.say((invitee.at_table ? "main table, seat " : "second row, seat ") +
                                          std::to_string(seat))},
                   {"at_table", invitee.at_table},
                   {"names", names},
                   {"at", format_instant(found->second.at)}});
  }
  return out;
}

Json invited_json(const View& view, const Meeting& meeting) {
  Json out = Json::array();
  for (const meetings::Invitee& each : meeting.invitees) {
    const Json status = each.status.empty() ? Json() : view.status(each.status);
    out.push_back(
        {{"state", view.named(each.delegation)},
         {"status", each.status},
         {"status_name", each.status.empty() ? view.say("by a decision") : status["name"].get<std::string>()},
         {"decision", each.decision},
         {"member", each.member},
         {"at_table", each.at_table},
         {"declined", meeting.declined.contains(each.delegation)}});
  }
  return out;
}

// What an act of the history was, in a sentence in English.
std::string said_of(const View& view, const secretariat::Act& act) {
  const std::string verb(act.verb());
  const auto text = [&](const char* name) {
    const auto found = act.fields.find(name);
    return found != act.fields.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto number = [&](const char* name) {
    const auto found = act.fields.find(name);
    return found != act.fields.end() && found->is_number_integer() ? found->get<int>() : 0;
  };
  const auto local = [&] {
    const auto found = act.fields.find("begins");
    return found == act.fields.end() ? std::string() : found->value("local", "").substr(0, 16);
  };
  if (verb == "planned") return "the meeting was planned for " + local();
  if (verb == "invited") return "invitations went out";
  if (verb == "moved") return "the meeting was moved to " + local();
  if (verb == "cancelled") return "the meeting was cancelled";
  if (verb == "agenda_proposed") return "an agenda was proposed";
  if (verb == "item_added") return "an item was added to the agenda";
  if (verb == "agenda_objected") return "objected to the agenda";
  if (verb == "agenda_objection_withdrawn") return "withdrew the objection to the agenda";
  if (verb == "agenda_adopted") return "the agenda was adopted";
  if (verb == "registered") return "registered";
  if (verb == "declined") return "declined";
  if (verb == "opened") return "the meeting was opened by " + text("chairperson");
  if (verb == "chair_taken") return text("chairperson") + " took the chair";
  if (verb == "suspended") return "the meeting was suspended";
  if (verb == "resumed") return "the meeting was resumed";
  if (verb == "closed") return "the meeting was closed";
  if (verb == "inscribed") return fmt::format("asked for the floor on item {}", number("item"));
  if (verb == "speaker_withdrawn") return "withdrew from the list of speakers";
  if (verb == "list_closed") return fmt::format("the list of speakers of item {} was closed", number("item"));
  if (verb == "floor_given") return "the floor was given";
  if (verb == "spoke") return "the statement ended";
  if (verb == "order_raised") return "raised a point of order";
  if (verb == "order_ruled") return "the Chair ruled on the point of order";
  if (verb == "item_opened") return fmt::format("item {} was taken up", number("item"));
  if (verb == "item_closed") return fmt::format("item {} was closed", number("item"));
  if (verb == "document_added") return fmt::format("the paper {} was handed in", text("symbol"));
  if (verb == "consultation_tabled")
    return fmt::format("the consultation {} came before the meeting", text("consultation"));
  if (verb == "decision_adopted")
    return fmt::format("the decision {} was adopted",
                       text("symbol").empty() ? text("consultation") : text("symbol"));
  if (verb == "limit_set") return fmt::format("the limit of time is {} seconds", number("seconds"));
  static_cast<void>(view);
  return verb;
}

Json history_json(const View& view, const Meeting& meeting) {
  Json out = Json::array();
  for (const secretariat::HistoryLine& line : view.desk.history(meeting.id)) {
    out.push_back(view.happened(line, std::string(said_of(view, line.act))));
  }
  return out;
}

// The forms of what the asker may do now: what the rules would let pass.
class Forms {
 public:
  Forms(const View& view, const Meeting& meeting, const Body& body)
      : view_(view), meeting_(meeting), body_(body) {
    const Asker& asker = view.reader.asker;
    if (!asker.acts) return;
    chair_ = !asker.party.empty() && view.desk.is_chair(body.id, asker.party, view.now);
    conduct();
    if (!asker.party.empty() && !asker.secretariat) take_part();
  }
  std::vector<ActForm> take() { return std::move(forms_); }

 private:
  using Fields = std::vector<FormField>;

  bool passes(const meetings::Fact& fact, Capacity capacity, const std::string& delegation) const {
    const acts::Stamp stamp{.at = view_.now,
                            .actor = {.by = "?", .delegation = delegation, .capacity = capacity},
                            .subject = meeting_.id};
    return !view_.desk.book().refusal(stamp, fact,
                                      view_.desk.asker(body_, delegation, view_.now, view_.state));
  }
  // As the Chair, else as the secretariat.
  void conducts(const meetings::Fact& fact, const char* says, Fields fields = {}) {
    const Asker& asker = view_.reader.asker;
    const Capacity capacity = chair_ ? Capacity::chair : Capacity::secretariat;
    if (!chair_ && !asker.secretariat) return;
    const std::string delegation = chair_ ? asker.party : "";
    if (!passes(fact, capacity, delegation)) return;
    forms_.push_back({.type = "meeting." + std::string(meetings::verb_of(fact)),
                      .says = says,
                      .fields = std::move(fields),
                      .capacity = capacity});
  }
  void takes_part(const meetings::Fact& fact, const char* says, Fields fields = {}) {
    if (!passes(fact, Capacity::delegation, view_.reader.asker.party)) return;
    forms_.push_back({.type = "meeting." + std::string(meetings::verb_of(fact)),
                      .says = says,
                      .fields = std::move(fields),
                      .capacity = Capacity::delegation});
  }
  FormField items(const std::function<bool(const meetings::Item&)>& fit) const {
    FormField field{.name = "item", .kind = "number", .label = "Item", .required = true};
    for (const meetings::Item& item : meeting_.items) {
      if (fit(item))
        field.choices.push_back(
            {std::to_string(item.number), fmt::format("{}. {}", item.number, view_.words(item.title))});
    }
    return field;
  }
  FormField speeches(const std::function<bool(const Speech&)>& fit) const {
    FormField field{.name = "speech", .kind = "number", .label = "Statement"};
    for (const Speech& speech : meeting_.speeches) {
      if (fit(speech))
        field.choices.push_back(
            {std::to_string(speech.id),
             fmt::format("{}. {}", speech.item,
                         view_.workspace.name_of(speech.delegation, view_.reader.language))});
    }
    return field;
  }
  static FormField text(const char* name, const char* label, bool required = false) {
    return {.name = name, .kind = "text", .label = label, .required = required};
  }
  static FormField words(const char* name, const char* label, bool required = false) {
    return {.name = name, .kind = "words", .label = label, .required = required};
  }
  void add_each(Fields fields, const char* says, const std::function<meetings::Fact(int)>& fact) {
    // Offered if it passes for any item of the form.
    if (fields.empty() || fields.front().choices.empty()) return;
    for (const FormChoice& choice : fields.front().choices) {
      const std::size_t before = forms_.size();
      conducts(fact(std::stoi(choice.id)), says, fields);
      if (forms_.size() != before) return;
    }
  }

  void conduct() {
    const acts::Words some = {{"en", "x"}};
    conducts(meetings::Invited{.invitees = {{.delegation = "?"}}},
             meeting_.invitees.empty() ? "Send the invitations" : "Invite who is new since",
             {{.name = "delegations", .kind = "states", .label = "Also, by a decision"},
              text("decision", "The decision"),
              words("text", "Text of the invitation")});
    conducts(meetings::Moved{.begins = shifted(meeting_.begins), .ends = shifted(meeting_.ends)},
             "Move the meeting",
             {{.name = "begins", .kind = "deadline", .label = "New beginning", .required = true},
              {.name = "ends", .kind = "deadline", .label = "New end", .hint = "empty: as long as before"},
              text("place", "Place"),
              words("reason", "Reason")});
    conducts(meetings::Cancelled{}, "Cancel the meeting", {words("reason", "Reason")});
    conducts(meetings::ItemAdded{.title = some}, "Add an item", {words("title", "Title", true)});
    conducts(meetings::Opened{.chairperson = "x"}, "Open the meeting",
             {text("chairperson", "Who presides", true),
              {.name = "number", .kind = "number", .label = "Number", .hint = "empty: the next"}});
    conducts(meetings::AgendaAdopted{}, "Adopt the agenda");
    add_each({items([](const auto& item) { return item.state != meetings::ItemState::now; })},
             "Take up an item", [](int item) { return meetings::ItemOpened{.item = item}; });
    add_each({items([&](const auto& item) { return meeting_.next_speech(item.number) != nullptr; })},
             "Give the floor to the next speaker",
             [](int item) { return meetings::FloorGiven{.item = item}; });
    conducts(meetings::Spoke{}, "End the statement");
    conducts(meetings::OrderRuled{.text = "x"}, "Rule on the point of order", {text("text", "Ruling", true)});
    add_each({items([](const auto& item) { return !item.list_closed; })}, "Close the list of speakers",
             [](int item) { return meetings::ListClosed{.item = item}; });
    add_each({items([](const auto& item) { return item.state == meetings::ItemState::now; })},
             "Close the item", [](int item) { return meetings::ItemClosed{.item = item}; });
    conducts(meetings::LimitSet{.seconds = 60}, "Set a limit of time",
             {{.name = "kind",
               .kind = "choice",
               .label = "Of what",
               .required = true,
               .choices = {{"statement", view_.say("Statements")},
                           {"right_of_reply", view_.say("Rights of reply")},
                           {"point_of_order", view_.say("Points of order")}}},
              {.name = "seconds", .kind = "number", .label = "Seconds", .required = true}});
    conducts(meetings::DocumentAdded{.title = some}, "Add a paper", paper_fields());
    add_each({items([](const auto&) { return true; }), text("consultation", "Consultation", true)},
             "Bring a consultation before the meeting",
             [](int item) { return meetings::ConsultationTabled{.item = item, .consultation = "?"}; });
    add_each({items([](const auto&) { return true; }), text("consultation", "Consultation"),
              text("symbol", "Symbol")},
             "Say that a decision is adopted",
             [](int item) { return meetings::DecisionAdopted{.item = item, .consultation = "?"}; });
    conducts(meetings::ChairTaken{.chairperson = "x"}, "Another person presides",
             {text("chairperson", "Who presides", true)});
    conducts(meetings::Suspended{}, "Suspend the meeting", {text("text", "Why")});
    conducts(meetings::Resumed{}, "Resume the meeting");
    conducts(meetings::Closed{.with_waiting = true}, "Close the meeting",
             {text("next", "Id of the next meeting"),
              words("next_said", "When the next meeting is"),
              {.name = "with_waiting", .kind = "flag", .label = "Though delegations wait for the floor"}});
  }

  void take_part() {
    const acts::Words some = {{"en", "x"}};
    takes_part(meetings::Registered{.names = {{.name = "x"}}}, "Register the delegation",
               {{.name = "names",
                 .kind = "text",
                 .label = "Who comes",
                 .required = true,
                 .hint = "one name a line"}});
    takes_part(meetings::Declined{}, "Decline", {text("text", "Why")});
    takes_part(meetings::ItemAdded{.title = some}, "Propose an item", {words("title", "Title", true)});
    takes_part(meetings::AgendaObjected{}, "Object to the agenda", {words("text", "Why")});
    takes_part(meetings::AgendaObjectionWithdrawn{}, "Withdraw the objection to the agenda");
    inscribe(SpeechKind::statement, "Ask for the floor");
    inscribe(SpeechKind::right_of_reply, "Ask for a right of reply");
    const FormField own = speeches([&](const Speech& speech) {
      return speech.delegation == view_.reader.asker.party && speech.state == SpeechState::waiting;
    });
    if (!own.choices.empty())
      takes_part(meetings::SpeakerWithdrawn{.speech = std::stoi(own.choices.front().id)},
                 "Withdraw from the list of speakers", {own});
    takes_part(meetings::OrderRaised{.text = "x"}, "Raise a point of order",
               {text("text", "What it is about", true)});
    if (!chair_) {
      takes_part(meetings::Spoke{}, "End the statement");
      takes_part(meetings::DocumentAdded{.title = some}, "Hand in a paper", paper_fields());
    }
  }

  void inscribe(SpeechKind kind, const char* says) {
    FormField field = items([&](const meetings::Item& item) {
      return passes(meetings::Inscribed{.item = item.number, .kind = kind}, Capacity::delegation,
                    view_.reader.asker.party);
    });
    if (field.choices.empty()) return;
    const int first = std::stoi(field.choices.front().id);
    Fields fields = {
        std::move(field),
        {.name = "kind",
         .kind = "choice",
         .label = "Kind",
         .required = true,
         .choices = {
             {name_in(kind), view_.say(kind == SpeechKind::statement ? "Statement" : "Right of reply")}}}};
    if (kind == SpeechKind::statement) {
      fields.push_back(text("group", "For a group"));
      fields.push_back({.name = "aligned", .kind = "states", .label = "In alignment"});
    }
    takes_part(meetings::Inscribed{.item = first, .kind = kind}, says, std::move(fields));
  }

  Fields paper_fields() const {
    FormField item = items([](const auto&) { return true; });
    item.required = false;
    FormField speech = speeches([&](const Speech& each) {
      return chair_ || view_.reader.asker.secretariat || each.delegation == view_.reader.asker.party;
    });
    Fields fields = {words("title", "Title", true), std::move(item)};
    if (!speech.choices.empty()) fields.push_back(std::move(speech));
    fields.push_back({.name = "symbol", .kind = "text", .label = "Symbol", .hint = "empty: the next"});
    fields.push_back({.name = "restricted", .kind = "flag", .label = "OSCE+"});
    fields.push_back({.name = "document", .kind = "document", .label = "Document"});
    return fields;
  }

  static acts::Deadline shifted(acts::Deadline deadline) {
    deadline.at += std::chrono::hours(1);
    return deadline;
  }

  const View& view_;
  const Meeting& meeting_;
  const Body& body_;
  bool chair_ = false;
  std::vector<ActForm> forms_{};
};

// What can be planned: of which bodies the asker may say so.
std::vector<ActForm> plan_forms(const View& view, const std::string& only_body) {
  const Asker& asker = view.reader.asker;
  std::vector<FormChoice> bodies;
  bool chair = false;
  for (const Body& body : view.desk.bodies().all()) {
    if (!only_body.empty() && body.id != only_body) continue;
    const bool chairs = !asker.party.empty() && view.desk.is_chair(body.id, asker.party, view.now);
    if (!asker.secretariat && !chairs) continue;
    chair = chair || (chairs && !asker.secretariat);
    bodies.push_back({body.id, view.words(body.names)});
  }
  if (!asker.acts || bodies.empty()) return {};
  return {
      {.type = "meeting.planned",
       .says = "Plan a meeting",
       .fields = {{.name = "body", .kind = "choice", .label = "Body", .required = true, .choices = bodies},
                  {.name = "begins", .kind = "deadline", .label = "Begins", .required = true},
                  {.name = "ends", .kind = "deadline", .label = "Ends", .hint = "empty: as long as usual"},
                  {.name = "title", .kind = "words", .label = "Title", .hint = "empty: that of the body"},
                  {.name = "place", .kind = "text", .label = "Place"}},
       .capacity = chair ? Capacity::chair : Capacity::secretariat}};
}

}  // namespace

Json bodies_json(Workspace& workspace, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [](const View& view) {
    Json rows = Json::array();
    for (const Body& body : view.desk.bodies().all()) rows.push_back(body_row(view, body));
    return Json{{"bodies", rows}};
  });
}

Json body_json(Workspace& workspace, const std::string& id, int year, const ConveningReader& reader) {
  if (year != 0 && (year < kYearMin || year > kYearMax))
    throw Error(ErrorKind::invalid_input, "a year is from 1990 to 2100");
  return view_now<View>(workspace, reader, [&](const View& view) {
    const Body& body = body_of(view, id);
    Json out = body_row(view, body);
    const meetings::Day today = view.desk.day_in(body.id, view.now);
    const int around = year == 0 ? static_cast<int>(today.year()) : year;
    Json chairs = Json::array();
    std::vector<std::pair<std::string, meetings::Day>> seen;
    for (int each = around - kYearsBefore; each <= around + kYearsAfter; ++each) {
      for (const meetings::Chair& chair : view.desk.bodies().chairs_in(body.id, std::chrono::year(each))) {
        const std::pair key(chair.state, chair.term.from);
        if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
        seen.push_back(key);
        chairs.push_back(chair_json(view, chair));
      }
    }
    for (const meetings::ChairNamed& named : view.desk.book().named_chairs()) {
      if (named.body != body.id) continue;
      chairs.push_back({{"state", view.named(named.state)},
                        {"from", format_day(named.from)},
                        {"to", named.to.ok() ? Json(format_day(named.to)) : Json()},
                        {"rule", view.say("named by a decision")},
                        {"rule_kind", "named"},
                        {"expected", false},
                        {"source", named.decision}});
    }
    out["chairs"] = chairs;
    const meetings::Day day =
        year == 0 ? today : meetings::Day(std::chrono::year(year) / today.month() / std::chrono::day(1));
    Json troika = Json::array();
    const meetings::Troika three =
        view.desk.bodies().troika(view.desk.bodies().chairmanship_of(body.id, day), day);
    for (const auto& [role, term] : {std::pair("outgoing", three.outgoing), std::pair("holder", three.holder),
                                     std::pair("incoming", three.incoming)}) {
      if (term)
        troika.push_back({{"role", role},
                          {"state", view.named(term->state)},
                          {"from", format_day(term->from)},
                          {"to", day_or_null(term->to)}});
    }
    out["troika"] = troika;
    out["members_status"] = view.status(body.members.front());
    Json invited = Json::array();
    for (const std::string& each : body.invited) invited.push_back(view.status(each));
    out["invited"] = invited;
    out["languages"] = body.languages;
    out["series"] = {{"decisions", body.decisions}, {"journals", body.journals}, {"papers", body.papers}};
    out["source"] = body.source;
    out["can"] = forms_json(plan_forms(view, body.id), reader.say);
    return out;
  });
}

Json proposals_json(Workspace& workspace, const std::string& body, int year, const ConveningReader& reader) {
  if (year < kYearMin || year > kYearMax)
    throw Error(ErrorKind::invalid_input, "a year is from 1990 to 2100");
  return view_now<View>(workspace, reader, [&](const View& view) {
    if (!body.empty()) body_of(view, body);
    std::map<std::pair<std::string, Instant>, std::string> planned;
    for (const auto& [id, meeting] : view.desk.book().meetings()) {
      if (meeting.state != MeetingState::cancelled) planned[{meeting.body, meeting.begins.at}] = id;
    }
    Json rows = Json::array();
    for (const meetings::Proposal& each : view.desk.calendar().propose(body, std::chrono::year(year))) {
      const Body& of = body_of(view, each.body);
      const auto found = planned.find({each.body, each.begins.at});
      rows.push_back({{"rule", each.rule},
                      {"body", Json{{"id", each.body}, {"name", view.words(of.names)}}},
                      {"number", each.number},
                      {"title", view.words(each.title)},
                      {"begins", format_instant(each.begins.at)},
                      {"ends", format_instant(each.ends.at)},
                      {"begins_local", each.begins.local},
                      {"zone", each.begins.zone},
                      {"place", view.say(each.place)},
                      {"meeting", found == planned.end() ? Json() : Json(found->second)}});
    }
    return Json{{"year", year}, {"proposals", rows}, {"can", forms_json(plan_forms(view, body), reader.say)}};
  });
}

Json meetings_json(Workspace& workspace, const MeetingsQuestion& question, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) {
    if (!question.body.empty()) body_of(view, question.body);
    Json rows = Json::array();
    for (const Meeting* meeting : view.desk.between(question.from.value_or(Instant::min()),
                                                    question.to.value_or(Instant::max()), question.body)) {
      const Body* body = view.desk.bodies().find(meeting->body);
      if (body == nullptr || !view.sees(*body, *meeting)) continue;
      if (rows.size() == question.limit) break;
      rows.push_back(short_json(view, *meeting));
    }
    return Json{{"meetings", rows}, {"can", forms_json(plan_forms(view, question.body), reader.say)}};
  });
}

Json meeting_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) {
    const Meeting* meeting = view.desk.meeting(id);
    const Body* body = meeting == nullptr ? nullptr : view.desk.bodies().find(meeting->body);
    if (body == nullptr || !view.sees(*body, *meeting))
      throw Error(ErrorKind::not_found, "there is no meeting \"" + id + "\"");
    Json out = short_json(view, *meeting);
    out["agenda"] = agenda_json(view, *meeting);
    out["agenda_adopted"] = meeting->agenda_adopted;
    Json objections = Json::array();
    for (const Meeting::Objection& each : meeting->objections)
      objections.push_back({{"delegation", view.named(each.delegation)},
                            {"text", view.words(each.text)},
                            {"at", format_instant(each.at)}});
    out["agenda_objections"] = objections;
    out["documents"] = papers_json(view, meeting->papers);
    out["invited"] = invited_json(view, *meeting);
    out["registered"] = registered_json(view, *meeting);
    Json speakers = Json::object();
    for (const meetings::Item& item : meeting->items) speakers[std::to_string(item.number)] = Json::array();
    for (const Speech& speech : meeting->speeches)
      speakers[std::to_string(speech.item)].push_back(speech_json(view, *meeting, speech));
    out["speakers"] = speakers;
    out["speaking"] = meeting->speaking == 0 ? Json() : Json(std::to_string(meeting->speaking));
    out["order_pending"] =
        meeting->order_pending == 0 ? Json() : Json(std::to_string(meeting->order_pending));
    Json times = Json::array();
    for (const meetings::Time& each : meeting->times)
      times.push_back({{"kind", each.kind}, {"at", format_instant(each.at)}});
    out["times"] = times;
    Json chairs = Json::array();
    for (const meetings::Presiding& each : meeting->chairs)
      chairs.push_back({{"id", each.state},
                        {"name", each.chairperson},
                        {"state", each.state.empty() ? Json() : view.named(each.state)},
                        {"from", format_instant(each.from)}});
    out["chairs"] = chairs;
    Json chair_states = Json::array();
    for (const meetings::Chair& each : view.desk.chairs_of(body->id, meeting->begins.at))
      chair_states.push_back(chair_json(view, each));
    out["chaired_by"] = chair_states;
    Json decisions = Json::array();
    for (const meetings::Item& item : meeting->items) {
      for (const auto& each : item.decisions)
        decisions.push_back({{"number", each.symbol},
                             {"title", view.words(item.title)},
                             {"consultation", each.consultation},
                             {"at", format_instant(each.at)}});
    }
    out["decisions"] = decisions;
    const Meeting* next = view.desk.meeting(meeting->next);
    out["next_meeting"] = next == nullptr ? Json() : short_json(view, *next);
    out["next_said"] = view.words(meeting->next_said);
    out["reason"] = view.words(meeting->reason);
    out["journal"] = meeting->state == MeetingState::closed;
    out["can"] = forms_json(Forms(view, *meeting, *body).take(), reader.say);
    out["history"] = history_json(view, *meeting);
    return out;
  });
}

}  // namespace mithaq::service
