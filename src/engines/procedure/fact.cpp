#include "engines/procedure/fact.hpp"

namespace mithaq::procedure {

namespace {

constexpr std::string_view kKinds[] = {
    "opened",         "series_started",     "proposed",      "objected_in_meeting",
    "silence_opened", "extended",           "objected",      "objection_withdrawn",
    "hold_placed",    "hold_extended",      "hold_released", "hold_expired",
    "expired",        "adopted_in_meeting", "confirmed",     "announced",
    "statement_made", "statements_closed",  "issued",        "revised",
    "corrected",      "withdrawn",          "superseded"};
static_assert(std::size(kKinds) == kKindCount);

constexpr std::string_view kObjections[] = {"objection", "amendment"};
constexpr std::string_view kStatements[] = {"interpretative", "reservation"};

}  // namespace

std::string_view name_of(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t each = 0; each < kKindCount; ++each) {
    if (kKinds[each] == name) return static_cast<Kind>(each);
  }
  return std::nullopt;
}

std::span<const std::string_view> names_of(ObjectionKind) {
  return kObjections;
}

std::span<const std::string_view> names_of(StatementKind) {
  return kStatements;
}

}  // namespace mithaq::procedure
