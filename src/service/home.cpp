#include "service/home.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "service/convening.hpp"
#include "service/convening_rows.hpp"

namespace mithaq::service {

namespace {

using Json = nlohmann::ordered_json;
using secretariat::Secretariat;

constexpr auto kMeetingLasts = std::chrono::days(31);  // a meeting that began so long ago may still sit
constexpr auto kMeetingsAhead = std::chrono::days(400);

// The clock on the wall of a delegation: at the seat of the organization, or of the first in which it has a
// status.
std::string zone_of(Workspace& workspace, const HomeQuestion& question,
                    const std::vector<access::Held>& held) {
  const Table table = Table::read(workspace.options().data / "host_zones.tsv");
  for (const bool named : {true, false}) {
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const std::string_view organization = table.cell(row, "organization");
      const bool fits = named ? organization == question.organization
                              : std::any_of(held.begin(), held.end(), [&](const access::Held& each) {
                                  return each.organization == organization;
                                });
      if (fits) return std::string(table.cell(row, "zone"));
    }
  }
  return "UTC";
}

Json statuses_json(const Secretariat& state, const std::string& delegation, Instant now,
                   const ConveningReader& reader) {
  Json out = Json::array();
  for (const std::string& id : state.standing().statuses(delegation, now)) {
    const access::Status* status = state.standing().known().find(id);
    Json opens = Json::array();
    for (const partnership::Right* right : state.desks().partnerships.law().rights(id))
      opens.push_back(
          {{"what", right->what}, {"says", words_for(reader, right->says)}, {"source", right->source}});
    out.push_back({{"id", id},
                   {"name", status->names.at(std::string(language_code(reader.language)))},
                   {"opens", std::move(opens)}});
  }
  return out;
}

// The next meetings at which a delegation has a seat: it is invited, or it is of those whom the body invites.
Json meetings_json(const Secretariat& state, const std::string& delegation, Instant now, std::size_t most,
                   const ConveningReader& reader) {
  const secretariat::MeetingsDesk& desk = state.desks().meetings;
  const auto statuses = state.standing().statuses(delegation, now);
  const auto holds = [&](const std::vector<std::string>& wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& each) {
      return std::binary_search(statuses.begin(), statuses.end(), each);
    });
  };
  Json out = Json::array();
  for (const meetings::Meeting* meeting : desk.between(now - kMeetingLasts, now + kMeetingsAhead)) {
    if (out.size() == most) break;
    const meetings::Body* body = desk.bodies().find(meeting->body);
    if (body == nullptr || meeting->ends.at < now) continue;
    if (meeting->state == meetings::MeetingState::closed ||
        meeting->state == meetings::MeetingState::cancelled)
      continue;
    // Once the invitations are out, who is on their list counts.
    const bool seat = meeting->invitees.empty() ? holds(body->members) || holds(body->invited)
                                                : meeting->invitee(delegation) != nullptr;
    if (!seat) continue;
    Json row = {{"id", meeting->id},
                {"body", {{"id", body->id}, {"name", words_for(reader, body->names)}}},
                {"number", meeting->number == 0 ? Json(nullptr) : Json(meeting->number)},
                {"title", words_for(reader, meeting->title)},
                {"begins", format_instant(meeting->begins.at)},
                {"ends", format_instant(meeting->ends.at)},
                {"zone", meeting->begins.zone},
                {"place", reader.say(meeting->place)},
                {"state", names_of(meeting->state)[static_cast<std::size_t>(meeting->state)]},
                {"sequence", meeting->sequence}};
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Json home_json(Workspace& workspace, const HomeQuestion& question, const ConveningReader& reader) {
  if (!reader.zone.empty() && !Zone::named(reader.zone))
    throw Error(ErrorKind::invalid_input, "there is no time zone \"" + reader.zone + "\"");
  const std::string delegation =
      question.delegation.empty() ? reader.asker.party : workspace.entity_named(question.delegation);
  if (delegation.empty())
    throw Error(ErrorKind::invalid_input, "your account acts for no delegation: say which one you mean");
  if (delegation != reader.asker.party && !reader.asker.secretariat)
    throw Error(ErrorKind::forbidden, "the home of another delegation is for that delegation");
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const Instant now = now_for(workspace, state.last());
    const auto held = state.standing().held(delegation, now);
    const std::string zone = reader.zone.empty() ? zone_of(workspace, question, held) : reader.zone;
    Json tasks = Json::array(), notices = Json::array();
    std::size_t unanswered = 0;
    for (const secretariat::Task& task : state.tasks_of(delegation, now)) {
      if (!task.done) ++unanswered;
      tasks.push_back({{"kind", task.kind},
                       {"subject", task.subject},
                       {"title", words_for(reader, task.title)},
                       {"said", reader.say(task.said)},
                       {"deadline", instant_json(task.deadline)},
                       {"deadline_local", clock_json(task.deadline, zone)},
                       {"deadline_host", clock_json(task.deadline, task.zone)},
                       {"done", task.done}});
    }
    const auto told = state.notices_to(delegation);
    for (auto each = told.rbegin(); each != told.rend() && notices.size() < question.notices; ++each) {
      const secretariat::Notice& notice = **each;
      notices.push_back({{"entry", notice.entry},
                         {"at", format_instant(notice.at)},
                         {"at_local", clock_json(notice.at, zone)},
                         {"kind", notice.kind},
                         {"subject", notice.subject},
                         {"title", words_for(reader, notice.title)},
                         {"said", reader.say(notice.said)},
                         {"deadline", instant_json(notice.deadline)},
                         {"deadline_local", clock_json(notice.deadline, zone)}});
    }
    return Json{{"delegation", named_json(workspace, delegation, reader.language)},
                {"zone", zone},
                {"now", format_instant(now)},
                {"now_local", clock_json(now, zone)},
                {"statuses", statuses_json(state, delegation, now, reader)},
                {"tasks", std::move(tasks)},
                {"unanswered", unanswered},
                {"notices", std::move(notices)},
                {"meetings", meetings_json(state, delegation, now, question.meetings, reader)}};
  });
}

}  // namespace mithaq::service
