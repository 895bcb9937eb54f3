// Any text as the acts of a meeting: one line each, a verb, a blank, and its fields as JSON. What is not
// refused is entered; whatever comes, a meeting keeps its promises.
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "engines/meetings/book.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  using namespace mithaq::meetings;
  static const Bodies bodies = Bodies::load(MITHAQ_FUZZ_DATA);
  static const Conduct conduct = Conduct::load(MITHAQ_FUZZ_DATA);
  std::string_view text = fuzz::bytes_of(data, size);
  Book book(bodies, conduct);
  Instant at = parse_instant("2026-01-05T10:00:00Z").value();
  for (int lines = 0; !text.empty() && lines < 100; ++lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t blank = std::min(line.find(' '), line.size());
    auto fact = fact_named(line.substr(0, blank));
    if (!fact) continue;
    const auto json = nlohmann::json::parse(line.substr(blank), nullptr, false);
    if (!json.is_object()) continue;
    try {
      std::visit([&](auto& each) { acts::read_fields(json, each); }, *fact);
    } catch (const Error& error) {
      expect(error.kind() == ErrorKind::invalid_input, "wrong fields are the sender's fault");
      continue;
    }
    static const acts::Capacity kCapacities[] = {acts::Capacity::secretariat, acts::Capacity::chair,
                                                 acts::Capacity::delegation};
    at += std::chrono::minutes(lines % 5);
    const acts::Stamp stamp{.at = at,
                            .actor = {.by = "x",
                                      .delegation = lines % 2 == 0 ? "KAZ" : "JPN",
                                      .capacity = kCapacities[lines % 3]},
                            .subject = "M"};
    const Asker asker{.member = lines % 2 == 0, .status = "OSCE/participating_state"};
    if (const auto refusal = book.refusal(stamp, *fact, asker)) {
      expect(conduct.rule(refusal->rule) != nullptr, "a refusal names a rule that is there");
      continue;
    }
    book.enter(stamp, *fact);
    const Meeting* meeting = book.find("M");
    if (meeting == nullptr) continue;
    expect(meeting->objections.empty() || !meeting->agenda_adopted, "an agenda is adopted by consensus");
    expect(meeting->speaking == 0 || meeting->state == MeetingState::open, "who speaks is in a meeting");
    expect(meeting->times.empty() == (meeting->number == 0), "a meeting that was opened has a number");
    for (const Item& item : meeting->items) meeting->next_speech(item.number);
  }
  return 0;
}
