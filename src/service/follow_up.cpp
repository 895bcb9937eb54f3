#include "service/follow_up.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using document::CommitmentStatus;
using document::StatementType;

// The words that two statements need in common to speak of one thing, and their share of the shorter one.
constexpr std::size_t kSharedWordsMin = 2;
constexpr double kSharedPartMin = 0.5;

std::set<std::string> words_of(const Analyzer& analyzer, const record::StatementRow& row) {
  const std::string& text = row.topic.empty() ? row.citation.words : row.topic;
  std::set<std::string> words;
  for (std::string& word : analyzer.terms(text, AnalyzeFor::question)) words.insert(std::move(word));
  return words;
}

bool largely_same_words(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::size_t shared = 0;
  for (const std::string& word : a) shared += b.contains(word) ? 1 : 0;
  const std::size_t shorter = std::min(a.size(), b.size());
  return shared >= kSharedWordsMin &&
         static_cast<double>(shared) >= kSharedPartMin * static_cast<double>(shorter);
}

// Does another statement say what became of a commitment?
//   *_words  words_of each
bool speaks_of(const record::StatementRow& other, const std::set<std::string>& other_words,
               const record::StatementRow& commitment, const std::set<std::string>& commitment_words) {
  if (other.seq == commitment.seq || other.status == CommitmentStatus::unstated) return false;
  if (commitment.instrument.empty() || other.instrument.empty()) return false;
  const bool same_paragraph = other.instrument == commitment.instrument &&
                              commitment.instrument.find("paragraph") != std::string::npos;
  if (same_paragraph) return true;
  // One of the two may name the paragraph and the other only the paper.
  const bool same_paper = other.instrument.starts_with(commitment.instrument) ||
                          commitment.instrument.starts_with(other.instrument);
  return same_paper && largely_same_words(other_words, commitment_words);
}

bool is_earlier(const record::StatementRow& a, const record::StatementRow& b) {
  if (a.citation.document_date != b.citation.document_date) {
    return a.citation.document_date < b.citation.document_date;
  }
  return a.seq < b.seq;
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
  const Analyzer& analyzer = workspace.record().view().analyzer();
  // Analyzed once each: every row is held against every other.
  std::vector<std::set<std::string>> words;
  words.reserve(rows.size());
  for (const record::StatementRow& row : rows) words.push_back(words_of(analyzer, row));
  std::vector<FollowUpRow> answer;
  for (std::size_t each = 0; each < rows.size(); ++each) {
    const record::StatementRow& row = rows[each];
    if (row.type != StatementType::commitment) continue;
    FollowUpRow line{row, row.status, {}};
    for (std::size_t other = 0; other < rows.size(); ++other) {
      if (speaks_of(rows[other], words[other], row, words[each])) line.evidence.push_back(rows[other]);
    }
    std::stable_sort(line.evidence.begin(), line.evidence.end(), is_earlier);
    if (!line.evidence.empty() &&
        (row.status == CommitmentStatus::unstated || is_earlier(row, line.evidence.back()))) {
      line.status = line.evidence.back().status;
    }
    answer.push_back(std::move(line));
  }
  return answer;
}

}  // namespace mithaq::service
