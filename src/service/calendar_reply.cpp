// Reads the answer of a calendar program: a small part of iCalendar, with bounds on everything, since it
// comes from strangers.
#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "service/calendar_feed.hpp"

namespace mithaq::service {

namespace {

constexpr std::size_t kLinesMax = 2'000;
constexpr std::size_t kDepthMax = 4;  // VCALENDAR, VEVENT, VALARM
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kCommentBytesMax = 2'000;
constexpr std::string_view kUidEnd = "@mithaq";

[[noreturn]] void refuse(const std::string& problem) {
  throw acts::NoAct(ErrorKind::invalid_input, "acts/calendar_reply",
                    "this is no reply of a calendar: " + problem);
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
  });
  return out;
}

// RFC 5545, 3.1: a line that begins with a blank goes on the one before it.
std::vector<std::string> unfolded(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !lines.empty()) {
      lines.back() += line.substr(1);
      continue;
    }
    if (line.empty()) continue;
    if (lines.size() == kLinesMax) refuse("it has too many lines");
    lines.emplace_back(line);
  }
  return lines;
}

// NAME;PARAMETER=value;PARAMETER="value":value
struct Line {
  std::string name{};
  std::vector<std::pair<std::string, std::string>> parameters{};
  std::string_view value{};
  std::string parameter(std::string_view wanted) const {
    for (const auto& [key, text] : parameters) {
      if (key == wanted) return text;
    }
    return {};
  }
};

Line line_of(std::string_view text) {
  Line line;
  std::size_t at = text.find_first_of(":;");
  if (at == std::string_view::npos || at == 0) refuse("a line has no name and value");
  line.name = upper(text.substr(0, at));
  while (text[at] == ';') {
    const std::size_t equals = text.find_first_of("=:;", at + 1);
    if (equals == std::string_view::npos || text[equals] != '=') refuse("a parameter has no value");
    const std::string key = upper(text.substr(at + 1, equals - at - 1));
    std::string value;
    at = equals + 1;
    if (at < text.size() && text[at] == '"') {
      const std::size_t close = text.find('"', at + 1);
      if (close == std::string_view::npos) refuse("a quotation does not end");
      value = text.substr(at + 1, close - at - 1);
      at = close + 1;
    } else {
      const std::size_t end = text.find_first_of(":;", at);
      if (end == std::string_view::npos) refuse("a line has no value");
      value = text.substr(at, end - at);
      at = end;
    }
    if (at >= text.size() || (text[at] != ';' && text[at] != ':')) refuse("a line has no value");
    line.parameters.emplace_back(key, value);
  }
  line.value = text.substr(at + 1);
  return line;
}

// RFC 5545, 3.3.11: \\ \; \, \n
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    const char next = text[++at];
    out += next == 'n' || next == 'N' ? '\n' : next;
  }
  return out;
}

// Cut between characters.
std::string at_most(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0u) == 0x80u) --bytes;
  text.resize(bytes);
  return text;
}

std::string without_controls(std::string text) {
  std::erase_if(text, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7f;
  });
  return text;
}

}  // namespace

CalendarReply read_calendar_reply(std::string_view text) {
  if (text.size() > kReplyBytesMax) refuse("it is longer than 64 KiB");
  if (find_invalid_utf8(text) != text.size() || text.find('\0') != std::string_view::npos)
    refuse("it is not UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CalendarReply reply;
  std::vector<std::string> open;
  std::size_t calendars = 0, events = 0, attendees = 0, uids = 0;
  std::string method;
  for (const std::string& each : unfolded(text)) {
    const Line line = line_of(each);
    if (line.name == "BEGIN") {
      open.push_back(upper(line.value));
      if (open.size() > kDepthMax) refuse("it is nested too deep");
      if (open.back() == "VCALENDAR" && (open.size() != 1 || ++calendars > 1))
        refuse("it holds several calendars");
      if (open.back() == "VEVENT" && ++events > 1) refuse("it holds several events");
      if (open.front() != "VCALENDAR") refuse("it does not begin with VCALENDAR");
      continue;
    }
    if (open.empty()) refuse("it does not begin with VCALENDAR");
    if (line.name == "END") {
      if (open.back() != upper(line.value)) refuse("its parts do not end as they began");
      open.pop_back();
      continue;
    }
    if (open.size() == 1 && line.name == "METHOD") method = upper(line.value);
    if (open.size() != 2 || open.back() != "VEVENT") continue;
    if (line.name == "UID") {
      if (++uids > 1) refuse("it has several UIDs");
      reply.uid = line.value;
    } else if (line.name == "SEQUENCE") {
      const auto [end, error] =
          std::from_chars(line.value.data(), line.value.data() + line.value.size(), reply.sequence);
      if (error != std::errc() || end != line.value.data() + line.value.size() || reply.sequence < 0)
        refuse("its SEQUENCE is no number");
    } else if (line.name == "ATTENDEE") {
      // RFC 5546, 3.2.3: a reply is of one attendee.
      if (++attendees > 1) refuse("it answers for several attendees");
      const std::string answer = upper(line.parameter("PARTSTAT"));
      if (answer == "ACCEPTED") {
        reply.answer = CalendarReply::Answer::accepted;
      } else if (answer == "DECLINED") {
        reply.answer = CalendarReply::Answer::declined;
      } else if (answer == "TENTATIVE") {
        reply.answer = CalendarReply::Answer::tentative;
      } else {
        refuse("it neither accepts nor declines");
      }
      std::string_view address = line.value;
      if (upper(address.substr(0, 7)) == "MAILTO:") address.remove_prefix(7);
      const std::string name = line.parameter("CN");
      reply.attendee = at_most(without_controls(name.empty() ? std::string(address) : name), kNameBytesMax);
    } else if (line.name == "COMMENT") {
      reply.comment = at_most(unescaped(line.value), kCommentBytesMax);
    }
  }
  if (!open.empty() || calendars == 0) refuse("it does not end");
  if (method != "REPLY") refuse("its METHOD is not REPLY");
  if (events == 0 || attendees == 0 || reply.attendee.empty()) refuse("it has no event with an attendee");
  // "PC-M-2026-031.0123456789ab@mithaq"
  const std::string_view uid = reply.uid;
  const std::size_t dot = uid.find('.');
  if (!uid.ends_with(kUidEnd) || dot == std::string_view::npos || dot == 0)
    refuse("its UID is of no meeting of this program");
  reply.meeting = uid.substr(0, dot);
  return reply;
}

}  // namespace mithaq::service
