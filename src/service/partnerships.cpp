#include "service/partnerships.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "service/consultations.hpp"
#include "service/convening.hpp"
#include "service/convening_rows.hpp"
#include "service/status_register.hpp"

namespace mithaq::service {

namespace {

using Json = nlohmann::ordered_json;
using acts::Capacity;
using partnership::Case;
using partnership::Stage;
using secretariat::Secretariat;

// What an act of a case did; the sentences stand in data/messages.tsv.
std::string said_of(std::string_view verb) {
  if (verb == "received") return "the formal request was received";
  if (verb == "circulated") return "the application was circulated";
  if (verb == "assessed") return "said what it thinks of a factor";
  if (verb == "factor_named") return "named a further factor";
  if (verb == "consulted") return "consultations were held";
  if (verb == "decision_opened") return "the decision was put to the body";
  if (verb == "granted") return "the status was granted";
  if (verb == "refused") return "the application was refused";
  if (verb == "withdrawn") return "withdrew its application";
  if (verb == "review_opened") return "a review of the status was opened";
  if (verb == "revocation_opened") return "the revocation was put to the body";
  return "the status was revoked";
}

Json status_json(const std::string& status, const ConveningReader& reader) {
  return {{"id", status}, {"name", reader.say(status_words(status))}};
}

Json right_json(const partnership::Right& right, const ConveningReader& reader) {
  return {{"what", right.what}, {"says", words_for(reader, right.says)}, {"source", right.source}};
}

// What a status of the register opens: the rights of all statuses of data/access that follow from it.
Json opens_json(const Secretariat& state, const std::string& organization, const std::string& status,
                const ConveningReader& reader) {
  Json out = Json::array();
  const access::Held held{organization, status};
  for (const std::string& id : state.standing().known().of({&held, 1})) {
    for (const partnership::Right* right : state.desks().partnerships.law().rights(id))
      out.push_back(right_json(*right, reader));
  }
  return out;
}

// Shows one case to one reader.
class CaseView {
 public:
  CaseView(Workspace& workspace, const Secretariat& state, const Case& about, const ConveningReader& reader)
      : workspace_(workspace),
        state_(state),
        desk_(state.desks().partnerships),
        about_(about),
        reader_(reader),
        now_(now_for(workspace, state.last())) {}

  bool visible() const { return sees(desk_.handling(about_)); }

  Json short_json() const {
    return {{"id", about_.id},
            {"title", words_for(reader_, about_.letter.title)},
            {"state", named_json(workspace_, about_.state, reader_.language)},
            {"organization", named_json(workspace_, about_.letter.organization, reader_.language)},
            {"status_wanted",
             {{"id", about_.letter.status}, {"name", words_for(reader_, desk_.path_of(about_).name)}}},
            {"stage", stage_name()},
            {"letter", about_.review ? Json(nullptr) : letter_json()},
            {"review", about_.review ? review_json() : Json(nullptr)}};
  }

  // All but the decision, which is another desk's.
  Json full_json() const {
    Json out = short_json();
    out["now"] = format_instant(now_);
    out["zone"] = desk_.path_of(about_).zone;
    out["circulated"] = nullptr;
    if (about_.circulated) {
      const partnership::Circulated& circulated = *about_.circulated;
      out["consulted"] = named_list_json(workspace_, circulated.consulted, reader_.language);
      out["circulated"] = {{"at", format_instant(circulated.stamp.at)},
                           {"document", circulated.document},
                           {"before", format_instant(circulated.before.at)},
                           {"before_local", clock_json(circulated.before.at, circulated.before.zone)}};
    }
    // The applicant is not shown what States say of it.
    const bool sees_assessments = sees(desk_.assessments_handling(about_));
    out["assessments_shown"] = sees_assessments;
    out["factors"] = factors_json(sees_assessments);
    out["consultations"] = Json::array();
    for (const partnership::Consulted& each : about_.consultations) {
      out["consultations"].push_back({{"held", format_day(each.held)},
                                      {"at", format_instant(each.stamp.at)},
                                      {"with", named_list_json(workspace_, each.with, reader_.language)},
                                      {"said", sees_assessments ? Json(each.said) : Json(nullptr)}});
    }
    out["decision"] = nullptr;
    out["revocation"] = nullptr;
    out["granted_at"] = about_.granted ? Json(format_instant(about_.granted->from)) : Json(nullptr);
    out["revoked_at"] = about_.revoked ? Json(format_instant(about_.revoked->from)) : Json(nullptr);
    out["closed_at"] = instant_json(about_.closed_at);
    out["closed_for"] = about_.closed_for;
    out["opens"] = opens_json(state_, about_.letter.organization, about_.letter.status, reader_);
    out["history"] = Json::array();
    for (const secretariat::HistoryLine& line : desk_.history(about_.id)) {
      const std::string_view verb = line.act.verb();
      if (!sees_assessments && (verb == "assessed" || verb == "factor_named")) continue;
      out["history"].push_back(happened_json(workspace_, line, said_of(verb), reader_));
    }
    out["can"] = forms_json(forms(), reader_.say);
    return out;
  }

