#include "service/follow_up.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using document::CommitmentStatus;
using document::StatementType;

// How much a status says of what became of a commitment; of two, the one that says more stands.
int says(CommitmentStatus status) {
  switch (status) {
    case CommitmentStatus::unstated:
      return 0;
    case CommitmentStatus::asserted:
    case CommitmentStatus::reaffirmed:
    case CommitmentStatus::decided:
      return 1;
    case CommitmentStatus::proposed:
    case CommitmentStatus::under_discussion:
      return 2;
    case CommitmentStatus::pending:
      return 3;
    case CommitmentStatus::in_progress:
      return 4;
    case CommitmentStatus::partly_done:
      return 5;
    case CommitmentStatus::ongoing:
      return 6;
    case CommitmentStatus::done:
      return 7;
  }
  return 0;
}

bool shares_theme(const record::StatementRow& a, const record::StatementRow& b) {
  for (const std::string& theme : a.themes) {
    if (std::find(b.themes.begin(), b.themes.end(), theme) != b.themes.end()) return true;
  }
  return false;
}

// A later word on the same thing: the same paragraph of the instrument, or the instrument as a whole with a
// theme in common.
bool speaks_of(const record::StatementRow& evidence, const record::StatementRow& commitment) {
  if (evidence.seq == commitment.seq || commitment.instrument.empty()) return false;
  if (evidence.instrument == commitment.instrument) {
    const bool paragraph = commitment.instrument.find("paragraph") != std::string::npos;
    return paragraph || shares_theme(evidence, commitment);
  }
  return false;
}

std::vector<record::StatementRow> commitments_of(Workspace& workspace, const std::string& reference) {
  const record::View& view = workspace.record().view();
  record::StatementQuery query;
  query.types = {StatementType::commitment, StatementType::implementation};
  query.instrument = reference;
  query.limit = 10000;
  std::vector<record::StatementRow> rows = view.statements(query);
  try {
    query.documents = {view.document(reference).id};
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_found && !rows.empty()) return rows;
    throw;
  }
  query.instrument.clear();
  for (record::StatementRow& row : view.statements(query)) {
    const bool there =
        std::any_of(rows.begin(), rows.end(), [&](const auto& each) { return each.seq == row.seq; });
    if (!there) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::vector<FollowUpRow> follow_up(Workspace& workspace, const std::string& reference) {
  const std::vector<record::StatementRow> rows = commitments_of(workspace, reference);
  std::vector<FollowUpRow> answer;
  for (const record::StatementRow& row : rows) {
    if (row.type != StatementType::commitment) continue;
    FollowUpRow line{row, row.status, {}};
    for (const record::StatementRow& other : rows) {
      if (!speaks_of(other, row)) continue;
      line.evidence.push_back(other);
      if (says(other.status) > says(line.status)) line.status = other.status;
    }
    answer.push_back(std::move(line));
  }
  return answer;
}

}  // namespace mithaq::service
