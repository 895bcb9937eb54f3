// Which statements a question is about, and a pass over them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engines/activity/table.hpp"

namespace mithaq::activity {

// What the asker may see: documents whose handling is opened to them, and what they brought in themselves.
struct Sees {
  bool all = true;
  std::vector<std::uint8_t> handlings{};  // [HandlingId]: 1 if opened; what is beyond its end is not
  std::uint16_t account = 0;              // 0: nobody
  friend bool operator==(const Sees&, const Sees&) = default;
  bool document(const DocumentInfo& info) const {
    return all || (info.handling < handlings.size() && handlings[info.handling] != 0) ||
           (account != 0 && info.brought_by == account);
  }
};

// Empty fields ask for anything. Values inside one field are alternatives, fields are joined by "and".
struct Question {
  Sees sees{};
  std::vector<EntityId> parties{};  // takes part: each with all that belongs to it
  bool all_parties = false;         // each of `parties` takes part, instead of any; eight at most
  std::vector<EntityId> places{};   // each with all that lies in it
  bool nearby = false;            // with `places`: also what names no place but stands beside the name of one
  std::vector<EntityId> about{};  // takes part or is the place, with all that belongs to it or lies in it
  std::vector<ThemeId> themes{};  // as given, without those under them
  std::optional<std::int32_t> from{}, to{};  // days: the statement's time may fall inside
  bool undated = true;                       // with from or to: also those that say no time
  std::uint32_t types = 0;                   // bits by StatementType; 0: any
  std::uint32_t statuses = 0;                // bits by CommitmentStatus; 0: any
  std::uint32_t reviews = 0;                 // bits by review state; 0: all but rejected
  std::optional<DocumentId> document{};
  std::optional<std::uint16_t> language{};                     // of the document, in Table::languages
  std::optional<std::int32_t> document_from{}, document_to{};  // days: the document's date may fall inside
};

inline constexpr std::uint32_t bit_of(document::StatementType type) {
  return std::uint32_t{1} << static_cast<int>(type);
}
inline constexpr std::uint8_t kProposed = 0, kConfirmed = 1, kCorrected = 2, kRejected = 3;

// A question made ready for one table, which must outlive it.
class Asked {
 public:
  Asked(const Table& table, const Question& question);

  enum class Match : std::uint8_t { no, nearby, yes };
  Match match(const Segment& segment, Row row) const;

  const Table& table() const { return table_; }
  bool sees(DocumentId document) const { return visible_[document] != 0; }

 private:
  const Table& table_;
  Question question_;
  std::vector<std::uint8_t> visible_{};  // [document]
  std::vector<std::uint8_t> parties_{};  // [entity]: bits of the asked parties that it stands for
  std::vector<std::uint8_t> places_{};   // [entity]
  std::vector<std::uint8_t> about_{};    // [entity]
  std::vector<std::uint8_t> themes_{};   // [theme]
  std::uint8_t all_bits_ = 0;
};

// Calls take(segment, row) for each statement that matches.
template <typename Take>
void each_match(const Asked& asked, const Take& take) {
  for (const auto& segment : asked.table().segments) {
    const auto rows = static_cast<Row>(segment->rows());
    for (Row row = 0; row < rows; ++row) {
      if (asked.match(*segment, row) != Asked::Match::no) take(*segment, row);
    }
  }
}

enum class Order { document, newest, place };

struct Found {
  std::vector<std::uint64_t> seqs{};  // of the page
  std::size_t total = 0;              // that match
  std::size_t nearby = 0;             // of those, what names no place itself; they come last
};

// One page of the statements that match.
//   order  document: by document, paragraph and place in it; newest: latest entry first; place: by the name
//   of the
//          first place, then as document
Found find_statements(const Asked& asked, Order order, std::size_t offset, std::size_t limit);

struct FoundParagraphs {
  std::vector<std::int64_t> rows{};  // of the page
  std::size_t total = 0;
};
// One page of the paragraphs in which such statements stand, newest first.
FoundParagraphs find_paragraphs(const Asked& asked, std::size_t offset, std::size_t limit);

}  // namespace mithaq::activity
