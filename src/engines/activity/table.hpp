// Every statement of a record in columns of small numbers, to be counted in milliseconds.
//
// Half a million statements take some forty megabytes and are looked through in a few milliseconds, so that
// every matrix, map and list is counted when it is asked for, for exactly what the asker may see, and no sum
// has to be kept right beside the record. The table is cut into segments that never change: a review makes
// one segment anew and shares the others, so that questions go on undisturbed on the table they began with.
//
// Plain data in, plain data out: no clock, no store, no names of data/; docs/who-does-what-where.md has the
// method.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/finding.hpp"

namespace mithaq::activity {

using EntityId = std::uint32_t;      // in Names
using ThemeId = std::uint16_t;       // in the service's list of themes
using DocumentId = std::uint32_t;    // index into Table::documents
using HandlingId = std::uint16_t;    // in the service's list of handlings
using InstrumentId = std::uint32_t;  // in Table::instruments; 0: none
using Row = std::uint32_t;           // of a segment
inline constexpr EntityId kNoEntity = static_cast<EntityId>(-1);
inline constexpr std::int32_t kNoDay = INT32_MIN;  // the time is not said
inline constexpr std::int32_t kNoStart = INT32_MIN + 1, kNoEnd = INT32_MAX;

enum class EntityKind : std::uint8_t { organization, state, place, person, unlisted };

inline bool is_organization(EntityKind kind) {
  return kind == EntityKind::organization || kind == EntityKind::unlisted;
}

// The entities of a record and of data/, each with a number; only grows. One thread adds, any number read
// what was there when their table was made.
class Names {
 public:
  struct Entity {
    std::string key{};  // id of data/ or of a document; "name:" and the folded name of what nobody has listed
    std::string name{};  // as some document writes it, for what data/ does not name
    EntityKind kind = EntityKind::unlisted;
    EntityId parent = kNoEntity;  // the body it belongs to, the State a place lies in
  };

  // The number of a key; added if it is not there.
  EntityId add(std::string_view key, std::string_view name, EntityKind kind = EntityKind::unlisted,
               EntityId parent = kNoEntity);
  std::optional<EntityId> find(std::string_view key) const;
  const Entity& operator[](EntityId id) const { return (*chunks_[id / kChunk])[id % kChunk]; }
  EntityId size() const { return size_; }  // for the thread that adds
  // Bytes held, about.
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kChunk = 4096, kChunks = 4096;
  using Chunk = std::array<Entity, kChunk>;
  std::array<std::unique_ptr<Chunk>, kChunks> chunks_{};
  EntityId size_ = 0;
  std::size_t bytes_ = 0;
  mutable std::shared_mutex keys_mutex_{};
  std::unordered_map<std::string_view, EntityId> by_key_{};  // keys stand in their entities
};

// One statement, before it is packed.
struct Statement {
  std::uint64_t seq = 0;
  DocumentId document = 0;
  std::int64_t paragraph = 0;
  std::uint32_t range_begin = 0;
  document::StatementType type = document::StatementType::cooperation;
  document::Modality modality = document::Modality::asserted;
  document::CommitmentStatus status = document::CommitmentStatus::unstated;
  document::Confidence confidence = document::Confidence::a;
  std::uint8_t review = 0;  // as record::ReviewState counts: proposed, confirmed, corrected, rejected
  bool negated = false;
  InstrumentId instrument = 0;
  std::int32_t from = kNoDay, to = kNoDay;
  struct Party {
    EntityId entity = kNoEntity;
    document::PartyRole role = document::PartyRole::actor;
    document::FoundBy found_by = document::FoundBy::name;
  };
  std::vector<Party> parties{};
  std::vector<ThemeId> themes{};
  std::vector<EntityId> places{};
  std::vector<EntityId> nearby{};  // places of its paragraph, if it names none itself
  struct Word {
    std::uint16_t by = 0;     // in the service's list of accounts
    std::uint8_t action = 0;  // as record::ReviewAction counts: confirm, correct, reject
  };
  std::vector<Word> words{};  // the last word of each who decided, without what was withdrawn
  std::uint16_t reviews = 0;  // all, also those that were withdrawn or overruled
};

// Lists of many rows behind one another.
template <typename Item>
struct Lists {
  std::vector<std::uint32_t> begins{0};  // [row], one more than rows
  std::vector<Item> items{};
  std::span<const Item> operator[](Row row) const {
    return {items.data() + begins[row], items.data() + begins[row + 1]};
  }
  void end_row() { begins.push_back(static_cast<std::uint32_t>(items.size())); }
};

// Up to kRows statements, by seq.
struct Segment {
  static constexpr std::size_t kRows = 16384;
  std::vector<std::uint64_t> seq{};
  std::vector<DocumentId> document{};
  std::vector<std::int64_t> paragraph{};
  std::vector<std::uint32_t> range_begin{};
  std::vector<document::StatementType> type{};
  std::vector<document::Modality> modality{};
  std::vector<document::CommitmentStatus> status{};
  std::vector<document::Confidence> confidence{};
  std::vector<std::uint8_t> review{};
  std::vector<std::uint8_t> flags{};  // kNegated
  std::vector<InstrumentId> instrument{};
  std::vector<std::int32_t> from{}, to{};
  Lists<EntityId> parties{};
  std::vector<std::uint8_t> party_roles{};  // role | found_by << 4, beside parties.items
  Lists<ThemeId> themes{};
  Lists<EntityId> places{};
  Lists<EntityId> nearby{};
  Lists<Statement::Word> words{};
  std::vector<std::uint16_t> reviews{};
  // How much a person should look at it, in 1/65535 (review_order.hpp), and the rows from most to least.
  std::vector<std::uint16_t> doubt{}, weight{};
  std::vector<Row> by_doubt{}, by_weight{};

