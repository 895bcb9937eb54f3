#include "record/merkle.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/encoding.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::record {
namespace {

// The obvious slow tree: RFC 6962 2.1, word for word; but what was computed for the same leaves is kept.
Hash slow_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaves[0];
  static std::map<std::pair<Hash, std::size_t>, Hash> known;
  const auto found = known.find({leaves[0], leaves.size()});
  if (found != known.end()) return found->second;
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  const Hash root = node_hash(slow_root(leaves.first(k)), slow_root(leaves.subspan(k)));
  return known[{leaves[0], leaves.size()}] = root;
}

std::vector<Hash> slow_path(std::size_t m, std::span<const Hash> leaves) {
  if (leaves.size() == 1) return {};
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  auto path = m < k ? slow_path(m, leaves.first(k)) : slow_path(m - k, leaves.subspan(k));
  path.push_back(m < k ? slow_root(leaves.subspan(k)) : slow_root(leaves.first(k)));
  return path;
}

std::vector<Hash> slow_subproof(std::size_t m, std::span<const Hash> leaves, bool b) {
  if (m == leaves.size()) return b ? std::vector<Hash>{} : std::vector<Hash>{slow_root(leaves)};
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  auto proof = m <= k ? slow_subproof(m, leaves.first(k), b) : slow_subproof(m - k, leaves.subspan(k), false);
  proof.push_back(m <= k ? slow_root(leaves.subspan(k)) : slow_root(leaves.first(k)));
  return proof;
}

std::vector<Hash> slow_subtree_proof(std::size_t begin, std::size_t end, std::span<const Hash> leaves,
                                     bool b) {
  if (begin == 0 && end == leaves.size())
    return b ? std::vector<Hash>{} : std::vector<Hash>{slow_root(leaves)};
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  std::vector<Hash> proof;
  if (end <= k) {
    proof = slow_subtree_proof(begin, end, leaves.first(k), b);
    proof.push_back(slow_root(leaves.subspan(k)));
  } else if (k <= begin) {
    proof = slow_subtree_proof(begin - k, end - k, leaves.subspan(k), b);
    proof.push_back(slow_root(leaves.first(k)));
  } else {
    proof = slow_subtree_proof(0, end - k, leaves.subspan(k), false);
    proof.push_back(slow_root(leaves.first(k)));
  }
  return proof;
}

class MerkleUpTo64 : public testing::Test {
 protected:
  MerkleUpTo64() {
    for (int leaf = 0; leaf < 64; ++leaf) leaves_.push_back(leaf_hash(std::to_string(leaf)));
  }
  std::span<const Hash> first(std::size_t count) const { return std::span(leaves_).first(count); }
  NodeReader nodes() const {
    return [this](unsigned level, std::uint64_t index) {
      return slow_root(std::span(leaves_).subspan(index << level, std::size_t{1} << level));
    };
  }
  std::vector<Hash> leaves_;
};

TEST_F(MerkleUpTo64, RootsOfEverySize) {
  TreeHead head;
  EXPECT_EQ(head.root(), empty_root());
  for (std::size_t size = 1; size <= 64; ++size) {
    head.add(leaves_[size - 1]);
    EXPECT_EQ(head.root(), slow_root(first(size))) << size;
    EXPECT_EQ(range_root(0, size, nodes()), slow_root(first(size))) << size;
  }
}

TEST_F(MerkleUpTo64, InclusionOfEveryLeafInEverySize) {
  for (std::size_t size = 1; size <= 64; ++size) {
    const Hash root = slow_root(first(size));
    for (std::size_t index = 0; index < size; ++index) {
      auto proof = make_inclusion_proof(index, size, nodes());
      ASSERT_EQ(proof, slow_path(index, first(size)));
      EXPECT_TRUE(verify_inclusion(index, size, leaves_[index], proof, root));
      EXPECT_FALSE(verify_inclusion(index, size, leaf_hash("other"), proof, root));
      EXPECT_FALSE(verify_inclusion((index + 1) % size, size, leaves_[index], proof, root) && size > 1);
      proof.push_back(root);
      EXPECT_FALSE(verify_inclusion(index, size, leaves_[index], proof, root));
    }
  }
}

