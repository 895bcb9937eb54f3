// Statements of the record as rows of a table.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "record/view.hpp"

namespace mithaq::cli {

// Who · does what · on what · where · when · state of review · source · words.
AnswerTable statement_table(Session& session, const std::vector<record::StatementRow>& rows);

// The column that every table of statements ends in: what the document itself says.
Column words_column(const Session& session);

// "02-report.md ¶7": where a fact stands, as people cite it.
std::string cite(const record::Citation& citation);

// The citation of a statement; for people with the state of its review, which no answer leaves out.
std::string source_text(const Session& session, const record::StatementRow& row);

// The parties of a statement that take part in one of the roles, joined by "; ", in the interface's language.
std::string parties_text(Session& session, const record::StatementRow& row,
                         const std::vector<document::PartyRole>& roles);
std::string places_text(Session& session, const record::StatementRow& row);
std::string themes_text(Session& session, const record::StatementRow& row);
// The word for a value in the interface's language.
std::string type_text(const Session& session, document::StatementType type);
std::string status_text(const Session& session, document::CommitmentStatus status);
std::string review_text(const Session& session, record::ReviewState state);

}  // namespace mithaq::cli
