#include "engines/activity/table.hpp"

#include <algorithm>

#include "base/edtf.hpp"
#include "base/error.hpp"

namespace mithaq::activity {

EntityId Names::add(std::string_view key, std::string_view name, EntityKind kind, EntityId parent) {
  // Nobody else adds, so that looking needs no lock here.
  if (const auto found = by_key_.find(key); found != by_key_.end()) return found->second;
  if (size_ >= kChunk * kChunks) throw Error(ErrorKind::unavailable, "more names than can be counted");
  auto& chunk = chunks_[size_ / kChunk];
  if (!chunk) chunk = std::make_unique<Chunk>();
  Entity& entity = (*chunk)[size_ % kChunk];
  entity = {.key = std::string(key), .name = std::string(name), .kind = kind, .parent = parent};
  bytes_ += entity.key.capacity() + entity.name.capacity() + sizeof(Entity) + 48;
  const std::unique_lock lock(keys_mutex_);
  by_key_.emplace(entity.key, size_);
  return size_++;
}

std::optional<EntityId> Names::find(std::string_view key) const {
  const std::shared_lock lock(keys_mutex_);
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

void Segment::push_back(const Statement& statement) {
  seq.push_back(statement.seq);
  document.push_back(statement.document);
  paragraph.push_back(statement.paragraph);
  range_begin.push_back(statement.range_begin);
  type.push_back(statement.type);
  modality.push_back(statement.modality);
  status.push_back(statement.status);
  confidence.push_back(statement.confidence);
  review.push_back(statement.review);
  flags.push_back(statement.negated ? kNegated : 0);
  instrument.push_back(statement.instrument);
  from.push_back(statement.from);
  to.push_back(statement.to);
  for (const Statement::Party& party : statement.parties) {
    parties.items.push_back(party.entity);
    party_roles.push_back(
        static_cast<std::uint8_t>(static_cast<int>(party.role) | static_cast<int>(party.found_by) << 4));
  }
  parties.end_row();
  const auto put = [](auto& lists, const auto& items) {
    lists.items.insert(lists.items.end(), items.begin(), items.end());
    lists.end_row();
  };
  put(themes, statement.themes);
  put(places, statement.places);
  put(nearby, statement.nearby);
  put(words, statement.words);
  reviews.push_back(statement.reviews);
}

Statement Segment::statement(Row row) const {
  Statement out{.seq = seq[row],
                .document = document[row],
                .paragraph = paragraph[row],
                .range_begin = range_begin[row],
                .type = type[row],
                .modality = modality[row],
                .status = status[row],
                .confidence = confidence[row],
                .review = review[row],
                .negated = negated(row),
                .instrument = instrument[row],
                .from = from[row],
                .to = to[row]};
  for (std::size_t at = 0; at < parties[row].size(); ++at)
    out.parties.push_back({parties[row][at], role(row, at), found_by(row, at)});
  const auto get = [row](const auto& lists, auto& items) {
    items.assign(lists[row].begin(), lists[row].end());
  };
  get(themes, out.themes);
  get(places, out.places);
  get(nearby, out.nearby);
  get(words, out.words);
  out.reviews = reviews[row];
  return out;
}

std::optional<Row> Segment::find(std::uint64_t wanted) const {
  const auto found = std::lower_bound(seq.begin(), seq.end(), wanted);
  if (found == seq.end() || *found != wanted) return std::nullopt;
  return static_cast<Row>(found - seq.begin());
}

namespace {

template <typename... Vectors>
void shrink_all(Vectors&... vectors) {
  (vectors.shrink_to_fit(), ...);
}
template <typename... Vectors>
std::size_t bytes_of(const Vectors&... vectors) {
  return (0 + ... + (vectors.capacity() * sizeof(typename Vectors::value_type)));
}

}  // namespace

void Segment::shrink() {
  shrink_all(seq, document, paragraph, range_begin, type, modality, status, confidence, review, flags,
             instrument, from, to);
  shrink_all(parties.begins, parties.items, party_roles, themes.begins, themes.items);
  shrink_all(places.begins, places.items, nearby.begins, nearby.items, words.begins, words.items, reviews);
}

std::size_t Segment::bytes() const {
  return bytes_of(seq, document, paragraph, range_begin, type, modality, status, confidence, review, flags,
                  instrument, from, to, parties.begins, parties.items, party_roles, themes.begins,
                  themes.items, places.begins, places.items, nearby.begins, nearby.items, words.begins,
                  words.items, reviews, doubt, weight, by_doubt, by_weight);
}

Families make_families(const Names& names, std::vector<EntityId> resolved) {
  Families out{.resolved = std::move(resolved), .up = {}};
  const auto count = static_cast<EntityId>(out.resolved.size());
  // The other names of what was merged are few: most entities stand for themselves.
  std::unordered_map<EntityId, std::vector<EntityId>> others;
  for (EntityId each = 0; each < count; ++each) {
    if (out.resolved[each] != each) others[out.resolved[each]].push_back(each);
  }
  out.up.begins.reserve(count + 1);
  for (EntityId each = 0; each < count; ++each) {
    if (out.resolved[each] == each) {
      const std::size_t first = out.up.items.size();
      const auto climb = [&](EntityId from) {
        for (int depth = 0; from != kNoEntity && depth < 32; from = names[from].parent, ++depth) {
          const EntityId reads_as = out.resolved[from];
          const auto begin = out.up.items.begin() + static_cast<std::ptrdiff_t>(first);
          if (std::find(begin, out.up.items.end(), reads_as) == out.up.items.end())
            out.up.items.push_back(reads_as);
        }
      };
      climb(each);
      if (const auto found = others.find(each); found != others.end()) {
        for (const EntityId other : found->second) climb(other);
      }
    }
    out.up.end_row();
  }
  return out;
}

EntityId Table::head_of(EntityId entity) const {
  const EntityId self = read_as(entity);
  if ((*names)[self].kind != EntityKind::organization) return kNoEntity;
  EntityId head = self;
  for (const EntityId whole : up(self)) {
    if ((*names)[whole].kind == EntityKind::organization) head = whole;
  }
  return head;
}

int year_of(std::int32_t day) {
  if (day == kNoStart) return kFirstYear;
  if (day == kNoEnd) return kLastYear;
  return std::clamp(calendar_day(day).year, kFirstYear, kLastYear);
}

Years years_of(const Table& table, const Segment& segment, Row row) {
  const std::int32_t from = segment.from[row], to = segment.to[row];
  if (from == kNoDay) return {};
  const DocumentInfo& document = (*table.documents)[segment.document[row]];
  const bool no_start = from == kNoStart, no_end = to == kNoEnd;
  if (no_start && no_end) return {};
  int first = no_start ? year_of(to) : year_of(from);
  int last = no_end ? first : year_of(to);
  // What goes on is vouched for by the paper that says so, not beyond its date.
  if (no_end && document.from != kNoDay && document.to != kNoEnd)
    last = std::max(first, year_of(document.to));
  return {first, last};
}

}  // namespace mithaq::activity
