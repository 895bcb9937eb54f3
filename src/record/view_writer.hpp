// Folds entries into the tables of the view.
//
// The same entries in the same order give the same rows, whether they are folded as they are appended or all
// again. After an erasure the tables are as if the erased entries had never been folded.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/database.hpp"
#include "record/entry.hpp"
#include "record/text_index.hpp"
#include "record/view_rows.hpp"

namespace mithaq::record {

class ViewWriter final : private RowTaker {
 public:
  // Writes to the tables of one schema: "main", or "temp" for a second folding beside it.
  //   index  also written, if there is one: "main" alone has it
  ViewWriter(Database& database, std::string schema, TextIndex* index);

  void create_tables();
  void drop_tables();

  // Holds a new entry against the merges so far. Folding itself does not: after an erasure an un-merge may
  // stand without its merge.
  //   throws  Error{conflict} if a merge would make a circle, Error{invalid_input} if there is nothing to
  //   undo
  void require_possible(const Body& body);
  // Folds one entry.
  //   throws  Error{invalid_input} if it refers to an entry that is not there
  void fold(Seq seq, std::string_view time, const Body& body);
  // Writes what was kept back; called before each commit.
  void finish();
  // Forgets what was looked up before: a transaction was rolled back, or another program has written.
  void forget();

  // The entry of a document or of a section, if it is in the view.
  std::optional<Seq> find_document(const std::string& id);
  struct Section {
    Seq document;  // the entries
    Seq section;
    std::size_t paragraphs;  // how many it has
    bool revised;            // people changed what it reads
  };
  std::optional<Section> find_section(const std::string& document, std::size_t section);
  // What people decided of a section's edits and doubts.
  SectionDecisions decisions_of(Seq section);

 private:
  void fold_body(Seq seq, std::string_view time, const SectionBody& body);
  void fold_body(Seq seq, std::string_view time, const StatementBody& body);
  void fold_body(Seq seq, std::string_view time, const DocumentBody& body);
  void fold_body(Seq seq, std::string_view time, const ReviewBody& body);
  void fold_body(Seq seq, std::string_view time, const HandlingBody& body);
  void fold_body(Seq seq, std::string_view time, const RevisionBody& body);
  void fold_body(Seq seq, std::string_view time, const ErasureBody& body);
  template <typename Other>
  void fold_body(Seq seq, std::string_view time, const Other& body) {
    give_rows(seq, time, body, *this);
  }

  // Puts a row into its table; a paragraph also into the full-text index.
  void take(TableId table, std::span<const Cell> row) override;
  // Makes the rows of a statement again from its body and its reviews.
  void rewrite_statement(Seq seq);
  void remove_statement(Seq seq);
  // Makes the handling in a document's row that of its last handling entry, else its own.
  void rewrite_handling(Seq document);
  void remove_section(Seq seq);
  // Makes the rows of a section and of its statements again from its body and its revisions.
  void rewrite_section(Seq document, Seq section);
  // The section as it now reads; kept until another one is asked for or something is forgotten.
  const RevisedSection& revised(Seq section);
  // All reviews of a statement, in order.
  std::vector<TimedReview> reviews_of(Seq statement);
  void forget_section();
  // The SQL with "@" replaced by the schema; kept, since it is asked for row by row.
  const std::string& sql(const char* text);

  Database& database_;
  std::string schema_;
  TextIndex* index_;
  std::unordered_map<const char*, std::string> sql_{};
  std::array<std::optional<RowInserter>, kTableCount> inserters_{};
  // The section that was looked up last: statements come section by section.
  std::string last_document_{};
  std::size_t last_section_ = 0;
  std::optional<Section> last_found_{};
  std::optional<Seq> revised_of_{};
  std::unique_ptr<RevisedSection> revised_{};
};

}  // namespace mithaq::record
