// Any text as the answer of a calendar program: it is refused as the sender's fault, or it is an answer
// within its bounds.
#include "service/calendar_feed.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  try {
    const service::CalendarReply reply = service::read_calendar_reply(fuzz::bytes_of(data, size));
    expect(!reply.meeting.empty() && reply.uid.starts_with(reply.meeting), "a reply names its meeting");
    expect(!reply.attendee.empty() && reply.attendee.size() <= 200, "an attendee has a name within bounds");
    expect(find_invalid_utf8(reply.attendee) == reply.attendee.size(), "names are cut between characters");
    expect(find_invalid_utf8(reply.comment) == reply.comment.size(), "comments are cut between characters");
    expect(reply.sequence >= 0, "a sequence counts from 0");
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a wrong reply is the sender's fault");
  }
  return 0;
}
