#include "engines/activity/review_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "engines/activity/contradiction.hpp"

namespace mithaq::activity {

namespace {

using document::StatementType;

// Reasons add up as independent chances do: 1 - (1 - a)(1 - b)…, so that the sum stays below 1.
struct Sum {
  double rest = 1;
  std::vector<Why>* why;
  void add(double part, Why reason) {
    rest *= 1 - part;
    why->push_back(reason);
  }
  double value() const { return 1 - rest; }
};

// So many statements of one organization or place make it one of which much is said.
constexpr double kMuchSaid = 10'000;
constexpr std::size_t kMuchSaidReason = 100;
constexpr double kHalfLifeDays = 5 * 365.25;
constexpr double kRecentReason = 0.5;

double doubt_of(const Table& table, const ReviewContext& context, const Segment& segment, Row row,
                std::vector<Why>& why) {
  Sum sum{.why = &why};
  if (segment.confidence[row] == document::Confidence::c) sum.add(0.35, Why::carried_over);
  if (segment.confidence[row] == document::Confidence::b) sum.add(0.15, Why::by_anaphora);
  const auto parties = segment.parties[row];
  bool context_found = false, anaphora = false, unlisted = false;
  for (std::size_t at = 0; at < parties.size(); ++at) {
    context_found = context_found || segment.found_by(row, at) == document::FoundBy::context;
    anaphora = anaphora || segment.found_by(row, at) == document::FoundBy::anaphora;
    unlisted = unlisted || (*table.names)[table.read_as(parties[at])].kind == EntityKind::unlisted;
  }
  if (context_found) sum.add(0.3, Why::party_by_context);
  if (anaphora) sum.add(0.15, Why::party_by_anaphora);
  if (unlisted) sum.add(0.25, Why::party_unlisted);
  if (parties.empty()) sum.add(0.5, Why::no_party);
  if (parties.size() == 1 && segment.type[row] == StatementType::cooperation) sum.add(0.3, Why::one_party);
  if (segment.themes[row].empty()) sum.add(0.1, Why::no_theme);
  if (segment.places[row].empty()) sum.add(0.05, Why::no_place);
  if (segment.from[row] == kNoDay) sum.add(0.05, Why::no_time);
  if (context.contradicted.contains(segment.seq[row])) sum.add(0.4, Why::contradicted);
  return sum.value();
}

double weight_of(const Table& table, const ReviewContext& context, const Segment& segment, Row row,
                 std::vector<Why>& why) {
  Sum sum{.why = &why};
  switch (segment.type[row]) {
    case StatementType::lead:
      sum.add(0.5, Why::says_who_leads);
      break;
    case StatementType::commitment:
      sum.add(0.4, Why::obliges);
      break;
    case StatementType::mandate:
      sum.add(0.4, Why::mandates);
      break;
    case StatementType::implementation:
    case StatementType::deployment:
      sum.add(0.25, Why::says_what_was_done);
      break;
    default:
      break;
  }
  if (segment.instrument[row] != 0) sum.add(0.15, Why::rests_on_a_paper);
  std::uint32_t most = 0;
  const auto look = [&](EntityId entity) {
    const EntityId read_as = table.read_as(entity);
    if (read_as < context.statements_of.size()) most = std::max(most, context.statements_of[read_as]);
  };
  for (const EntityId party : segment.parties[row]) look(party);
  for (const EntityId place : segment.places[row]) look(place);
  if (most > 1) {
    const double part = 0.3 * std::min(1.0, std::log(static_cast<double>(most)) / std::log(kMuchSaid));
    sum.rest *= 1 - part;
    if (most >= kMuchSaidReason) why.push_back(Why::much_said_of_them);
  }
  const DocumentInfo& document = (*table.documents)[segment.document[row]];
  if (document.to != kNoDay && document.to != kNoEnd && context.newest != kNoDay) {
    const double age = std::max(0.0, static_cast<double>(context.newest) - static_cast<double>(document.to));
    const double fresh = std::exp2(-age / kHalfLifeDays);
    sum.rest *= 1 - 0.3 * fresh;
    if (fresh >= kRecentReason) why.push_back(Why::recent);
  }
  return sum.value();
}

std::uint16_t in_steps(double value) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, 1.0) * 65535));
}

}  // namespace

std::string_view name_of(Why why) {
  switch (why) {
    case Why::carried_over:
      return "carried_over";
    case Why::by_anaphora:
      return "by_anaphora";
    case Why::party_by_context:
      return "party_by_context";
    case Why::party_by_anaphora:
      return "party_by_anaphora";
    case Why::party_unlisted:
      return "party_unlisted";
    case Why::no_party:
      return "no_party";
    case Why::one_party:
      return "one_party";
    case Why::no_theme:
      return "no_theme";
    case Why::no_place:
      return "no_place";
    case Why::no_time:
      return "no_time";
    case Why::contradicted:
      return "contradicted";
    case Why::says_who_leads:
      return "says_who_leads";
    case Why::obliges:
      return "obliges";
    case Why::mandates:
      return "mandates";
    case Why::says_what_was_done:
      return "says_what_was_done";
    case Why::rests_on_a_paper:
      return "rests_on_a_paper";
    case Why::much_said_of_them:
      return "much_said_of_them";
    case Why::recent:
      return "recent";
  }
  return "";
}