 private:
  bool sees(const document::Handling& handling) const {
    return reader_.asker.secretariat || !reader_.sees || reader_.sees(handling);
  }

  Json letter_json() const {
    const partnership::Received& letter = about_.letter;
    return {{"at", format_instant(letter.stamp.at)},
            {"dated", format_day(letter.dated)},
            {"signed_by", letter.signed_by},
            {"document", letter.document},
            {"text", letter.letter}};
  }

  std::string_view stage_name() const {
    return about_.review && about_.stage == Stage::granted ? "under_review" : name_of(about_.stage);
  }

  Json review_json() const {
    return {{"at", format_instant(about_.review->stamp.at)}, {"reason", about_.review->reason}};
  }

  Json factor_json(const std::string& id, const acts::Words& name, const acts::Words& quote,
                   const std::string& source, bool sees_assessments) const {
    Json out = {{"id", id},
                {"name", words_for(reader_, name)},
                {"quote", words_for(reader_, quote)},
                {"source", source},
                {"assessments", Json::array()}};
    const auto said = about_.assessments.find(id);
    if (said == about_.assessments.end() || !sees_assessments) return out;
    for (const partnership::Assessment& each : said->second) {
      out["assessments"].push_back({{"delegation", named_json(workspace_, each.delegation, reader_.language)},
                                    {"text", each.text},
                                    {"at", format_instant(each.at)},
                                    {"late", each.late},
                                    {"amended", each.amended}});
    }
    return out;
  }

  Json factors_json(bool sees_assessments) const {
    Json out = Json::array();
    if (about_.review) return out;  // they are considered before a status is granted
    for (const partnership::Factor* each :
         desk_.law().factors(about_.letter.organization, about_.letter.status))
      out.push_back(factor_json(each->id, each->name, each->quote, each->source, sees_assessments));
    for (const partnership::NamedFactor& each : about_.named) {
      if (!sees_assessments) break;
      Json factor = factor_json(each.id, each.name, {}, "", sees_assessments);
      factor["named_by"] = named_json(workspace_, each.delegation, reader_.language);
      out.push_back(std::move(factor));
    }
    return out;
  }

  // Whether the desk would let an act pass now.
  bool permitted(const std::string& verb, Capacity capacity, nlohmann::json fields) const {
    try {
      return !desk_
                  .judge({.type = "application." + verb,
                          .stamp = {.at = now_,
                                    .actor = {.delegation = reader_.asker.party, .capacity = capacity},
                                    .subject = about_.id},
                          .fields = std::move(fields)},
                         state_)
                  .refusal;
    } catch (const Error&) {
      return false;
    }
  }

  // The consultations that could decide the case by this act.
  std::vector<FormChoice> consultations_for(const std::string& verb, Capacity capacity) const {
    std::vector<FormChoice> out;
    for (const auto& [id, item] : state_.desks().consultations.book().all()) {
      if (item.adopted_at || !permitted(verb, capacity, {{"consultation", id}})) continue;
      out.push_back({id, id + ": " + words_for(reader_, item.title)});
    }
    return out;
  }

