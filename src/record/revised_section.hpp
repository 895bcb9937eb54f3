// A section as it reads after what people decided of its edits and doubts.
//
// Both who writes the view and who verifies it make a section's rows through this, so that they mean the same
// rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/revise.hpp"
#include "record/entry.hpp"

namespace mithaq::record {

// What the revisions of a section left of it, with who decided and when.
class SectionDecisions {
 public:
  struct Mark {
    std::string by{};  // empty: nothing is decided, or it was taken back
    std::string time{};
  };
  // In the order of the log. What does not fit the section is passed over: require_possible() kept it out.
  void add(const RevisionBody& revision, std::string_view time);

  const document::Decisions& decisions() const { return decisions_; }
  bool is_undone(std::size_t edit) const { return decisions_.is_undone(edit); }
  std::optional<std::size_t> chosen_of(std::size_t doubt) const { return decisions_.chosen_of(doubt); }
  const Mark& edit_mark(std::size_t edit) const { return mark_of(edits_, edit); }
  const Mark& doubt_mark(std::size_t doubt) const { return mark_of(doubts_, doubt); }

 private:
  static const Mark& mark_of(const std::vector<Mark>& marks, std::size_t at);

  document::Decisions decisions_{};
  std::vector<Mark> edits_{}, doubts_{};
};

// Holds a new revision against the section as it was read and what was decided before.
//   throws  Error{invalid_input} if there is no such edit, doubt or reading, or the edit changed nothing;
//           Error{conflict} if it is so already
void require_possible(const RevisionBody& revision, const document::Document& as_read,
                      const SectionDecisions& before);

class RevisedSection {
 public:
  RevisedSection(SectionBody as_read, SectionDecisions decisions);
  RevisedSection(const RevisedSection&) = delete;
  RevisedSection& operator=(const RevisedSection&) = delete;

  // Its paragraphs, mentions and doubts are as they now read, its edits all that the reader made.
  const SectionBody& body() const { return revised_; }
  const SectionDecisions& decisions() const { return decisions_; }
  // Makes a statement of this section, as the reader gave it, one of the revised text. Its raw place and its
  // words stay.
  void place(StatementBody& statement) const;

 private:
  document::Document as_read_;
  SectionDecisions decisions_;
  SectionBody revised_;
  document::Locator locator_;
};

}  // namespace mithaq::record
