#include "service/calendar_feed.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/canonical_json.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/convening.hpp"

namespace mithaq::service {

namespace {

using meetings::Body;
using meetings::Meeting;
using meetings::MeetingState;
using secretariat::Secretariat;

constexpr const char* kProduct = "-//Mithaq//Meetings//EN";
constexpr std::string_view kUidEnd = "@mithaq";
constexpr std::chrono::hours kRemindBefore{24};
constexpr std::size_t kTagDigits = 12;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype utc(Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return icaltime_from_timet_with_zone(static_cast<std::time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

// Text of people: no control characters but line breaks.
std::string plain(std::string text) {
  std::erase_if(text, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && letter != '\n') || byte == 0x7f;
  });
  return text;
}

void add(icalcomponent* to, icalproperty* property) {
  icalcomponent_add_property(to, property);
}

std::string mailto(const std::string& address) {
  return "mailto:" + address;
}

icalcomponent* event_of(const CalendarEntry& entry, CalendarMethod method) {
  icalcomponent* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  add(event, icalproperty_new_uid(entry.uid.c_str()));
  add(event, icalproperty_new_dtstamp(utc(entry.changed)));
  add(event, icalproperty_new_lastmodified(utc(entry.changed)));
  add(event, icalproperty_new_sequence(entry.sequence));
  add(event, icalproperty_new_dtstart(utc(entry.begins)));
  if (entry.ends > entry.begins) add(event, icalproperty_new_dtend(utc(entry.ends)));
  add(event, icalproperty_new_summary(plain(entry.summary).c_str()));
  if (!entry.description.empty()) add(event, icalproperty_new_description(plain(entry.description).c_str()));
  if (!entry.location.empty()) add(event, icalproperty_new_location(plain(entry.location).c_str()));
  add(event, icalproperty_new_status(entry.cancelled   ? ICAL_STATUS_CANCELLED
                                     : entry.tentative ? ICAL_STATUS_TENTATIVE
                                                       : ICAL_STATUS_CONFIRMED));
  // A deadline takes nobody's time.
  add(event, icalproperty_new_transp(entry.deadline ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
  if (!entry.organizer.empty())
    add(event, icalproperty_new_organizer(mailto(plain(entry.organizer)).c_str()));
  for (const std::string& each : entry.attendees) {
    icalproperty* attendee = icalproperty_new_attendee(mailto(plain(each)).c_str());
    if (method == CalendarMethod::request) {
      icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
      icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
    }
    add(event, attendee);
  }
  if (entry.deadline && !entry.cancelled) {
    icalcomponent* alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(alarm, icalproperty_new_description(plain(entry.summary).c_str()));
    icaltriggertype trigger{};
    trigger.time = icaltime_null_time();
    trigger.duration = icaldurationtype_from_int(
        -static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(kRemindBefore).count()));
    add(alarm, icalproperty_new_trigger(trigger));
    icalcomponent_add_component(event, alarm);
  }
  return event;
}

// Tells the meetings of one record from those of another that has the same ids.
std::string tag_of(Workspace& workspace) {
  record::SqlStore& store = workspace.record();
  if (store.size() == 0) return std::string(kTagDigits, '0');
  return to_hex(sha256(record::to_canonical_json(store.entry(0).header))).substr(0, kTagDigits);
}

std::string uid_of(const std::string& tag, const std::string& what) {
  return what + "." + tag + std::string(kUidEnd);
}

CalendarEntry entry_of(const Meeting& meeting, const Body* body, const std::string& tag,
                       const ConveningReader& reader) {
  const auto words = [&](const acts::Words& text) {
    return acts::words_in(text, language_code(reader.language));
  };
  CalendarEntry entry{.uid = uid_of(tag, meeting.id),
                      .sequence = meeting.sequence,
                      .summary = words(meeting.title),
                      .location = reader.say(meeting.place),
                      .begins = meeting.begins.at,
                      .ends = meeting.ends.at,
                      .changed = meeting.changed,
                      .cancelled = meeting.state == MeetingState::cancelled,
                      .tentative = meeting.state == MeetingState::planned};
  if (body != nullptr) entry.description = words(body->names) + "\n";
  entry.description += meeting.id + "\n" + meeting.begins.local.substr(0, 10) + " " +
                       meeting.begins.local.substr(11, 5) + " (" + meeting.begins.zone + ")";
  for (const meetings::Item& item : meeting.items)
    entry.description += fmt::format("\n{}. {}", item.number, words(item.title));
  if (!meeting.reason.empty()) entry.description += "\n" + words(meeting.reason);
  return entry;
}

}  // namespace

std::string calendar_text(const std::vector<CalendarEntry>& entries, CalendarMethod method,
                          const std::string& name) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  add(calendar.get(), icalproperty_new_version("2.0"));
  add(calendar.get(), icalproperty_new_prodid(kProduct));
  // A feed has no METHOD: RFC 5546's PUBLISH wants the address of an organizer.
  if (method != CalendarMethod::feed) {
    add(calendar.get(), icalproperty_new_method(method == CalendarMethod::request ? ICAL_METHOD_REQUEST
                                                                                  : ICAL_METHOD_CANCEL));
  }
  if (!name.empty()) {
    icalproperty* shown = icalproperty_new_x(plain(name).c_str());  // what most programs show
    icalproperty_set_x_name(shown, "X-WR-CALNAME");
    add(calendar.get(), shown);
  }
  for (const CalendarEntry& entry : entries)
    icalcomponent_add_component(calendar.get(), event_of(entry, method));
  const std::unique_ptr<char, decltype(&std::free)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                                         &std::free);
  expect(text != nullptr, "libical writes a calendar");
  return text.get();
}