  std::vector<ActForm> forms() const {
    std::vector<ActForm> out;
    if (!reader_.asker.acts) return out;
    const std::string probe = "?";
    std::vector<FormChoice> factors;
    for (const partnership::Factor* each :
         desk_.law().factors(about_.letter.organization, about_.letter.status))
      factors.push_back({each->id, words_for(reader_, each->name)});
    for (const partnership::NamedFactor& each : about_.named)
      factors.push_back({each.id, words_for(reader_, each.name)});
    const FormField name{.name = "name", .kind = "words", .label = "Name of the factor", .required = true};
    const FormField reason{.name = "reason", .kind = "words", .label = "Reason"};
    if (!reader_.asker.secretariat) {
      const Capacity own = Capacity::delegation;
      if (!factors.empty() &&
          permitted("assessed", own, {{"factor", factors.front().id}, {"text", {{"en", probe}}}})) {
        out.push_back({.type = "application.assessed",
                       .says = "Say what your delegation thinks of a factor",
                       .fields = {{.name = "factor",
                                   .kind = "choice",
                                   .label = "Factor",
                                   .required = true,
                                   .choices = factors},
                                  {.name = "text",
                                   .kind = "words",
                                   .label = "In your own words",
                                   .required = true,
                                   .hint = "The factors are neither exhaustive nor cumulative: no answer is "
                                           "required, and none is counted."}}});
      }
      if (permitted("factor_named", own, {{"name", {{"en", probe}}}}))
        out.push_back(
            {.type = "application.factor_named", .says = "Name a further factor", .fields = {name}});
      if (permitted("withdrawn", own, nlohmann::json::object()))
        out.push_back(
            {.type = "application.withdrawn", .says = "Withdraw the application", .fields = {reason}});
    }
    chair_forms(out, reader_.asker.secretariat ? Capacity::secretariat : Capacity::chair);
    return out;
  }

  void chair_forms(std::vector<ActForm>& out, Capacity capacity) const {
    const auto zone = Zone::named(desk_.path_of(about_).zone);
    // Noon in a month is a time that every clock shows once.
    LocalTime later = zone->local(now_ + std::chrono::days(30));
    later.since_midnight = std::chrono::hours(12);
    const FormField reason{.name = "reason", .kind = "words", .label = "Reason"};
    if (permitted("circulated", capacity, {{"before", {{"local", format_local_time(later)}}}})) {
      out.push_back({.type = "application.circulated",
                     .says = "Circulate the application",
                     .fields = {{.name = "before",
                                 .kind = "deadline",
                                 .label = "Assessments are asked for before",
                                 .required = true},
                                {.name = "document", .kind = "text", .label = "Symbol of the circular"}},
                     .capacity = capacity});
    }
    if (permitted("consulted", capacity, {{"held", format_day(zone->local(now_).day)}})) {
      out.push_back({.type = "application.consulted",
                     .says = "Record consultations",
                     .fields = {{.name = "held", .kind = "day", .label = "Day", .required = true},
                                {.name = "with",
                                 .kind = "states",
                                 .label = "With which States",
                                 .hint = "All that consider the application, if none is named."},
                                {.name = "said", .kind = "words", .label = "Summary of the Chair"}},
                     .capacity = capacity});
    }
    for (const auto& [verb, says] : {std::pair("decision_opened", "Put the decision to the body"),
                                     std::pair("revocation_opened", "Put a revocation to the body")}) {
      auto choices = consultations_for(verb, capacity);
      if (choices.empty()) continue;
      ActForm form{.type = std::string("application.") + verb,
                   .says = says,
                   .fields = {{.name = "consultation",
                               .kind = "choice",
                               .label = "Consultation that decides it",
                               .required = true,
                               .choices = std::move(choices)}},
                   .capacity = capacity};
      if (verb == std::string_view("revocation_opened")) form.fields.push_back(reason);
      out.push_back(std::move(form));
    }
    if (permitted("refused", capacity, nlohmann::json::object())) {
      out.push_back({.type = "application.refused",
                     .says = "Close the application: the decision was not adopted",
                     .fields = {reason},
                     .capacity = capacity});
    }
  }

  Workspace& workspace_;
  const Secretariat& state_;
  const secretariat::PartnershipsDesk& desk_;
  const Case& about_;
  const ConveningReader& reader_;
  Instant now_;
};

// The statuses among which a form lets choose, and their organizations.
class StatusChoices {
 public:
  StatusChoices(Workspace& workspace, const ConveningReader& reader)
      : workspace_(workspace), reader_(reader) {}

