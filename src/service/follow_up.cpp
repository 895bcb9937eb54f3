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

// So many statements are looked through for what became of the commitments of one page.
constexpr std::size_t kEvidenceMax = 10'000;

// Papers are followed paragraph by paragraph: "paragraph 5" before "paragraph 12".
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

bool is_earlier(const record::StatementRow& a, const record::StatementRow& b) {
  if (a.citation.document_date != b.citation.document_date) {
    return a.citation.document_date < b.citation.document_date;
  }
  return a.seq < b.seq;
}

// A commitment or an implementation, as the table of statements has it.
struct Candidate {
  record::Seq seq = 0;
  StatementType type = StatementType::commitment;
  CommitmentStatus status = CommitmentStatus::unstated;
  activity::InstrumentId instrument = 0;
  // The order of answers: by paragraph of the paper, then as the documents have them.
  std::tuple<std::size_t, activity::DocumentId, std::int64_t, std::uint32_t, record::Seq> place{};
};

// The commitments and implementations that rest on an instrument with these words, or stand in a document; in
// the order of answers.
std::vector<Candidate> candidates_of(Workspace& workspace, const Activity& activity,
                                     const std::string& reference) {
  const record::View& view = workspace.record().view();
  const auto& instruments = *activity.table.instruments;
  std::optional<activity::DocumentId> document;
  std::exception_ptr no_document;
  try {
    document = activity.document(view.document(reference).seq);
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
      .sees = sees_of(workspace, activity),
      .types = activity::bit_of(StatementType::commitment) | activity::bit_of(StatementType::implementation)};
  std::vector<Candidate> found;
  activity::each_match(
      activity::Asked(activity.table, question), [&](const activity::Segment& segment, activity::Row row) {
        const activity::InstrumentId instrument = segment.instrument[row];
        if (asked_for[instrument] == 0 && !(document && segment.document[row] == *document)) return;
        found.push_back({.seq = segment.seq[row],
                         .type = segment.type[row],
                         .status = segment.status[row],
                         .instrument = instrument,
                         .place = {paragraph_number(instruments[instrument].text), segment.document[row],
                                   segment.paragraph[row], segment.range_begin[row], segment.seq[row]}});
      });
  if (found.empty() && no_document) std::rethrow_exception(no_document);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
  return found;
}

}  // namespace

FollowUpPage follow_up(Workspace& workspace, const std::string& reference, std::size_t offset,
                       std::size_t limit) {
  const auto activity = workspace.activity();
  const std::vector<Candidate> candidates = candidates_of(workspace, *activity, reference);
  const auto& instruments = *activity->table.instruments;
  // The page, and the papers that its commitments rest on.
  FollowUpPage page;
  std::vector<record::Seq> seqs;
  std::set<std::string_view> papers;
  const auto paper_of = [&](const Candidate& each) -> std::string_view {
    return instruments[instruments[each.instrument].paper].text;
  };
  for (const Candidate& each : candidates) {
    if (each.type != StatementType::commitment) continue;
    if (page.total >= offset && page.total - offset < limit) {
      seqs.push_back(each.seq);
      if (each.instrument != 0) papers.insert(paper_of(each));
    }
    ++page.total;
  }
  const std::size_t on_page = seqs.size();
  // What may speak of them rests on the same paper; a paper's name may go on in another one's: "resolution 5"
  // in "resolution 5, annex".
  const auto same_paper = [](std::string_view a, std::string_view b) {
    return a.starts_with(b) || b.starts_with(a);
  };
  std::map<std::string_view, bool> on_these;
  for (const Candidate& each : candidates) {
    if (seqs.size() - on_page == kEvidenceMax) break;
    if (each.status == CommitmentStatus::unstated || each.instrument == 0) continue;
    const std::string_view paper = paper_of(each);
    auto known = on_these.find(paper);
    if (known == on_these.end()) {
      const bool held = std::any_of(papers.begin(), papers.end(),
                                    [&](std::string_view other) { return same_paper(paper, other); });
      known = on_these.emplace(paper, held).first;
    }
    if (known->second) seqs.push_back(each.seq);
  }
  std::map<record::Seq, record::StatementRow> rows;
  for (record::StatementRow& row : workspace.record().view().statements_at(seqs))
    rows.emplace(row.seq, std::move(row));

  // Analyzed once each: every row is held against every other of its paper.
  const Analyzer& analyzer = workspace.record().view().analyzer();
  std::map<record::Seq, std::set<std::string>> words;
  for (const auto& [seq, row] : rows) words.emplace(seq, words_of(analyzer, row));
  std::map<std::string, std::vector<record::Seq>> by_paper;
  const auto paper_named = [](const record::StatementRow& row) {
    return row.instrument.substr(0, row.instrument.find(", paragraph"));
  };
  const std::set<record::Seq> evidence(seqs.begin() + static_cast<std::ptrdiff_t>(on_page), seqs.end());
  for (const record::Seq seq : evidence) {
    if (const auto row = rows.find(seq); row != rows.end()) by_paper[paper_named(row->second)].push_back(seq);
  }
  for (std::size_t each = 0; each < on_page; ++each) {
    const auto found = rows.find(seqs[each]);
    if (found == rows.end()) continue;
    const record::StatementRow& row = found->second;
    FollowUpRow line{row, row.status, {}};
    if (!row.instrument.empty()) {
      const std::string paper = paper_named(row);
      for (const auto& [other_paper, members] : by_paper) {
        if (!same_paper(other_paper, paper)) continue;
        for (const record::Seq other : members) {
          if (speaks_of(rows.at(other), words.at(other), row, words.at(row.seq)))
            line.evidence.push_back(rows.at(other));
        }
      }
    }
    std::stable_sort(line.evidence.begin(), line.evidence.end(), is_earlier);
    if (!line.evidence.empty() &&
        (row.status == CommitmentStatus::unstated || is_earlier(row, line.evidence.back()))) {
      line.status = line.evidence.back().status;
    }
    page.rows.push_back(std::move(line));
  }
  return page;
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

nlohmann::ordered_json papers_answer(Workspace& workspace, std::size_t limit, std::size_t offset,
                                     Language language) {
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
      const std::string name = workspace.knowledge().names.paper(text, language);
      shown["title"] = name.empty() ? text : name;
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
