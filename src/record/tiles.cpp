#include "record/tiles.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"

namespace mithaq::record {

namespace {

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

Hash hash_at(std::string_view hashes, std::size_t index) {
  Hash hash;
  const auto bytes = hashes.substr(index * sizeof(Hash), sizeof(Hash));
  expect(bytes.size() == sizeof(Hash), "a hash inside its tile");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

Hash root_of_row(std::string_view hashes) {
  const std::size_t count = hashes.size() / sizeof(Hash);
  expect(std::has_single_bit(count), "a row of hashes that is a full subtree");
  std::vector<Hash> row(count);
  for (std::size_t at = 0; at < count; ++at) row[at] = hash_at(hashes, at);
  for (std::size_t left = count; left > 1; left /= 2) {
    for (std::size_t at = 0; at < left / 2; ++at) row[at] = node_hash(row[2 * at], row[2 * at + 1]);
  }
  return row[0];
}

TileWriter::TileWriter(Database& database, std::uint64_t size) : size_(size) {
  for (unsigned level = 0;; ++level) {
    const std::uint64_t count = level * kTileBits >= 64 ? 0 : size >> (level * kTileBits);
    if (count == 0) return;
    Edge edge{.tile = count >> kTileBits};
    const std::size_t expected = (count & (kTileHashes - 1)) * sizeof(Hash);
    if (expected > 0) {
      Query query = database.query("select hashes from tiles where level=?1 and tile=?2", level, edge.tile);
      if (!query.step() || query.blob(0).size() != expected) {
        throw Error(ErrorKind::corrupt,
                    "the Merkle tree of " + database.name() + " does not fit its log: run mithaq verify");
      }
      edge.hashes = query.blob(0);
    }
    edges_.push_back(std::move(edge));
  }
}

void TileWriter::add_at(unsigned level, const Hash& hash) {
  if (edges_.size() <= level) edges_.emplace_back();
  Edge& edge = edges_[level];
  edge.hashes += bytes_of(hash);
  edge.changed = true;
  if (edge.hashes.size() < kTileHashes * sizeof(Hash)) return;
  const Hash root = root_of_row(edge.hashes);
  full_.push_back({level, edge.tile, std::move(edge.hashes)});
  edge = Edge{.tile = full_.back().tile + 1};
  add_at(level + 1, root);
}

void TileWriter::add(const Hash& leaf) {
  add_at(0, leaf);
  ++size_;
}

Hash TileWriter::root() const {
  if (size_ == 0) return empty_root();
  return range_root(0, size_, [this](unsigned level, std::uint64_t index) {
    // All full subtrees that make up the right edge begin in the last tile of their level.
    const Edge& edge = edges_[level / kTileBits];
    const unsigned inside = level % kTileBits;
    const std::uint64_t first = (index << inside) - (edge.tile << kTileBits);
    const std::size_t length = std::size_t{1} << inside;
    return root_of_row(std::string_view(edge.hashes).substr(first * sizeof(Hash), length * sizeof(Hash)));
  });
}

void TileWriter::store(Database& database) {
  constexpr std::string_view kStore =
      "insert into tiles(level, tile, hashes) values(?1,?2,?3) on conflict(level, tile) do update set "
      "hashes=excluded.hashes";
  for (const Full& full : full_) database.run(kStore, full.level, full.tile, Blob{full.hashes});
  full_.clear();
  for (unsigned level = 0; level < edges_.size(); ++level) {
    Edge& edge = edges_[level];
    if (!edge.changed) continue;
    database.run(kStore, level, edge.tile, Blob{edge.hashes});
    edge.changed = false;
  }
}

const std::string& TileReader::tile(unsigned level, std::uint64_t index) {
  const auto found = tiles_.find({level, index});
  if (found != tiles_.end()) return found->second;
  Query query = database_.query("select hashes from tiles where level=?1 and tile=?2", level, index);
  if (!query.step()) {
    throw Error(ErrorKind::corrupt, "a part of the Merkle tree is missing: run mithaq verify");
  }
  return tiles_.emplace(std::pair(level, index), std::string(query.blob(0))).first->second;
}

Hash TileReader::node(unsigned level, std::uint64_t index) {
  const unsigned inside = level % kTileBits;
  const std::uint64_t first = index << inside;
  const std::string& hashes = tile(level / kTileBits, first >> kTileBits);
  const std::size_t begin = (first & (kTileHashes - 1)) * sizeof(Hash);
  const std::size_t length = (std::size_t{1} << inside) * sizeof(Hash);
  if (hashes.size() < begin + length) {
    throw Error(ErrorKind::corrupt, "a part of the Merkle tree is too short: run mithaq verify");
  }
  return root_of_row(std::string_view(hashes).substr(begin, length));
}

}  // namespace mithaq::record
