// Statements for other programs: JSON Lines, and the who-does-what-where rows that humanitarian tools read.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "service/workspace.hpp"

namespace mithaq::service {

// One JSON object a line: everything the record has on a statement, with its citation and review.
void write_statements_jsonl(std::ostream& out, const std::vector<record::StatementRow>& rows);

// One row of a who-does-what-where table: one organization, one theme, one place.
struct WhoWhatWhereRow {
  std::string organization{};
  std::string organization_id{};
  std::string role{};      // "lead", "partner", "debtor" …
  std::string partners{};  // the others, "; " between
  std::string activity{};  // the kind of statement
  std::string theme{};
  std::string theme_id{};
  std::string place{};
  std::string place_code{};    // ISO 3166-1 alpha-3 of the State; empty if it is none
  std::string start{}, end{};  // ISO dates; empty if unsaid
  std::string status{};
  std::string review{};
  std::string source{};  // document and paragraph
  std::string words{};
};

// The rows that statements give: each actor times each theme times each place. Names and words in the
// language.
std::vector<WhoWhatWhereRow> who_what_where(Workspace& workspace,
                                            const std::vector<record::StatementRow>& rows, Language language);

}  // namespace mithaq::service