  void add(const partnership::Path& path) {
    if (organizations_.empty() || organizations_.back().id != path.organization)
      organizations_.push_back({path.organization, workspace_.name_of(path.organization, reader_.language)});
    statuses_.push_back({path.status, words_for(reader_, path.name) + " (" + path.organization + ")"});
  }
  bool none() const { return statuses_.empty(); }
  FormField organization_field() const {
    return {.name = "organization",
            .kind = "choice",
            .label = "Organization",
            .required = true,
            .choices = organizations_};
  }
  FormField status_field() const {
    return {.name = "status", .kind = "choice", .label = "Status", .required = true, .choices = statuses_};
  }

 private:
  Workspace& workspace_;
  const ConveningReader& reader_;
  std::vector<FormChoice> organizations_{}, statuses_{};
};

// The statuses for which a delegation may apply now.
std::vector<ActForm> letters(Workspace& workspace, const Secretariat& state, const ConveningReader& reader) {
  const secretariat::PartnershipsDesk& desk = state.desks().partnerships;
  std::vector<ActForm> out;
  if (!reader.asker.acts || reader.asker.secretariat || reader.asker.party.empty()) return out;
  const Instant now = now_for(workspace, state.last());
  StatusChoices statuses(workspace, reader);
  for (const partnership::Path& path : desk.law().paths()) {
    try {
      const auto judgement = desk.judge(
          {.type = "application.received",
           .stamp = {.at = now,
                     .actor = {.delegation = reader.asker.party, .capacity = Capacity::delegation}},
           .fields = {{"organization", path.organization},
                      {"status", path.status},
                      {"signed_by", "?"},
                      {"dated", format_day(std::chrono::floor<std::chrono::days>(now))},
                      {"letter", {{"en", "?"}}}}},
          state);
      if (judgement.refusal) continue;
    } catch (const Error&) {
      continue;
    }
    statuses.add(path);
  }
  if (statuses.none()) return out;
  out.push_back(
      {.type = "application.received",
       .says = "Apply for a status",
       .fields = {
           statuses.organization_field(),
           statuses.status_field(),
           {.name = "signed_by", .kind = "text", .label = "Signed by", .required = true},
           {.name = "dated", .kind = "day", .label = "Date of the letter", .required = true},
           {.name = "letter", .kind = "words", .label = "The formal request to the Chair", .required = true},
           {.name = "document", .kind = "document", .label = "Document"}}});
  return out;
}

// The statuses of the register whose review the one who presides may open now.
std::vector<ActForm> reviews(Workspace& workspace, const Secretariat& state, const ConveningReader& reader) {
  const secretariat::PartnershipsDesk& desk = state.desks().partnerships;
  if (!reader.asker.acts) return {};
  const Instant now = now_for(workspace, state.last());
  const Capacity capacity = reader.asker.secretariat ? Capacity::secretariat : Capacity::chair;
  StatusChoices statuses(workspace, reader);
  std::vector<FormChoice> states;
  for (const partnership::Path& path : desk.law().paths()) {
    bool any = false;
    for (const secretariat::Holding& each : state.standing().in_organization(path.organization, now)) {
      if (each.status != path.status || each.uncertain) continue;
      const auto judgement = desk.judge(
          {.type = "application.review_opened",
           .stamp = {.at = now, .actor = {.delegation = reader.asker.party, .capacity = capacity}},
           .fields = {{"organization", path.organization}, {"status", path.status}, {"state", each.state}}},
          state);
      if (judgement.refusal) continue;
      any = true;
      if (std::none_of(states.begin(), states.end(),
                       [&](const FormChoice& known) { return known.id == each.state; }))
        states.push_back({each.state, workspace.name_of(each.state, reader.language)});
    }
    if (any) statuses.add(path);
  }
  if (statuses.none()) return {};
  return {{.type = "application.review_opened",
           .says = "Review a status that a State holds",
           .fields = {statuses.organization_field(),
                      statuses.status_field(),
                      {.name = "state",
                       .kind = "choice",
                       .label = "State",
                       .required = true,
                       .choices = std::move(states)},
                      {.name = "reason", .kind = "words", .label = "Reason"}},
           .capacity = capacity}};
}

// What can be begun here now.
std::vector<ActForm> beginnings(Workspace& workspace, const Secretariat& state,
                                const ConveningReader& reader) {
  std::vector<ActForm> out = letters(workspace, state, reader);
  for (ActForm& each : reviews(workspace, state, reader)) out.push_back(std::move(each));
  return out;
}

Json holding_json(Workspace& workspace, const secretariat::Holding& each, const ConveningReader& reader) {
  return {{"state", named_json(workspace, each.state, reader.language)},
          {"organization", named_json(workspace, each.organization, reader.language)},
          {"status", status_json(each.status, reader)},
          {"from", each.from},
          {"to", each.to.empty() ? Json(nullptr) : Json(each.to)},
          {"source", each.source},
          {"decision", each.decision.empty() ? Json(nullptr) : Json(each.decision)},
          {"ended_by", each.ended_by.empty() ? Json(nullptr) : Json(each.ended_by)},
          {"uncertain", each.uncertain}};
}

}  // namespace

Json applications_json(Workspace& workspace, const ConveningReader& reader) {
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    std::vector<const Case*> shown;
    for (const auto& [id, about] : state.desks().partnerships.book().cases()) {
      if (CaseView(workspace, state, about, reader).visible()) shown.push_back(&about);
    }
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Case* a, const Case* b) { return a->letter.stamp.at > b->letter.stamp.at; });
    Json rows = Json::array();
    for (const Case* about : shown) rows.push_back(CaseView(workspace, state, *about, reader).short_json());
    const std::size_t total = rows.size();
    return Json{{"applications", std::move(rows)},
                {"total", total},
                {"can", forms_json(beginnings(workspace, state, reader), reader.say)}};
  });
}

