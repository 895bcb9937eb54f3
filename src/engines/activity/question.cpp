#include "engines/activity/question.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_map>

namespace mithaq::activity {

namespace {

// For every entity of the table the bits of those asked for that it is, or belongs to, after merges.
std::vector<std::uint8_t> entities_under(const Table& table, const std::vector<EntityId>& asked,
                                         bool one_bit_each) {
  const Families& families = *table.families;
  std::vector<std::uint8_t> bits_of(families.resolved.size(), 0), out(families.resolved.size(), 0);
  for (std::size_t at = 0; at < asked.size(); ++at)
    bits_of[families.resolved[asked[at]]] |= static_cast<std::uint8_t>(one_bit_each ? 1 << (at % 8) : 1);
  for (EntityId each = 0; each < out.size(); ++each) {
    if (families.resolved[each] != each) continue;
    for (const EntityId whole : families.up[each]) out[each] |= bits_of[whole];
  }
  for (EntityId each = 0; each < out.size(); ++each) out[each] = out[families.resolved[each]];
  return out;
}

}  // namespace

Asked::Asked(const Table& table, const Question& question) : table_(table), question_(question) {
  visible_.resize(table.documents->size());
  for (std::size_t each = 0; each < visible_.size(); ++each) {
    const DocumentInfo& info = (*table.documents)[each];
    bool visible = question_.sees.document(info);
    if (question_.language) visible = visible && info.language == *question_.language;
    if (question_.document_from)
      visible = visible && info.from != kNoDay && info.to >= *question_.document_from;
    if (question_.document_to)
      visible = visible && info.from != kNoDay && info.from <= *question_.document_to;
    visible_[each] = visible ? 1 : 0;
  }
  if (question_.reviews == 0) question_.reviews = ~(1U << kRejected);
  if (question_.types == 0) question_.types = ~0U;
  if (!question_.parties.empty()) {
    parties_ = entities_under(table, question_.parties, question_.all_parties);
    const std::size_t count = std::min<std::size_t>(question_.parties.size(), 8);
    all_bits_ = question_.all_parties ? static_cast<std::uint8_t>((1U << count) - 1) : 1;
  }
  if (!question_.places.empty()) places_ = entities_under(table, question_.places, false);
  if (!question_.about.empty()) about_ = entities_under(table, question_.about, false);
  if (!question_.themes.empty()) {
    themes_.resize(std::size_t{1} << 16);
    for (const ThemeId theme : question_.themes) themes_[theme] = 1;
  }
}

Asked::Match Asked::match(const Segment& segment, Row row) const {
  if ((question_.reviews >> segment.review[row] & 1) == 0) return Match::no;
  if ((question_.types >> static_cast<int>(segment.type[row]) & 1) == 0) return Match::no;
  if (question_.statuses != 0 && (question_.statuses >> static_cast<int>(segment.status[row]) & 1) == 0)
    return Match::no;
  const DocumentId document = segment.document[row];
  if (visible_[document] == 0) return Match::no;
  if (question_.document && *question_.document != document) return Match::no;
  if (question_.from || question_.to) {
    if (segment.from[row] == kNoDay) {
      if (!question_.undated) return Match::no;
    } else if ((question_.to && segment.from[row] > *question_.to) ||
               (question_.from && segment.to[row] < *question_.from)) {
      return Match::no;
    }
  }
  if (!themes_.empty()) {
    bool one = false;
    for (const ThemeId theme : segment.themes[row]) one = one || themes_[theme] != 0;
    if (!one) return Match::no;
  }
  if (!parties_.empty()) {
    std::uint8_t bits = 0;
    for (const EntityId party : segment.parties[row]) bits |= parties_[party];
    if ((bits & all_bits_) != all_bits_) return Match::no;
  }
  if (!about_.empty()) {
    const auto holds = [this](std::span<const EntityId> list) {
      return std::any_of(list.begin(), list.end(), [this](EntityId each) { return about_[each] != 0; });
    };
    if (!holds(segment.parties[row]) && !holds(segment.places[row])) return Match::no;
  }
  if (places_.empty()) return Match::yes;
  for (const EntityId place : segment.places[row]) {
    if (places_[place] != 0) return Match::yes;
  }
  if (question_.nearby) {
    for (const EntityId place : segment.nearby[row]) {
      if (places_[place] != 0) return Match::nearby;
    }
  }
  return Match::no;
}

namespace {

struct Position {
  const Segment* segment;
  Row row;
  std::uint32_t rank;  // of its first place's name; or 1 for what is nearby
};

bool before_in_documents(const Position& a, const Position& b) {
  const auto key = [](const Position& at) {
    return std::tuple(at.segment->document[at.row], at.segment->paragraph[at.row],
                      at.segment->range_begin[at.row], at.segment->seq[at.row]);
  };
  return key(a) < key(b);
}

// Ranks of the names of first places, in the order of their bytes; what names no place comes last.
void rank_by_place(const Table& table, std::vector<Position>& found) {
  constexpr std::uint32_t kLast = UINT32_MAX;
  std::vector<EntityId> places;
  std::vector<std::uint32_t> rank(table.families->resolved.size(), 0);
  const auto first_place = [](const Position& at) {
    const auto list = at.segment->places[at.row];
    return list.empty() ? kNoEntity : list.front();
  };
  for (const Position& at : found) {
    const EntityId place = first_place(at);
    if (place != kNoEntity && rank[place] == 0) {
      rank[place] = 1;
      places.push_back(place);
    }
  }
  const Names& names = *table.names;
  std::sort(places.begin(), places.end(),
            [&names](EntityId a, EntityId b) { return names[a].name < names[b].name; });
  std::uint32_t next = 0;
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (at > 0 && names[places[at]].name != names[places[at - 1]].name) ++next;
    rank[places[at]] = next;
  }
  for (Position& at : found) {
    const EntityId place = first_place(at);
    at.rank = place == kNoEntity ? kLast : rank[place];
  }
}

}  // namespace

