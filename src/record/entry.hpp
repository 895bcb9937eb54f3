// Entries: the lines of the record.
//
// An entry is a header, which stands in the log for ever, and a body, which stands beside it and can be
// erased by law. The header names the body only by a salted hash, so that nothing about a person can be read
// or guessed from the log. docs/record-format.md gives the bytes, with an example to check by hand.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "document/document.hpp"

namespace mithaq::record {

// The place of an entry in the log, from 0; also its leaf of the Merkle tree.
using Seq = std::uint64_t;

// The time of an entry is given to the record, never taken by it. Headers keep the second; acts of a
// procedure keep the millisecond in their bodies.
using Clock = std::function<Instant()>;

// What a person says of a statement that a machine proposed; or takes back what they said.
enum class ReviewAction { confirm, correct, reject, withdraw };
// What came of it: the last review that stands decides.
enum class ReviewState { proposed, confirmed, corrected, rejected };

// The id of a document: "sha256-" and, in hex, the hash of its file; for what an account handed in, the
// SHA-256 of "account:ID", a line feed and the hash of the file in hex. So whoever hands a file in learns
// nothing from the id of whether somebody else did before, whose document is not open to them.
//   file_hash  SHA-256 of the bytes as they came, in hex
//   account    empty for the command line
std::string document_id(std::string_view file_hash, std::string_view account);

// A document came in: what it is, without its text.
struct DocumentBody {
  std::string id{};  // document_id()
  std::string name{};
  std::string format{};
  std::string encoding{};
  document::Metadata metadata{};
  std::string brought_by{};  // the id of the account that brought it in; empty for the command line
};

// The text of a document, or of one section of a long one: raw text, layout, edits, paragraphs, mentions,
// doubts. `content.statements`, name, format, encoding and metadata are left empty.
struct SectionBody {
  document::Document content{};
  bool last = true;  // the document is whole with this section
};

// One statement, with the words it stands on.
struct StatementBody {
  std::string document{};  // the document's id
  std::size_t section = 0;
  std::string paragraph{};  // the paragraph's id; its index in the section is statement.evidence.paragraph
  std::string words{};      // the evidence, in the repaired words of the paragraph
  std::vector<document::Span> raw{};  // the same place in the whole raw text, in bytes
  document::Statement statement{};
};

// What a correction replaces; a field left empty stays as it is.
struct Correction {
  std::optional<document::StatementType> type{};
  std::optional<std::vector<document::Party>> parties{};
  std::optional<std::vector<std::string>> themes{};
  std::optional<std::string> topic{};
  std::optional<std::vector<std::string>> places{};  // with place_names, as many
  std::optional<std::vector<std::string>> place_names{};
  std::optional<std::string> time{};  // EDTF
  std::optional<document::Modality> modality{};
  std::optional<bool> negated{};
  std::optional<document::CommitmentStatus> status{};
  std::optional<std::string> instrument{};
  std::optional<std::string> value{};
  std::optional<std::string> unit{};
};

struct ReviewBody {
  Seq statement = 0;
  ReviewAction action = ReviewAction::confirm;
  std::string by{};            // who reviewed: "account:" and its id, or a name from the command line
  std::string on_behalf_of{};  // the organization or State for which they act, by its id
  std::string note{};          // why
  Correction correction{};     // of a `correct`; else empty
  // Of a `withdraw`: the review that is taken back, the last of this person that stands.
  std::optional<Seq> withdraws{};
};

// Two ids mean one body, State, person or place: from now on `entity` reads as `into`.
struct MergeBody {
  std::string entity{};
  std::string into{};
  std::string by{};
  std::string reason{};
};

// The merge of `entity` was wrong: it stands for itself again.
struct UnmergeBody {
  std::string entity{};
  std::string by{};
  std::string reason{};
};

// The bodies of these entries were destroyed. Says why, never what.
struct ErasureBody {
  std::vector<Seq> entries{};
  std::string by{};
  std::string reason{};
};

// An act in a procedure, a pledge, a warning: kept as given, for the engines to come.
struct ActBody {
  std::string type{};  // "consultation.opened", …
  std::string json{};  // any JSON value; made canonical when appended
};

// Who may see a document is said anew; the last word counts.
struct HandlingBody {
  std::string document{};  // the document's id
  document::Handling handling{};
  std::string by{};            // who says so
  std::string on_behalf_of{};  // the organization or State for which they act, by its id
  std::string reason{};
};

// What a person does to the text that the reader gave.
enum class RevisionAction { undo_edit, redo_edit, choose_reading };

// An edit of the reader is undone or made again, or a doubt is settled by one of its readings.
struct RevisionBody {
  std::string document{};  // the document's id
  std::size_t section = 0;
  RevisionAction action = RevisionAction::undo_edit;
  std::size_t target = 0;                // the edit's or the doubt's place in the section, from 0
  std::optional<std::size_t> reading{};  // of a doubt, from 0; nothing opens the doubt again
  std::string by{};
  std::string on_behalf_of{};
  std::string note{};
};

using Body = std::variant<DocumentBody, SectionBody, StatementBody, ReviewBody, MergeBody, UnmergeBody,
                          ErasureBody, ActBody, HandlingBody, RevisionBody>;

// In the order of Body's alternatives.
enum class EntryKind {
  document,
  section,
  statement,
  review,
  merge,
  unmerge,
  erasure,
  act,
  handling,
  revision,
};

EntryKind kind_of(const Body& body);
std::string_view name_of(EntryKind kind);  // "document", …
std::string_view name_of(ReviewAction action);
std::string_view name_of(ReviewState state);
std::string_view name_of(RevisionAction action);
std::optional<EntryKind> entry_kind_named(std::string_view name);
std::optional<ReviewAction> review_action_named(std::string_view name);
std::optional<ReviewState> review_state_named(std::string_view name);

// The canonical JSON (RFC 8785) of a body.
//   throws  Error{invalid_input} if a text in it is not valid UTF-8
std::string to_canonical_json(const Body& body);
// The inverse.
//   throws  Error{corrupt} if the text is not such a body
Body body_from_json(EntryKind kind, std::string_view json);
// The raw text alone of a section's body, for who needs nothing else of it.
//   throws  the same
std::string section_raw_from_json(std::string_view json);

// Handling has one canonical text too, so that equal ones are equal strings: the mark alone as a string, an
// object where more is said; statuses and recipients sorted, each once.
//   example  "TLP:GREEN" (with its quotation marks) or {"recipients":["KAZ"],"tlp":"TLP:AMBER"}
std::string to_canonical_json(const document::Handling& handling);
//   throws  Error{corrupt}
document::Handling handling_from_json(std::string_view json);

// What stands in the log for one entry. Its canonical JSON is the leaf.
struct Header {
  Seq seq = 0;
  EntryKind kind = EntryKind::document;
  std::string time{};       // "2026-11-22T17:30:00Z"
  std::string body_hash{};  // hex of SHA-256(salt || canonical body)
};

std::string to_canonical_json(const Header& header);
//   throws  Error{corrupt} if the text is not a header in canonical form
Header header_from_json(std::string_view json);

// An entry as it is read back.
struct Entry {
  Header header{};
  std::string salt{};                 // hex, 32 digits; empty if erased
  std::optional<std::string> body{};  // canonical JSON; nothing if it was erased
};

// "2026-11-22T17:30:00Z"
std::string format_time(Instant instant);

}  // namespace mithaq::record