  static constexpr std::uint8_t kNegated = 1;
  std::size_t rows() const { return seq.size(); }
  bool negated(Row row) const { return (flags[row] & kNegated) != 0; }
  document::PartyRole role(Row row, std::size_t at) const {
    return static_cast<document::PartyRole>(party_roles[parties.begins[row] + at] & 15);
  }
  document::FoundBy found_by(Row row, std::size_t at) const {
    return static_cast<document::FoundBy>(party_roles[parties.begins[row] + at] >> 4);
  }
  void push_back(const Statement& statement);
  Statement statement(Row row) const;
  std::optional<Row> find(std::uint64_t seq) const;
  void shrink();
  std::size_t bytes() const;
};

struct DocumentInfo {
  std::uint64_t seq = 0;
  HandlingId handling = 0;
  std::uint16_t language = 0;               // in Table::languages
  std::uint16_t brought_by = 0;             // in the service's list of accounts
  std::int32_t from = kNoDay, to = kNoDay;  // days of its date
  std::uint32_t paragraphs = 0, mentions = 0, doubts = 0, edits = 0;
};

// A paper that statements rest on: "OIC resolution 53/45-POL, paragraph 5".
struct Instrument {
  std::string text{};
  InstrumentId paper = 0;            // the same without its paragraph; itself if it names none
  std::vector<std::string> terms{};  // its words as they are searched for
};

// What every entity reads as after merges, and all that it belongs to.
struct Families {
  std::vector<EntityId> resolved{};  // [entity]
  // [entity that others read as]: itself, then all it or one of its other names belongs to; ids that read as
  // themselves.
  Lists<EntityId> up{};
};
//   resolved  [entity]: what it reads as; itself if it was never merged
Families make_families(const Names& names, std::vector<EntityId> resolved);

// A record at one instant.
struct Table {
  std::uint64_t size = 0;  // of the log it was made of
  std::vector<std::shared_ptr<const Segment>> segments{};
  std::shared_ptr<const std::vector<DocumentInfo>> documents = std::make_shared<std::vector<DocumentInfo>>();
  std::shared_ptr<const Families> families = std::make_shared<Families>();
  std::shared_ptr<const Names> names{};
  std::shared_ptr<const std::vector<Instrument>> instruments = std::make_shared<std::vector<Instrument>>();
  std::shared_ptr<const std::vector<std::string>> languages = std::make_shared<std::vector<std::string>>();
  std::vector<ThemeId> theme_parents{};  // [theme]: itself if it is the head
  std::size_t statements = 0;

  EntityId read_as(EntityId entity) const { return families->resolved[entity]; }
  // The entity and all that it belongs to; of one that reads as itself.
  std::span<const EntityId> up(EntityId entity) const { return families->up[entity]; }
  // The organization at the head of an entity's family; kNoEntity for States, places and who is not listed.
  EntityId head_of(EntityId entity) const;
};

// The year of a day; clamped to what is counted by year.
inline constexpr int kFirstYear = 1900, kLastYear = 2100;
int year_of(std::int32_t day);

// The years in which a statement holds: without an end, up to its document's date.
struct Years {
  int first = 1, last = 0;  // none: first > last
};
Years years_of(const Table& table, const Segment& segment, Row row);

}  // namespace mithaq::activity
