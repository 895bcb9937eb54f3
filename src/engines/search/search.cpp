#include "engines/search/search.hpp"

#include <algorithm>
#include <map>

namespace mithaq::search {

Answer search(const record::View& view, const Question& question) {
  const Query query = parse_query(question.words);
  Answer answer;
  answer.cut = query.cut;
  // A paragraph that several alternatives find keeps its best score.
  std::map<record::ParagraphRowId, std::pair<double, const std::vector<record::TextTerm>*>> best;
  for (const auto& terms : query.alternatives) {
    const record::ParagraphHits found = view.search_paragraphs(terms, question.filter, question.limit);
    answer.truncated = answer.truncated || found.truncated;
    for (const record::ParagraphHit& hit : found.hits) {
      const auto [at, fresh] = best.try_emplace(hit.row, hit.score, &terms);
      if (!fresh && hit.score > at->second.first) at->second = {hit.score, &terms};
    }
  }
  struct Ranked {
    record::ParagraphRowId row;
    double score;
    const std::vector<record::TextTerm>* terms;
  };
  std::vector<Ranked> ranked;
  for (const auto& [row, found] : best) ranked.push_back({row, found.first, found.second});
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.row > b.row;
  });
  if (ranked.size() > question.limit) ranked.resize(question.limit);
  std::vector<record::ParagraphRowId> rows;
  for (const Ranked& each : ranked) rows.push_back(each.row);
  std::vector<std::vector<record::StatementRow>> statements = view.statements_of(rows);
  std::size_t at = 0;
  for (const record::ParagraphRow& paragraph : view.paragraphs_at(rows)) {
    while (ranked[at].row != paragraph.row) ++at;  // erased meanwhile
    answer.hits.push_back({.citation = view.cite(paragraph),
                           .score = ranked[at].score,
                           .snippet = make_snippet(paragraph.paragraph.text, *ranked[at].terms,
                                                   view.analyzer(), question.snippet_bytes),
                           .statements = std::move(statements[at])});
  }
  return answer;
}

}  // namespace mithaq::search
