// What counting and ordering need to know of every statement: codes and keys, no words of the text.
//
// View::each_statement_fact streams them in the order of the log, so that an index of half a million
// statements is made in one pass and kept fresh from where the log went on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/finding.hpp"
#include "record/entry.hpp"

namespace mithaq::record {

struct PartyFact {
  document::PartyRole role = document::PartyRole::actor;
  document::FoundBy found_by = document::FoundBy::name;
  std::string key{};  // entity id as it stands in the entry, before merges; "name:" and a folded name without
  std::string name{};  // as the document writes it
};

struct PlaceFact {
  std::string key{};
  std::string name{};
};

struct ReviewFact {
  std::string by{};
  ReviewAction action = ReviewAction::confirm;
  bool decided = false;  // false: they took back their last word
};

struct StatementFact {
  Seq seq = 0;
  Seq document = 0;            // its document's entry
  std::int64_t paragraph = 0;  // row
  std::uint32_t range_begin = 0;
  document::StatementType type = document::StatementType::cooperation;
  document::Modality modality = document::Modality::asserted;
  document::CommitmentStatus status = document::CommitmentStatus::unstated;
  document::Confidence confidence = document::Confidence::a;
  ReviewState review = ReviewState::proposed;
  bool negated = false;
  std::string instrument{};                  // the paper it rests on
  std::optional<std::int64_t> from{}, to{};  // days from 1970-01-01 that its time may cover
  std::vector<PartyFact> parties{};
  std::vector<std::string> themes{};
  std::vector<PlaceFact> places{};
  // Of a statement that names no place: the places and States that its paragraph mentions.
  std::vector<std::string> nearby{};
  std::vector<ReviewFact> reviews{};  // oldest first
};

struct DocumentFact {
  Seq seq = 0;
  std::string language{};
  std::string handling{};                    // as the view has it
  std::optional<std::int64_t> from{}, to{};  // days that its date may cover
  std::string brought_by{};                  // the account; empty for the command line
};

// How much a section holds.
struct SectionFact {
  Seq seq = 0;       // its entry
  Seq document = 0;  // its document's entry
  std::uint32_t paragraphs = 0, mentions = 0, doubts = 0, edits = 0;
};

// A name in or near a paragraph.
struct NamedNearby {
  std::string key{};
  std::size_t times = 0;
};

// Tells whether a record is still the same one, and still the same size.
struct LogMark {
  Seq size = 0;
  std::string first{};  // the header of entry 0
  friend bool operator==(const LogMark&, const LogMark&) = default;
};

// What happened to statements since the log had some size.
struct FactChanges {
  Seq size = 0;                    // of the log now
  std::vector<Seq> reviewed{};     // statements with a new review, or of a text that was revised; sorted
  std::vector<Seq> revised{};      // sections of such a text
  bool merges = false;             // an entity reads as another now
  bool documents_changed = false;  // the handling of documents that were there before
  bool erased = false;             // bodies were destroyed: make everything anew
};

}  // namespace mithaq::record
