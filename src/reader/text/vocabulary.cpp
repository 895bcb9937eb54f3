#include "reader/text/vocabulary.hpp"

#include <cstring>

namespace mithaq::reader {

namespace {

constexpr std::size_t kBytesPerWord = 13;  // of Arabic and Latin words together, a little more than they have

}  // namespace

Vocabulary::Vocabulary() : begins_{0}, slots_(1024) {
  begins_.push_back(0);
}

std::uint32_t Vocabulary::hash_of(std::string_view word) {
  // Eight bytes at a time, mixed by multiplication; only speed and spread matter here.
  std::uint64_t hash = 0x9E3779B97F4A7C15ull ^ word.size();
  const char* at = word.data();
  std::size_t left = word.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t part;
    std::memcpy(&part, at, 8);
    hash = (hash ^ part) * 0xFF51AFD7ED558CCDull;
    hash ^= hash >> 32;
  }
  std::uint64_t part = 0;
  std::memcpy(&part, at, left);
  hash = (hash ^ part) * 0xC4CEB9FE1A85EC53ull;
  hash ^= hash >> 29;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

WordId Vocabulary::find(std::string_view folded) const {
  const std::uint32_t hash = hash_of(folded);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.id == kUnknownWord) return kUnknownWord;
    if (slot.hash == hash && word(slot.id) == folded) return slot.id;
  }
}

WordId Vocabulary::add(std::string_view folded) {
  const std::uint32_t hash = hash_of(folded);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].id != kUnknownWord; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && word(slots_[at].id) == folded) return slots_[at].id;
  }
  if (begins_.size() * 4 > slots_.size() * 3) {
    rebuild(slots_.size() * 2);
    at = hash & (slots_.size() - 1);
    while (slots_[at].id != kUnknownWord) at = (at + 1) & (slots_.size() - 1);
  }
  // begins_ holds one more entry than there are words: the end of the last.
  const auto id = static_cast<WordId>(begins_.size() - 1);
  pool_ += folded;
  begins_.push_back(static_cast<std::uint32_t>(pool_.size()));
  slots_[at] = {hash, id};
  return id;
}

std::string_view Vocabulary::word(WordId id) const {
  return std::string_view(pool_).substr(begins_[id], begins_[id + 1] - begins_[id]);
}

void Vocabulary::reserve(std::size_t words) {
  std::size_t slots = slots_.size();
  while (slots * 3 < words * 4) slots *= 2;
  if (slots > slots_.size()) rebuild(slots);
  begins_.reserve(words + 2);
  pool_.reserve(words * kBytesPerWord);
}

void Vocabulary::rebuild(std::size_t slots) {
  std::vector<Slot> larger(slots);
  for (const Slot& slot : slots_) {
    if (slot.id == kUnknownWord) continue;
    std::size_t at = slot.hash & (larger.size() - 1);
    while (larger[at].id != kUnknownWord) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace mithaq::reader
