#include "service/follow_up.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "engines/activity/counts.hpp"
#include "service/activity.hpp"

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

// So many statements of one paper are followed up.
constexpr std::size_t kStatementsMax = 10'000;

// Papers are followed paragraph by paragraph: "paragraph 5" before "paragraph 12", then as the documents have
// them.
std::size_t paragraph_number(const std::string& instrument) {
  static constexpr std::string_view kParagraph = "paragraph ";
  const std::size_t at = instrument.find(kParagraph);
  if (at == std::string::npos) return 0;
  std::size_t number = 0;
  for (std::size_t each = at + kParagraph.size(); each < instrument.size(); ++each) {
    if (instrument[each] < '0' || instrument[each] > '9' || number > 100'000) break;
    number = number * 10 + static_cast<std::size_t>(instrument[each] - '0');
  }
  return number;
}

bool in_paper_order(const record::StatementRow& a, const record::StatementRow& b) {
  const auto key = [](const record::StatementRow& row) {
    return std::tuple(paragraph_number(row.instrument), row.citation.document, row.citation.paragraph_row,
                      row.range_begin, row.seq);
  };
  return key(a) < key(b);
}

bool is_earlier(const record::StatementRow& a, const record::StatementRow& b) {
  if (a.citation.document_date != b.citation.document_date) {
    return a.citation.document_date < b.citation.document_date;
  }
  return a.seq < b.seq;
}

// The commitments and implementations that rest on an instrument with these words, or stand in a document.
std::vector<record::StatementRow> commitments_of(Workspace& workspace, const std::string& reference) {
  const record::View& view = workspace.record().view();
  const auto activity = workspace.activity();
  const auto& instruments = *activity->table.instruments;
  std::optional<activity::DocumentId> document;
  std::exception_ptr no_document;
  try {
    document = activity->document(view.document(reference).seq);
  } catch (const Error&) {
    no_document = std::current_exception();
  }
  const std::vector<std::string> wanted = view.analyzer().terms(reference, AnalyzeFor::question);
  std::vector<std::uint8_t> asked_for(instruments.size(), 0);
  for (std::size_t each = 1; each < instruments.size(); ++each) {
    const auto& held = instruments[each].terms;
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&held](const std::string& word) {
      return std::find(held.begin(), held.end(), word) != held.end();
    });
    asked_for[each] = !wanted.empty() && all ? 1 : 0;
  }
  activity::Question question{
      .sees = sees_of(workspace, *activity),
      .types = activity::bit_of(StatementType::commitment) | activity::bit_of(StatementType::implementation)};
  std::vector<record::Seq> found;
  activity::each_match(
      activity::Asked(activity->table, question), [&](const activity::Segment& segment, activity::Row row) {
        if (asked_for[segment.instrument[row]] != 0 || (document && segment.document[row] == *document))
          found.push_back(segment.seq[row]);
      });
  if (found.empty() && no_document) std::rethrow_exception(no_document);
  if (found.size() > kStatementsMax) found.resize(kStatementsMax);
  std::vector<record::StatementRow> rows = view.statements_at(found);
  std::stable_sort(rows.begin(), rows.end(), in_paper_order);
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
  // What may speak of a commitment rests on the same paper.
  const auto paper_of = [](const record::StatementRow& row) {
    return row.instrument.substr(0, row.instrument.find(", paragraph"));
  };
  std::map<std::string, std::vector<std::size_t>> by_paper;
  for (std::size_t each = 0; each < rows.size(); ++each) {
    if (!rows[each].instrument.empty()) by_paper[paper_of(rows[each])].push_back(each);
  }
  std::vector<FollowUpRow> answer;
  for (std::size_t each = 0; each < rows.size(); ++each) {
    const record::StatementRow& row = rows[each];
    if (row.type != StatementType::commitment) continue;
    FollowUpRow line{row, row.status, {}};
    if (!row.instrument.empty()) {
      // A paper's name may go on in another one's: "resolution 5" in "resolution 5, annex".
      const std::string paper = paper_of(row);
      for (const auto& [other_paper, members] : by_paper) {
        if (!other_paper.starts_with(paper) && !paper.starts_with(other_paper)) continue;
        for (const std::size_t other : members) {
          if (speaks_of(rows[other], words[other], row, words[each])) line.evidence.push_back(rows[other]);
        }
      }
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

std::vector<std::string> missing_of(const FollowUpRow& row) {
  std::vector<std::string> out;
  const record::StatementRow& commitment = row.commitment;
  const bool debtor =
      std::any_of(commitment.parties.begin(), commitment.parties.end(), [](const record::PartyRow& each) {
        return each.role == document::PartyRole::actor || each.role == document::PartyRole::subject ||
               each.role == document::PartyRole::addressee;
      });
  if (!debtor) out.emplace_back("debtor");
  if (commitment.time.empty()) out.emplace_back("deadline");
  if (row.evidence.empty()) out.emplace_back("evidence");
  if (row.status == CommitmentStatus::unstated) out.emplace_back("status");
  if (commitment.instrument.empty()) out.emplace_back("paper");
  return out;
}

nlohmann::ordered_json papers_answer(Workspace& workspace, std::size_t limit, std::size_t offset) {
  using nlohmann::ordered_json;
  const auto activity = workspace.activity();
  const record::View& view = workspace.record().view();
  const auto found = activity::papers(activity::Asked(
      activity->table,
      {.sees = sees_of(workspace, *activity), .types = activity::bit_of(StatementType::commitment)}));
  const std::size_t begin = std::min(offset, found.size()), end = std::min(found.size(), begin + limit);
  // The documents of the page, and those whose symbol ends an instrument's name.
  record::DocumentQuery documents;
  record::DocumentQuery by_symbol;
  for (std::size_t each = begin; each < end; ++each) {
    if (found[each].document) {
      documents.seqs.push_back(*found[each].document);
    } else {
      const std::string& text = (*activity->table.instruments)[found[each].instrument].text;
      by_symbol.symbols.push_back(text.substr(text.rfind(' ') + 1));
    }
  }
  std::map<record::Seq, record::DocumentRow> by_seq;
  std::map<std::string, record::DocumentRow> of_symbol;
  if (!documents.seqs.empty()) {
    for (record::DocumentRow& row : view.documents(documents)) by_seq.emplace(row.seq, std::move(row));
  }
  if (!by_symbol.symbols.empty()) {
    for (record::DocumentRow& row : view.documents(by_symbol))
      of_symbol.emplace(row.metadata.symbol, std::move(row));
  }
  ordered_json papers = ordered_json::array();
  for (std::size_t each = begin; each < end; ++each) {
    const activity::PaperCount& paper = found[each];
    ordered_json by_status = ordered_json::object();
    for (std::size_t status = 0; status < activity::kStatuses; ++status) {
      if (paper.by_status[status] > 0)
        by_status[std::string(name_of(static_cast<CommitmentStatus>(status)))] = paper.by_status[status];
    }
    ordered_json shown = {{"reference", ""}, {"title", ""}, {"document", nullptr}, {"date", ""}};
    const record::DocumentRow* row = nullptr;
    if (paper.document) {
      const auto at = by_seq.find(*paper.document);
      if (at == by_seq.end()) continue;
      row = &at->second;
      shown["reference"] = row->id;
    } else {
      const std::string& text = (*activity->table.instruments)[paper.instrument].text;
      shown["reference"] = text;
      shown["title"] = text;
      const auto at = of_symbol.find(text.substr(text.rfind(' ') + 1));
      if (at != of_symbol.end()) row = &at->second;
    }
    if (row != nullptr) {
      shown["title"] = !row->metadata.title.empty() ? row->metadata.title : row->name;
      shown["document"] = row->id;
      shown["date"] = row->metadata.date;
    }
    shown["kind"] = paper.document ? "document" : "instrument";
    shown["commitments"] = paper.commitments;
    shown["by_status"] = by_status;
    papers.push_back(std::move(shown));
  }
  ordered_json next = nullptr;
  if (end < found.size() && limit > 0) next = offset + limit;
  return {{"papers", papers},
          {"total", found.size()},
          {"page", {{"limit", limit}, {"offset", offset}, {"next_offset", next}}}};
}

}  // namespace mithaq::service