Json application_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  std::string decision, revocation;
  Json out = workspace.convening().read(workspace, [&](const Secretariat& state) {
    const Case& about = state.desks().partnerships.book().find(id);
    const CaseView view(workspace, state, about, reader);
    if (!view.visible()) throw Error(ErrorKind::not_found, "there is no application \"" + id + "\"");
    if (!about.decisions.empty()) decision = about.decisions.back();
    if (!about.revocations.empty()) revocation = about.revocations.back();
    return view.full_json();
  });
  // Asked outside: the state is not read twice at once.
  if (!decision.empty()) out["decision"] = consultation_row(workspace, decision, reader);
  if (!revocation.empty()) out["revocation"] = consultation_row(workspace, revocation, reader);
  return out;
}

Instant instant_meant(Workspace& workspace, const std::string& at) {
  if (at.empty()) return workspace.options().clock();
  if (const auto instant = parse_instant(at)) return *instant;
  // What held on a day is what holds at its end.
  if (const auto day = parse_day(at))
    return Instant(std::chrono::sys_days(*day)) + std::chrono::days(1) - std::chrono::milliseconds(1);
  throw Error(ErrorKind::invalid_input,
              "\"" + at + "\" is no instant and no day: give 2026-03-05T11:00:00Z or 2026-03-05");
}

Json standing_json(Workspace& workspace, const std::string& organization, const std::string& at,
                   const ConveningReader& reader) {
  const Instant when = instant_meant(workspace, at);
  std::string id;
  if (!organization.empty()) id = organization_with_states(workspace, organization);
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    if (id.empty()) id = state.desks().partnerships.law().paths().front().organization;
    Json rows = Json::array(), opens = Json::object();
    for (const secretariat::Holding& each : state.standing().in_organization(id, when)) {
      rows.push_back(holding_json(workspace, each, reader));
      if (!opens.contains(each.status)) opens[each.status] = opens_json(state, id, each.status, reader);
    }
    return Json{{"organization", named_json(workspace, id, reader.language)},
                {"at", format_instant(when)},
                {"states", std::move(rows)},
                {"opens", std::move(opens)}};
  });
}

Json standing_of_json(Workspace& workspace, const std::string& words, const ConveningReader& reader) {
  const std::string id = workspace.entity_named(words);
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    Json rows = Json::array();
    for (const secretariat::Holding& each : state.standing().history(id))
      rows.push_back(holding_json(workspace, each, reader));
    return Json{{"state", named_json(workspace, id, reader.language)}, {"history", std::move(rows)}};
  });
}

}  // namespace mithaq::service
