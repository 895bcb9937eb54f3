// Meetings as a calendar that other programs take: iCalendar (RFC 5545), its messages (RFC 5546), and what a
// calendar program answers.
//
// A meeting keeps its UID for ever. A move raises SEQUENCE; a meeting that is cancelled stays with
// STATUS:CANCELLED, so that programs that have it take it away. Times are written in UTC, which is the same
// in summer and winter; the local time stands in the description. Written with libical; read by a reader of
// our own (docs/decisions/libical.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "secretariat/desk.hpp"
#include "service/meetings.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct CalendarEntry {
  std::string uid{};
  int sequence = 0;
  std::string summary{}, description{}, location{};
  Instant begins{}, ends{};  // the same: a deadline
  Instant changed{};         // DTSTAMP and LAST-MODIFIED
  bool cancelled = false;
  bool tentative = false;  // planned, nobody is invited yet
  bool deadline = false;
  std::string organizer{};               // an address of mail; empty: none is named
  std::vector<std::string> attendees{};  // addresses of mail that a message asks
};

// A feed is taken from an address; REQUEST asks who is invited, CANCEL takes a meeting back: both go by mail.
enum class CalendarMethod { feed, request, cancel };

// The text of a calendar: lines of at most 75 octets that end in CRLF, no character cut in two.
//   name  of the calendar, for people
std::string calendar_text(const std::vector<CalendarEntry>& entries, CalendarMethod method,
                          const std::string& name);

// What a delegation has before it: meetings to which it is invited, cancelled ones too, and what it has to
// answer by when. For the secretariat without a party: all meetings.
std::vector<CalendarEntry> calendar_entries(Workspace& workspace, const ConveningReader& reader);
// The feed of a delegation.
std::string calendar_feed(Workspace& workspace, const ConveningReader& reader);
// One meeting as a message of mail: REQUEST, or CANCEL if it is cancelled.
//   throws  Error{not_found}
std::string meeting_message(Workspace& workspace, const std::string& meeting, const ConveningReader& reader,
                            const std::string& organizer, const std::vector<std::string>& attendees);

// What a calendar program answers to an invitation.
struct CalendarReply {
  std::string uid{};
  std::string meeting{};  // its id, out of the UID
  int sequence = 0;       // of the version that it answers
  enum class Answer { accepted, declined, tentative } answer = Answer::accepted;
  std::string attendee{};  // a name if it gives one, else the address
  std::string comment{};
};

inline constexpr std::size_t kReplyBytesMax = 64 * 1024;

// Reads a METHOD:REPLY. Anything else is refused: a text that is too long, not UTF-8, nested too deep, with
// several events, without a UID or an answer.
//   throws  acts::NoAct{invalid_input} saying what is wrong
CalendarReply read_calendar_reply(std::string_view text);

// The act that a reply asks for: "registered" or "declined"; it is refused if it answers a version before the
// last move.
//   throws  acts::NoAct: `not_found` for a meeting of another record, `conflict` for an earlier version,
//           `invalid_input` for "tentative", which registers nobody
secretariat::Act act_of_reply(Workspace& workspace, const CalendarReply& reply);

// Both: fills in type, subject and fields of an act whose actor stands there already.
//   throws  as these two, and leaves the act as it is
void read_reply(Workspace& workspace, std::string_view text, secretariat::Act& wanted);

}  // namespace mithaq::service