Found find_statements(const Asked& asked, Order order, std::size_t offset, std::size_t limit) {
  std::vector<Position> found;
  Found out;
  for (const auto& segment : asked.table().segments) {
    const auto rows = static_cast<Row>(segment->rows());
    for (Row row = 0; row < rows; ++row) {
      const Asked::Match match = asked.match(*segment, row);
      if (match == Asked::Match::no) continue;
      out.nearby += match == Asked::Match::nearby ? 1 : 0;
      found.push_back({segment.get(), row, match == Asked::Match::nearby ? 1U : 0U});
    }
  }
  out.total = found.size();
  if (order == Order::place) rank_by_place(asked.table(), found);
  const std::size_t begin = std::min(offset, found.size()), end = std::min(found.size(), begin + limit);
  const auto earlier = [order](const Position& a, const Position& b) {
    if (order == Order::newest) return a.segment->seq[a.row] > b.segment->seq[b.row];
    if (a.rank != b.rank) return a.rank < b.rank;
    return before_in_documents(a, b);
  };
  const auto at = [&found](std::size_t place) { return found.begin() + static_cast<std::ptrdiff_t>(place); };
  if (begin > 0 && begin < end) std::nth_element(found.begin(), at(begin), found.end(), earlier);
  std::partial_sort(at(begin), at(end), found.end(), earlier);
  for (std::size_t each = begin; each < end; ++each)
    out.seqs.push_back(found[each].segment->seq[found[each].row]);
  return out;
}

FoundParagraphs find_paragraphs(const Asked& asked, std::size_t offset, std::size_t limit) {
  // Rows of paragraphs grow with the log.
  std::vector<std::int64_t> rows;
  each_match(asked, [&](const Segment& segment, Row row) { rows.push_back(segment.paragraph[row]); });
  std::sort(rows.begin(), rows.end(), std::greater<>());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  FoundParagraphs out{.total = rows.size()};
  for (std::size_t at = offset; at < rows.size() && at < offset + limit; ++at) out.rows.push_back(rows[at]);
  return out;
}

}  // namespace mithaq::activity