TEST_F(MerkleUpTo64, ConsistencyOfEveryPairOfSizes) {
  for (std::size_t size = 1; size <= 64; ++size) {
    const Hash root = slow_root(first(size));
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const Hash old_root = slow_root(first(old_size));
      auto proof = make_consistency_proof(old_size, size, nodes());
      ASSERT_EQ(proof, slow_subproof(old_size, first(size), true));
      EXPECT_TRUE(verify_consistency(old_size, size, old_root, root, proof)) << old_size << " " << size;
      EXPECT_FALSE(verify_consistency(old_size, size, leaf_hash("other"), root, proof));
      EXPECT_FALSE(verify_consistency(old_size, size, old_root, leaf_hash("other"), proof));
      proof.push_back(root);
      EXPECT_FALSE(verify_consistency(old_size, size, old_root, root, proof));
    }
    EXPECT_FALSE(verify_consistency(0, size, empty_root(), root, {}));
  }
}

TEST_F(MerkleUpTo64, ConsistencyOfEverySubtree) {
  for (std::size_t size = 1; size <= 64; ++size) {
    const Hash root = slow_root(first(size));
    for (std::size_t begin = 0; begin < size; ++begin) {
      for (std::size_t end = begin + 1; end <= size; ++end) {
        const bool subtree = begin % std::bit_ceil(end - begin) == 0;
        const Hash subtree_root = slow_root(first(end).subspan(begin));
        const auto proof = slow_subtree_proof(begin, end, first(size), true);
        if (subtree) {
          EXPECT_EQ(range_root(begin, end, nodes()), subtree_root);
        }
        EXPECT_EQ(verify_subtree_consistency(begin, end, size, subtree_root, root, proof), subtree)
            << begin << " " << end << " " << size;
      }
    }
  }
}

// The vectors of transparency-dev/merkle, which other implementations check themselves against.
TEST(Merkle, VectorsOfOthers) {
  MITHAQ_NEEDS_SHARED();
  // Some vectors hold words in place of hashes where any value will do: equal words, equal hashes.
  const auto hash = [](const nlohmann::json& text) -> std::optional<Hash> {
    const auto bytes = from_base64(text.is_string() ? text.get<std::string>() : "");
    if (!bytes || bytes->empty()) return std::nullopt;
    if (bytes->size() != sizeof(Hash)) return sha256(*bytes);
    Hash out;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
  };
  std::size_t checked = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(test::shared() / "data" / "merkle" / "testdata")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    const auto vector = nlohmann::json::parse(in);
    bool valid = true;
    std::vector<Hash> proof;
    if (vector["proof"].is_array()) {
      for (const auto& each : vector["proof"]) {
        const auto one = hash(each);
        valid = valid && one.has_value();
        proof.push_back(one.value_or(Hash{}));
      }
    }
    const bool consistency = vector.contains("root1");
    const auto left = hash(vector[consistency ? "root1" : "leafHash"]);
    const auto right = hash(vector[consistency ? "root2" : "root"]);
    valid = valid && left && right;
    if (valid) {
      const auto number = [&vector](const char* name) { return vector[name].get<std::uint64_t>(); };
      if (vector.contains("size1")) {
        valid = verify_consistency(number("size1"), number("size2"), *left, *right, proof);
      } else if (consistency) {
        valid =
            verify_subtree_consistency(number("start"), number("end"), number("size"), *left, *right, proof);
      } else if (vector.contains("treeSize")) {
        valid = verify_inclusion(number("leafIdx"), number("treeSize"), *left, proof, *right);
      } else {
        valid =
            verify_subtree_inclusion(number("leafIdx"), number("start"), number("end"), *left, proof, *right);
      }
    }
    EXPECT_EQ(valid, !vector["wantErr"].get<bool>()) << file.path() << " " << vector["desc"];
    ++checked;
  }
  EXPECT_EQ(checked, 518u);
}

}  // namespace
}  // namespace mithaq::record
