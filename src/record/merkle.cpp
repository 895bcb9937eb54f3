#include "record/merkle.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"

namespace mithaq::record {

namespace {

// The largest power of two below n: where RFC 6962 splits a tree of n > 1 leaves.
std::uint64_t split_of(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

bool is_subtree(std::uint64_t begin, std::uint64_t end) {
  if (begin >= end) return false;
  const std::uint64_t length = end - begin;
  if (length > std::uint64_t{1} << 63) return begin == 0;
  return begin % std::bit_ceil(length) == 0;
}

}  // namespace

Hash leaf_hash(std::string_view leaf) {
  Sha256 hash;
  hash.update(std::string_view("\0", 1));
  hash.update(leaf);
  return hash.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  char bytes[1 + 2 * sizeof(Hash)];
  bytes[0] = 1;
  std::copy(left.begin(), left.end(), bytes + 1);
  std::copy(right.begin(), right.end(), bytes + 1 + sizeof(Hash));
  return sha256({bytes, sizeof bytes});
}

Hash empty_root() {
  return sha256({});
}

void TreeHead::add(const Hash& leaf) {
  full_.push_back(leaf);
  ++size_;
  // Each trailing zero bit of the new size closes one pair of equally large subtrees.
  for (int pair = std::countr_zero(size_); pair > 0; --pair) {
    const Hash right = full_.back();
    full_.pop_back();
    full_.back() = node_hash(full_.back(), right);
  }
}

Hash TreeHead::root() const {
  if (full_.empty()) return empty_root();
  Hash root = full_.back();
  for (std::size_t at = full_.size() - 1; at-- > 0;) root = node_hash(full_[at], root);
  return root;
}

Hash range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
  expect(is_subtree(begin, end), "a range that is a subtree");
  // The full subtrees from left to right get smaller: one for each bit of the length.
  std::vector<Hash> full;
  for (std::uint64_t at = begin; at < end;) {
    const auto level = static_cast<unsigned>(std::bit_width(end - at) - 1);
    full.push_back(nodes(level, at >> level));
    at += std::uint64_t{1} << level;
  }
  Hash root = full.back();
  for (std::size_t at = full.size() - 1; at-- > 0;) root = node_hash(full[at], root);
  return root;
}

std::vector<Hash> make_inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes) {
  expect(index < size, "the leaf of a proof inside the tree");
  std::vector<Hash> proof;
  // RFC 6962 2.1.1, from the root down; the proof is written from the leaf up.
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    const std::uint64_t middle = begin + split_of(end - begin);
    if (index < middle) {
      proof.push_back(range_root(middle, end, nodes));
      end = middle;
    } else {
      proof.push_back(range_root(begin, middle, nodes));
      begin = middle;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::vector<Hash> make_consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                         const NodeReader& nodes) {
  expect(0 < old_size && old_size <= size, "the older tree of a proof not empty and not larger");
  std::vector<Hash> proof;
  // RFC 6962 2.1.2, from the root down; `whole` is the flag b of SUBPROOF.
  bool whole = true;
  std::uint64_t begin = 0, end = size;
  while (old_size != end) {
    const std::uint64_t middle = begin + split_of(end - begin);
    if (old_size <= middle) {
      proof.push_back(range_root(middle, end, nodes));
      end = middle;
    } else {
      proof.push_back(range_root(begin, middle, nodes));
      begin = middle;
      whole = false;
    }
  }
  if (!whole) proof.push_back(range_root(begin, end, nodes));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, std::span<const Hash> proof,
                      const Hash& root) {
  // RFC 9162 2.1.3.2.
  // 1. Compare leaf_index against tree_size. If leaf_index is greater than or equal to tree_size, fail.
  if (index >= size) return false;
  // 2. Set fn to leaf_index and sn to tree_size - 1.  3. Set r to hash.
  std::uint64_t fn = index, sn = size - 1;
  Hash r = leaf;
  // 4. For each value p in the inclusion_path array:
  for (const Hash& p : proof) {
    // a. If sn is 0, then stop the iteration and fail.
    if (sn == 0) return false;
    // b. If LSB(fn) is set, or if fn is equal to sn, then set r to HASH(0x01 || p || r), and, if LSB(fn) is
    //    not set, right-shift both until LSB(fn) is set or fn is 0.
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = node_hash(r, p);
    }
    // c. Finally, right-shift both fn and sn one time.
    fn >>= 1;
    sn >>= 1;
  }
  // 5. Compare sn to 0. Compare r against the root_hash.
  return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root,
                        const Hash& new_root, std::span<const Hash> proof) {
  if (old_size == 0) return false;
  return verify_subtree_consistency(0, old_size, new_size, old_root, new_root, proof);
}

bool verify_subtree_inclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const Hash& leaf,
                              std::span<const Hash> proof, const Hash& root) {
  if (!is_subtree(begin, end) || index < begin) return false;
  return verify_inclusion(index - begin, end - begin, leaf, proof, root);
}

bool verify_subtree_consistency(std::uint64_t begin, std::uint64_t end, std::uint64_t size,
                                const Hash& subtree_root, const Hash& root, std::span<const Hash> proof) {
  if (end > size) return false;
  if (begin == end) return subtree_root == empty_root() && proof.empty();
  if (!is_subtree(begin, end)) return false;
  // The way of RFC 9162 2.1.4.2, with the first leaf of the subtree (fn) beside its last (sn) and the last
  // of the tree (tn).
  std::uint64_t fn = begin, sn = end - 1, tn = size - 1;
  if (sn == tn) {  // the subtree ends with the tree: both are complete on the right
    while (fn != sn) {
      fn >>= 1;
      sn >>= 1;
      tn >>= 1;
    }
  } else {
    while (fn != sn && (sn & 1) != 0) {
      fn >>= 1;
      sn >>= 1;
      tn >>= 1;
    }
  }
  Hash fr, sr;
  if (fn == sn) {  // the subtree is one node of the tree
    fr = sr = subtree_root;
  } else {
    if (proof.empty()) return false;
    fr = sr = proof.front();
    proof = proof.subspan(1);
  }
  for (const Hash& p : proof) {
    if (tn == 0) return false;
    if ((sn & 1) != 0 || sn == tn) {
      if (fn < sn) fr = node_hash(p, fr);
      sr = node_hash(p, sr);
      while ((sn & 1) == 0 && sn != 0) {
        fn >>= 1;
        sn >>= 1;
        tn >>= 1;
      }
    } else {
      sr = node_hash(sr, p);
    }
    fn >>= 1;
    sn >>= 1;
    tn >>= 1;
  }
  return tn == 0 && fr == subtree_root && sr == root;
}

}  // namespace mithaq::record
