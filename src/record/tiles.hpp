// The hashes of the Merkle tree, in tiles of 256 (as c2sp.org/tlog-tiles cuts them): level 0 holds the
// leaves, level n the roots of full subtrees of 256^n leaves. Its last tiles are the tree's right edge, so a
// leaf is added, the root told and a proof made with a few reads, however long the log is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "record/database.hpp"
#include "record/merkle.hpp"

namespace mithaq::record {

constexpr unsigned kTileBits = 8;
constexpr std::uint64_t kTileHashes = 1 << kTileBits;

// The right edge of a tree, and the tiles that were finished on the way and are not stored yet.
class TileWriter {
 public:
  // The edge of the tree of this size as the database has it.
  //   throws  Error{corrupt} if a tile is missing or has not the size it should have
  TileWriter(Database& database, std::uint64_t size);

  void add(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;
  // Writes what is new.
  void store(Database& database);

 private:
  struct Edge {
    std::uint64_t tile = 0;  // its place on the level
    std::string hashes{};    // fewer than 256
    bool changed = false;
  };
  void add_at(unsigned level, const Hash& hash);

  std::uint64_t size_ = 0;
  std::vector<Edge> edges_{};  // by level
  struct Full {
    unsigned level;
    std::uint64_t tile;
    std::string hashes;
  };
  std::vector<Full> full_{};
};

// Reads hashes of full subtrees out of the stored tiles.
//   throws  Error{corrupt} if a tile is missing or too short
class TileReader {
 public:
  explicit TileReader(Database& database) : database_(database) {}
  Hash node(unsigned level, std::uint64_t index);
  NodeReader reader() {
    return [this](unsigned level, std::uint64_t index) { return node(level, index); };
  }

 private:
  const std::string& tile(unsigned level, std::uint64_t index);
  Database& database_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> tiles_{};
};

// The root over hashes that stand side by side; a power of two of them.
Hash root_of_row(std::string_view hashes);
Hash hash_at(std::string_view hashes, std::size_t index);

}  // namespace mithaq::record
