// What the reader found in a document: mentions, statements and doubts, each with its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/span.hpp"

namespace mithaq::document {

// Where a finding stands: a range of one repaired paragraph. Its raw spans follow from raw_spans().
struct Place {
  std::uint32_t paragraph = 0;  // index into Document::paragraphs
  TextRange range{};
};

enum class MentionType { organization, state, place, person, date, document, amount };

// How a mention refers: by a name, or by something shorter that the text has to explain.
enum class RefClass {
  name,
  variant,  // other wording or spelling of a name
  acronym,
  short_form,  // anaphoric or clipped: المنظمة, the Commission, القرار
  pair,        // dual: both organizations; `entities` holds the two
  group,       // a group of States: الدول الأعضاء
  office,      // a person by office alone
  title,       // a document cited by its title
  paragraph,   // a paragraph of a resolution
  planned,     // a body that does not exist yet
  proposed,
  relative,  // a date relative to another
};

struct Mention {
  MentionType type = MentionType::organization;
  Place place{};
  std::vector<std::string> entities{};  // ids of data/ or of the document ("doc:…"); one, or two for a pair
  std::string name{};  // canonical English name; the document's own words where there is none
  RefClass ref = RefClass::name;
  bool nested = false;  // stands inside another mention
  std::string value{};  // date: EDTF; amount: a decimal number; document: its symbol in order
  std::string unit{};   // amount: "States", "USD", "per cent"; empty if bare
  std::string title{};  // person: the office held, in the document's words
};

enum class StatementType {
  membership,
  cooperation,
  lead,
  mandate,
  commitment,
  implementation,
  meeting,
  deployment,
  instrument,
  figure,
  incident,
};

enum class PartyRole { actor, counterpart, beneficiary, addressee, subject };
// How a party was found; the confidence class of a statement follows from its parties.
enum class FoundBy { name, anaphora, context };

struct Party {
  PartyRole role = PartyRole::actor;
  FoundBy found_by = FoundBy::name;
  std::string entity{};                    // id; empty when the document names a party that nobody has listed
  std::string name{};                      // canonical English name, or the document's words
  std::optional<std::uint32_t> mention{};  // index into Document::mentions
};

enum class Modality { asserted, past, planned, proposed, recommended, called_for };

enum class CommitmentStatus {
  unstated,
  done,
  in_progress,
  ongoing,
  partly_done,
  pending,
  proposed,
  decided,
  reaffirmed,
  asserted,
  under_discussion,
};

// A: trigger and two named parties in one clause. B: one party by anaphora. C: carried from a heading or an
// earlier sentence.
enum class Confidence { a, b, c };

struct Statement {
  StatementType type = StatementType::cooperation;
  Place evidence{};  // the words it stands on
  std::vector<Party> parties{};
  std::vector<std::string> themes{};       // ids of data/themes.tsv
  std::string topic{};                     // of what, in the document's words
  std::vector<std::string> places{};       // entity ids (State or place)
  std::vector<std::string> place_names{};  // canonical English names, as many as places
  std::string time{};                      // EDTF; empty if unsaid
  Modality modality = Modality::asserted;
  bool negated = false;
  CommitmentStatus status = CommitmentStatus::unstated;
  std::string instrument{};  // the paper it rests on: "OIC resolution 53/45-POL, paragraph 5"
  std::string value{};       // figure: a decimal number
  std::string unit{};
  std::string rule{};  // which frame found it, for whoever corrects the rules
  Confidence confidence = Confidence::a;
};

// What the reader could not settle, with every reading and what speaks for it.
struct Doubt {
  std::string rule{};
  Place place{};
  std::vector<Span> raw{};
  struct Reading {
    std::string text;
    std::string reason;
    bool taken = false;  // the text as it stands follows this reading
  };
  std::vector<Reading> readings{};
};

std::string_view name_of(MentionType type);    // "organization", …
std::string_view name_of(RefClass ref);        // "name", "short", "pair", …
std::string_view name_of(StatementType type);  // "cooperation", …
std::string_view name_of(PartyRole role);
std::string_view name_of(FoundBy how);
std::string_view name_of(Modality modality);        // "called_for", …
std::string_view name_of(CommitmentStatus status);  // "in progress", …
std::string_view name_of(Confidence confidence);    // "A", "B", "C"

// The inverse of name_of.
//   returns  nothing if there is no such name
std::optional<MentionType> mention_type_named(std::string_view name);
std::optional<StatementType> statement_type_named(std::string_view name);
std::optional<CommitmentStatus> commitment_status_named(std::string_view name);
std::optional<Modality> modality_named(std::string_view name);

}  // namespace mithaq::document
