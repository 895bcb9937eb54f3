// Any text as the facts of a consultation: one line each, a kind, a blank, and its fields as JSON. What can
// be read is judged; what is not refused is entered; whatever comes, the book keeps its promises.
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "engines/procedure/book.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  using namespace mithaq::procedure;
  static const RuleSets sets = RuleSets::load(std::filesystem::path(MITHAQ_FUZZ_DATA) / "procedure");
  std::string_view text = fuzz::bytes_of(data, size);
  Book book(sets);
  Instant at = parse_instant("2026-01-05T10:00:00Z").value();
  for (int lines = 0; !text.empty() && lines < 100; ++lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t blank = std::min(line.find(' '), line.size());
    const auto kind = kind_named(line.substr(0, blank));
    if (!kind) continue;
    const auto json = nlohmann::json::parse(line.substr(blank), nullptr, false);
    if (!json.is_object()) continue;
    Fact fact{.kind = *kind};
    try {
      acts::read_fields(json, fact);
    } catch (const Error& error) {
      expect(error.kind() == ErrorKind::invalid_input, "wrong fields are the sender's fault");
      continue;
    }
    // Who acts changes from line to line, and so does the hour.
    static const acts::Capacity kCapacities[] = {acts::Capacity::chair, acts::Capacity::secretariat,
                                                 acts::Capacity::delegation, acts::Capacity::system};
    at += std::chrono::hours(lines % 5);
    fact.stamp = {
        .at = at,
        .actor = {.by = "x", .delegation = lines % 2 == 0 ? "KAZ" : "", .capacity = kCapacities[lines % 4]},
        .subject = "C-1"};
    if (fact.kind == Kind::opened) std::sort(fact.entitled.begin(), fact.entitled.end());
    if (const auto refusal = book.refusal_of(fact)) {
      expect(sets.rule(refusal->rule) != nullptr, "a refusal names a rule that is there");
      continue;
    }
    book.enter(fact);
    for (const Fact& due : book.due(at)) {
      if (!book.refusal_of(due)) book.enter(due);
    }
    for (const auto& [id, item] : book.all()) {
      expect(!item.versions.empty(), "a consultation has a text");
      expect(item.number.empty() || item.adopted_at.has_value(), "only what is adopted has a number");
      expect(book.steps(item).size() == book.rules_of(item).rules.size(), "each rule is a step");
      book.next(item);
      item.breaks();
    }
  }
  return 0;
}
