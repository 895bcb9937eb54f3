#include "engines/search/search.hpp"

#include <algorithm>
#include <map>

namespace mithaq::search {

Ranking rank(const record::View& view, const Question& question) {
  const Query query = parse_query(question.words);
  Ranking answer{.cut = query.cut};
  // A paragraph that several alternatives find keeps its best score.
  std::map<record::ParagraphRowId, std::pair<double, const std::vector<record::TextTerm>*>> best;
  const std::size_t wanted = question.offset + question.limit;
  for (const auto& terms : query.alternatives) {
    const record::ParagraphHits found = view.search_paragraphs(terms, question.filter, wanted);
    answer.truncated = answer.truncated || found.truncated;
    for (const record::ParagraphHit& hit : found.hits) {
      const auto [at, fresh] = best.try_emplace(hit.row, hit.score, &terms);
      if (!fresh && hit.score > at->second.first) at->second = {hit.score, &terms};
    }
  }
  std::vector<std::pair<record::ParagraphRowId, double>> ranked;
  for (const auto& [row, found] : best) ranked.emplace_back(row, found.first);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first > b.first;
  });
  for (std::size_t at = question.offset; at < ranked.size() && at < wanted; ++at)
    answer.best.push_back(
        {.row = ranked[at].first, .score = ranked[at].second, .terms = *best.at(ranked[at].first).second});
  return answer;
}

std::vector<Hit> hits_of(const record::View& view, std::span<const Ranked> paragraphs,
                         std::size_t snippet_bytes) {
  std::vector<record::ParagraphRowId> rows;
  for (const Ranked& each : paragraphs) rows.push_back(each.row);
  std::vector<std::vector<record::StatementRow>> statements = view.statements_of(rows);
  std::vector<Hit> out;
  std::size_t at = 0;
  for (const record::ParagraphRow& paragraph : view.paragraphs_at(rows)) {
    while (rows[at] != paragraph.row) ++at;  // erased meanwhile
    out.push_back({.citation = view.cite(paragraph),
                   .score = paragraphs[at].score,
                   .snippet = make_snippet(paragraph.paragraph.text, paragraphs[at].terms, view.analyzer(),
                                           snippet_bytes),
                   .statements = std::move(statements[at])});
  }
  return out;
}

Answer search(const record::View& view, const Question& question) {
  const Ranking ranking = rank(view, question);
  return {.hits = hits_of(view, ranking.best, question.snippet_bytes),
          .truncated = ranking.truncated,
          .cut = ranking.cut};
}

}  // namespace mithaq::search
