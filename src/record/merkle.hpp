// The Merkle tree of the log: one hash for all entries, and short proofs that an entry is among them and
// that a log only grew.
//
// source  RFC 6962 section 2.1 (hashes and proofs), RFC 9162 section 2.1.3-4 (checking them); subtrees as
//         in draft-ietf-plants-merkle-tree-certs section 4
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"

namespace mithaq::record {

using Hash = Sha256Digest;

// SHA-256(0x00 || leaf)
Hash leaf_hash(std::string_view leaf);
// SHA-256(0x01 || left || right)
Hash node_hash(const Hash& left, const Hash& right);
// The root of the tree without leaves: SHA-256 of nothing.
Hash empty_root();

// The root of a tree, leaf by leaf, in memory that grows with its height.
class TreeHead {
 public:
  void add(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> full_{};  // roots of the full subtrees, largest first
};

// Gives the hash of the full subtree over the leaves [index << level, (index + 1) << level).
using NodeReader = std::function<Hash(unsigned level, std::uint64_t index)>;

// The root over the leaves [begin, end), from the hashes of full subtrees.
//   requires  begin is a multiple of the smallest power of two not below end - begin
Hash range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes);

// Proofs out of the hashes of full subtrees; about as many reads as twice the tree's height.
//   requires  index < size; 0 < old_size <= size
std::vector<Hash> make_inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes);
std::vector<Hash> make_consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeReader& nodes);

// True if the proof shows that the leaf stands at this place of the tree with this root.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, std::span<const Hash> proof,
                      const Hash& root);
// True if the proof shows that the tree of new_size begins with the tree of old_size. A proof from the empty
// tree says nothing, so old_size 0 is never proven.
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root,
                        const Hash& new_root, std::span<const Hash> proof);
// The same for the subtree over [begin, end), whose begin is a multiple of the smallest power of two not
// below its length. The empty subtree is part of every tree.
bool verify_subtree_inclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const Hash& leaf,
                              std::span<const Hash> proof, const Hash& root);
bool verify_subtree_consistency(std::uint64_t begin, std::uint64_t end, std::uint64_t size,
                                const Hash& subtree_root, const Hash& root, std::span<const Hash> proof);

}  // namespace mithaq::record
