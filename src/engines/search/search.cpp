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
  for (const Ranked& each : ranked) {
    const record::ParagraphRow paragraph = view.paragraph(each.row);
    Hit hit;
    hit.citation = view.cite(paragraph);
    hit.score = each.score;
    hit.snippet =
        make_snippet(paragraph.paragraph.text, *each.terms, view.analyzer(), question.snippet_bytes);
    hit.statements = view.statements_of_paragraph(each.row);
    answer.hits.push_back(std::move(hit));
  }
  return answer;
}

}  // namespace mithaq::search
