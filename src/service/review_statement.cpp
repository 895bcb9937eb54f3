#include "service/review_statement.hpp"

#include "base/error.hpp"

namespace mithaq::service {

namespace {

bool is_empty(const record::Correction& correction) {
  return record::to_canonical_json(
             record::ReviewBody{.action = record::ReviewAction::correct, .correction = correction}) ==
         record::to_canonical_json(record::ReviewBody{.action = record::ReviewAction::correct});
}

}  // namespace

record::Body review_entry(const record::View& view, const ReviewRequest& request) {
  using record::ReviewAction;
  view.statement(request.statement);  // it is there and may be seen
  if (request.person.by.empty()) throw Error(ErrorKind::invalid_input, "say who reviews");
  if ((request.action == ReviewAction::correct) == is_empty(request.correction)) {
    throw Error(ErrorKind::invalid_input, "a correction says what to correct, and nothing else does");
  }
  record::ReviewBody body{.statement = request.statement,
                          .action = request.action,
                          .by = request.person.by,
                          .on_behalf_of = request.person.on_behalf_of,
                          .note = request.note,
                          .correction = request.correction};
  if (request.action == ReviewAction::withdraw) {
    for (const record::ReviewRow& review : view.reviews(request.statement)) {
      if (review.stands && review.by == request.person.by) body.withdraws = review.seq;
    }
    if (!body.withdraws) throw Error(ErrorKind::invalid_input, "there is no review of yours to take back");
  }
  return body;
}

record::Seq review_statement(record::Store& store, const record::View& view, const ReviewRequest& request) {
  const record::Body entry = review_entry(view, request);
  return store.append({&entry, 1}).first;
}

double cohens_kappa(const std::vector<std::vector<std::size_t>>& table) {
  double total = 0, same = 0;
  std::vector<double> rows(table.size()), columns(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (table[row].size() != table.size()) {
      throw Error(ErrorKind::invalid_input, "a table of agreement has as many columns as rows");
    }
    for (std::size_t column = 0; column < table.size(); ++column) {
      const auto count = static_cast<double>(table[row][column]);
      total += count;
      rows[row] += count;
      columns[column] += count;
      if (row == column) same += count;
    }
  }
  if (total == 0) throw Error(ErrorKind::invalid_input, "nothing was decided by both");
  double by_chance = 0;
  for (std::size_t at = 0; at < table.size(); ++at) by_chance += rows[at] / total * (columns[at] / total);
  // Both always chose one and the same: nothing is left to chance, and they agree.
  if (by_chance >= 1) return 1;
  return (same / total - by_chance) / (1 - by_chance);
}

ReviewerPair compare_reviewers(const record::View& view, const std::string& first,
                               const std::string& second) {
  ReviewerPair out;
  std::vector<std::vector<std::size_t>> table(3, std::vector<std::size_t>(3));
  for (const record::SharedDecision& each : view.decided_by_both(first, second)) {
    ++out.both;
    ++table[static_cast<std::size_t>(each.first)][static_cast<std::size_t>(each.second)];
    if (each.first == each.second) {
      ++out.agree;
    } else {
      out.disagreements.push_back(each.statement);
    }
  }
  if (out.both > 0) out.kappa = cohens_kappa(table);
  return out;
}

}  // namespace mithaq::service