std::vector<CalendarEntry> calendar_entries(Workspace& workspace, const ConveningReader& reader) {
  const Instant now = std::chrono::time_point_cast<std::chrono::milliseconds>(workspace.options().clock());
  const std::string tag = tag_of(workspace);
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const secretariat::MeetingsDesk& desk = state.desks().meetings;
    const std::string& party = reader.asker.party;
    std::vector<CalendarEntry> out;
    for (const Meeting* meeting : desk.between(Instant::min(), Instant::max())) {
      const Body* body = desk.bodies().find(meeting->body);
      const bool invited = !party.empty() && meeting->invitee(party) != nullptr;
      if (!invited && !(reader.asker.secretariat && body != nullptr && reader.sees(body->handling))) continue;
      out.push_back(entry_of(*meeting, body, tag, reader));
    }
    if (party.empty()) return out;
    const auto notices = state.notices_to(party);
    for (const secretariat::Task& task : state.tasks_of(party, now)) {
      if (!task.deadline || task.kind == "invitation") continue;
      CalendarEntry entry{.uid = uid_of(tag, task.kind + "." + task.subject + "." + party),
                          .summary = reader.say(task.said) + ": " +
                                     acts::words_in(task.title, language_code(reader.language)),
                          .description = task.subject,
                          .begins = *task.deadline,
                          .ends = *task.deadline,
                          .changed = state.last(),
                          .deadline = true};
      if (task.done) entry.summary = "✓ " + entry.summary;
      // What a delegation was told of it, counted, goes up with each change of the deadline.
      for (const secretariat::Notice* notice : notices) {
        if (notice->subject != task.subject) continue;
        ++entry.sequence;
        entry.changed = notice->at;
      }
      out.push_back(std::move(entry));
    }
    return out;
  });
}

std::string calendar_feed(Workspace& workspace, const ConveningReader& reader) {
  const std::string name =
      reader.asker.party.empty()
          ? reader.say("Meetings")
          : reader.say("Meetings") + " – " + workspace.name_of(reader.asker.party, reader.language);
  return calendar_text(calendar_entries(workspace, reader), CalendarMethod::feed, name);
}

std::string meeting_message(Workspace& workspace, const std::string& meeting, const ConveningReader& reader,
                            const std::string& organizer, const std::vector<std::string>& attendees) {
  const std::string tag = tag_of(workspace);
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const secretariat::MeetingsDesk& desk = state.desks().meetings;
    const Meeting* found = desk.meeting(meeting);
    if (found == nullptr) throw Error(ErrorKind::not_found, "there is no meeting \"" + meeting + "\"");
    CalendarEntry entry = entry_of(*found, desk.bodies().find(found->body), tag, reader);
    entry.organizer = organizer;
    entry.attendees = attendees;
    return calendar_text({entry}, entry.cancelled ? CalendarMethod::cancel : CalendarMethod::request, "");
  });
}

secretariat::Act act_of_reply(Workspace& workspace, const CalendarReply& reply) {
  const std::string tag = tag_of(workspace);
  return workspace.convening().read(workspace, [&](const Secretariat& state) {
    const Meeting* meeting = state.desks().meetings.meeting(reply.meeting);
    if (meeting == nullptr || reply.uid != uid_of(tag, reply.meeting))
      throw acts::NoAct(ErrorKind::not_found, "acts/calendar_reply",
                        "the reply is to a meeting that this record does not have");
    if (reply.sequence < meeting->sequence)
      throw acts::NoAct(ErrorKind::conflict, "acts/calendar_version",
                        "the reply is to an earlier version: the meeting was moved since");
    secretariat::Act act{.stamp = {.subject = reply.meeting}};
    switch (reply.answer) {
      case CalendarReply::Answer::accepted:
        act.type = "meeting.registered";
        act.fields["names"] = nlohmann::json::array({{{"name", reply.attendee}}});
        break;
      case CalendarReply::Answer::declined:
        act.type = "meeting.declined";
        if (!reply.comment.empty()) act.fields["text"] = reply.comment;
        break;
      case CalendarReply::Answer::tentative:
        throw acts::NoAct(ErrorKind::invalid_input, "acts/calendar_reply",
                          "a tentative answer registers nobody: accept or decline");
    }
    return act;
  });
}

void read_reply(Workspace& workspace, std::string_view text, secretariat::Act& wanted) {
  secretariat::Act asked = act_of_reply(workspace, read_calendar_reply(text));
  wanted.type = std::move(asked.type);
  wanted.stamp.subject = std::move(asked.stamp.subject);
  wanted.fields = std::move(asked.fields);
}

}  // namespace mithaq::service
