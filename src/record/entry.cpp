#include "record/entry.hpp"

#include <array>

#include "base/error.hpp"
#include "base/sha256.hpp"

namespace mithaq::record {

namespace {

constexpr std::array<std::string_view, 10> kKinds{"document", "section", "statement", "review",   "merge",
                                                  "unmerge",  "erasure", "act",       "handling", "revision"};
static_assert(kKinds.size() == std::variant_size_v<Body>);
constexpr std::array<std::string_view, 4> kActions{"confirm", "correct", "reject", "withdraw"};
constexpr std::array<std::string_view, 3> kRevisions{"undo_edit", "redo_edit", "choose_reading"};
constexpr std::array<std::string_view, 4> kStates{"proposed", "confirmed", "corrected", "rejected"};

template <typename Enum, std::size_t count>
std::optional<Enum> named(const std::array<std::string_view, count>& names, std::string_view name) {
  for (std::size_t at = 0; at < count; ++at) {
    if (names[at] == name) return static_cast<Enum>(at);
  }
  return std::nullopt;
}

}  // namespace

std::string document_id(std::string_view file_hash, std::string_view account) {
  if (account.empty()) return "sha256-" + std::string(file_hash);
  return "sha256-" + to_hex(sha256("account:" + std::string(account) + "\n" + std::string(file_hash)));
}

EntryKind kind_of(const Body& body) {
  return static_cast<EntryKind>(body.index());
}

std::string_view name_of(EntryKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
std::string_view name_of(ReviewAction action) {
  return kActions[static_cast<std::size_t>(action)];
}
std::string_view name_of(RevisionAction action) {
  return kRevisions[static_cast<std::size_t>(action)];
}
std::string_view name_of(ReviewState state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::optional<EntryKind> entry_kind_named(std::string_view name) {
  return named<EntryKind>(kKinds, name);
}
std::optional<ReviewAction> review_action_named(std::string_view name) {
  return named<ReviewAction>(kActions, name);
}
std::optional<ReviewState> review_state_named(std::string_view name) {
  return named<ReviewState>(kStates, name);
}

std::string format_time(Instant instant) {
  const auto time = std::chrono::floor<std::chrono::seconds>(instant);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const int year = static_cast<int>(date.year());
  expect(year >= 0 && year <= 9999, "a time between the years 0 and 9999");
  std::string out = "0000-00-00T00:00:00Z";
  const auto put = [&out](std::size_t at, std::size_t digits, long value) {
    for (std::size_t place = at + digits; place-- > at; value /= 10)
      out[place] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, year);
  put(5, 2, static_cast<long>(static_cast<unsigned>(date.month())));
  put(8, 2, static_cast<long>(static_cast<unsigned>(date.day())));
  put(11, 2, clock.hours().count());
  put(14, 2, clock.minutes().count());
  put(17, 2, clock.seconds().count());
  return out;
}

}  // namespace mithaq::record