ReviewContext review_context(const Table& table) {
  ReviewContext out;
  out.statements_of.resize(table.families->resolved.size(), 0);
  for (const auto& segment : table.segments) {
    for (const EntityId party : segment->parties.items) ++out.statements_of[table.read_as(party)];
    for (const EntityId place : segment->places.items) ++out.statements_of[table.read_as(place)];
  }
  for (const DocumentInfo& document : *table.documents) {
    if (document.to != kNoDay && document.to != kNoEnd) out.newest = std::max(out.newest, document.to);
  }
  // A contradiction counts only among papers that are open to the same people, so that an order never tells
  // of a paper that somebody may not see.
  std::vector<std::uint8_t> handled;
  for (const DocumentInfo& document : *table.documents) {
    if (document.handling >= handled.size()) handled.resize(document.handling + std::size_t{1}, 0);
    handled[document.handling] = 1;
  }
  for (std::size_t handling = 0; handling < handled.size(); ++handling) {
    if (handled[handling] == 0) continue;
    Question question{.types = bit_of(StatementType::lead)};
    question.sees.all = false;
    question.sees.handlings.assign(handled.size(), 0);
    question.sees.handlings[handling] = 1;
    out.contradicted.merge(Leads(Asked(table, question)).contradicted());
  }
  return out;
}

Score score(const Table& table, const ReviewContext& context, const Segment& segment, Row row) {
  Score out;
  out.doubt = doubt_of(table, context, segment, row, out.why);
  out.weight = weight_of(table, context, segment, row, out.why);
  return out;
}

void order_for_review(const Table& table, const ReviewContext& context, Segment& segment) {
  const auto rows = static_cast<Row>(segment.rows());
  segment.doubt.resize(rows);
  segment.weight.resize(rows);
  std::vector<Why> why;
  for (Row row = 0; row < rows; ++row) {
    why.clear();
    segment.doubt[row] = in_steps(doubt_of(table, context, segment, row, why));
    segment.weight[row] = in_steps(weight_of(table, context, segment, row, why));
  }
  const auto sort = [rows](std::vector<Row>& order, const std::vector<std::uint16_t>& by) {
    order.resize(rows);
    std::iota(order.begin(), order.end(), Row{0});
    std::sort(order.begin(), order.end(),
              [&by](Row a, Row b) { return by[a] != by[b] ? by[a] > by[b] : a < b; });
    order.shrink_to_fit();
  };
  sort(segment.by_doubt, segment.doubt);
  sort(segment.by_weight, segment.weight);
}

Queue review_queue(const Asked& asked, ReviewOrder order, std::optional<std::uint16_t> reviewer,
                   std::optional<std::uint64_t> after, std::size_t limit) {
  const Table& table = asked.table();
  const auto waits = [&](const Segment& segment, Row row) {
    if (asked.match(segment, row) == Asked::Match::no) return false;
    if (!reviewer) return true;
    const auto words = segment.words[row];
    return std::none_of(words.begin(), words.end(), [&](const auto& word) { return word.by == *reviewer; });
  };
  const auto urgency = [order](const Segment& segment, Row row) -> std::uint32_t {
    return order == ReviewOrder::doubt    ? segment.doubt[row]
           : order == ReviewOrder::weight ? segment.weight[row]
                                          : 0;
  };
  const auto row_at = [order](const Segment& segment, std::size_t place) -> Row {
    if (order == ReviewOrder::doubt) return segment.by_doubt[place];
    if (order == ReviewOrder::weight) return segment.by_weight[place];
    return static_cast<Row>(segment.rows() - 1 - place);
  };
  struct Place {
    std::uint32_t urgency;
    std::uint64_t seq;
  };
  const auto is_before = [order](const Place& a, const Place& b) {
    if (a.urgency != b.urgency) return a.urgency > b.urgency;
    return order == ReviewOrder::newest ? a.seq > b.seq : a.seq < b.seq;
  };
  std::optional<Place> seen;
  if (after) {
    for (const auto& segment : table.segments) {
      if (const auto row = segment->find(*after)) seen = Place{urgency(*segment, *row), *after};
    }
  }
  // The heads of all segments' orders, the most urgent on top.
  struct Head {
    Place place;
    std::size_t segment, at;
  };
  const auto later = [&is_before](const Head& a, const Head& b) { return is_before(b.place, a.place); };
  std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
  Queue out;
  const auto push = [&](std::size_t which, std::size_t at) {
    const Segment& segment = *table.segments[which];
    for (; at < segment.rows(); ++at) {
      const Row row = row_at(segment, at);
      const Place place{urgency(segment, row), segment.seq[row]};
      if (seen && !is_before(*seen, place)) continue;
      if (!waits(segment, row)) continue;
      heads.push({place, which, at});
      return;
    }
  };
  for (std::size_t which = 0; which < table.segments.size(); ++which) push(which, 0);
  while (!heads.empty() && out.seqs.size() < limit) {
    const Head head = heads.top();
    heads.pop();
    out.seqs.push_back(head.place.seq);
    push(head.segment, head.at + 1);
  }
  std::size_t waiting = 0;
  for (const auto& segment : table.segments) {
    const auto rows = static_cast<Row>(segment->rows());
    for (Row row = 0; row < rows; ++row) {
      if (!waits(*segment, row)) continue;
      if (!seen || is_before(*seen, {urgency(*segment, row), segment->seq[row]})) ++waiting;
    }
  }
  out.remaining = waiting - out.seqs.size();
  return out;
}

}  // namespace mithaq::activity
