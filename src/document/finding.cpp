#include "document/finding.hpp"

#include <array>

namespace mithaq::document {

namespace {

// The names of each enumeration, in the order of its values.
constexpr std::array<std::string_view, 7> kMentionTypeNames = {"organization", "state",    "place", "person",
                                                               "date",         "document", "amount"};
constexpr std::array<std::string_view, 12> kRefClassNames = {"name", "variant", "acronym",  "short",
                                                             "pair", "group",   "office",   "title",
                                                             "para", "planned", "proposed", "relative"};
constexpr std::array<std::string_view, 11> kStatementTypeNames = {
    "membership", "cooperation", "lead",       "mandate", "commitment", "implementation",
    "meeting",    "deployment",  "instrument", "figure",  "incident"};
constexpr std::array<std::string_view, 5> kPartyRoleNames = {"actor", "counterpart", "beneficiary",
                                                             "addressee", "subject"};
constexpr std::array<std::string_view, 3> kFoundByNames = {"name", "anaphora", "context"};
constexpr std::array<std::string_view, 6> kModalityNames = {"asserted", "past",        "planned",
                                                            "proposed", "recommended", "called_for"};
constexpr std::array<std::string_view, 11> kCommitmentStatusNames = {
    "unstated", "done",    "in progress", "ongoing",  "partly done",     "pending",
    "proposed", "decided", "reaffirmed",  "asserted", "under discussion"};
constexpr std::array<std::string_view, 3> kConfidenceNames = {"A", "B", "C"};

template <typename Value, std::size_t count>
std::optional<Value> value_named(const std::array<std::string_view, count>& names, std::string_view name) {
  for (std::size_t each = 0; each < count; ++each) {
    if (names[each] == name) return static_cast<Value>(each);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(MentionType value) {
  return kMentionTypeNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(RefClass value) {
  return kRefClassNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(StatementType value) {
  return kStatementTypeNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(PartyRole value) {
  return kPartyRoleNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(FoundBy value) {
  return kFoundByNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(Modality value) {
  return kModalityNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(CommitmentStatus value) {
  return kCommitmentStatusNames[static_cast<std::size_t>(value)];
}
std::string_view name_of(Confidence value) {
  return kConfidenceNames[static_cast<std::size_t>(value)];
}

std::optional<MentionType> mention_type_named(std::string_view name) {
  return value_named<MentionType>(kMentionTypeNames, name);
}
std::optional<StatementType> statement_type_named(std::string_view name) {
  return value_named<StatementType>(kStatementTypeNames, name);
}
std::optional<Modality> modality_named(std::string_view name) {
  return value_named<Modality>(kModalityNames, name);
}
std::optional<CommitmentStatus> commitment_status_named(std::string_view name) {
  return value_named<CommitmentStatus>(kCommitmentStatusNames, name);
}

}  // namespace mithaq::document
