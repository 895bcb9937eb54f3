#include "reader/mentions/focus.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mithaq::reader {

namespace {

constexpr double kFadingWords = 80;  // activation falls to 1/e over so many words
constexpr double kForFamily = 0.4;   // what a body's mention gives to the head of its family
constexpr double kForTitle = 0.3;
constexpr double kForShare = 0.8;          // for a body that all mentions are of
constexpr std::uint64_t kFewMentions = 5;  // shares mean little at the beginning
constexpr std::size_t kMostBodies = 300;

}  // namespace

SpokenOf& Focus::raise(const std::string& id, double by) {
  if (context_.spoken_of.size() >= kMostBodies && !context_.spoken_of.contains(id)) {
    forget_half();
  }
  SpokenOf& spoken = context_.spoken_of[id];
  const auto distance = static_cast<double>(context_.position - spoken.position);
  spoken.activation = spoken.activation * std::exp(-distance / kFadingWords) + by;
  spoken.position = context_.position;
  if (by >= 1) {
    ++spoken.times;
    ++context_.spoken;
  }
  return spoken;
}

// Half at once, so that a text that names ever new bodies pays for it once in many.
void Focus::forget_half() {
  std::vector<double> scores;
  scores.reserve(context_.spoken_of.size());
  for (const auto& each : context_.spoken_of) scores.push_back(salience(each.second));
  const auto middle = scores.begin() + static_cast<std::ptrdiff_t>(scores.size() / 2);
  std::nth_element(scores.begin(), middle, scores.end());
  const double least = *middle;
  std::erase_if(context_.spoken_of, [&](const auto& each) { return salience(each.second) < least; });
  // All alike: somebody has to go.
  if (context_.spoken_of.size() >= kMostBodies) context_.spoken_of.erase(context_.spoken_of.begin());
}

void Focus::speak_of(EntityIndex body, bool in_title) {
  const Entity& entity = lexicon_.entities[body];
  SpokenOf& spoken = raise(entity.id, 1);
  spoken.entity = entity.id;
  spoken.name = entity.name;
  spoken.in_title |= in_title;
  if (entity.top == kNoEntity || entity.top == body) return;
  const Entity& top = lexicon_.entities[entity.top];
  SpokenOf& family = raise(top.id, kForFamily);
  family.entity = top.id;
  family.name = top.name;
}

void Focus::speak_of(const std::string& id, const std::string& name, const std::string& head) {
  SpokenOf& spoken = raise(id, 1);
  spoken.entity = id;
  spoken.name = name;
  spoken.head = head;
}

double Focus::salience(const SpokenOf& spoken) const {
  const auto distance = static_cast<double>(context_.position - spoken.position);
  return spoken.activation * std::exp(-distance / kFadingWords) +
         kForShare * spoken.times / static_cast<double>(context_.spoken + kFewMentions) +
         (spoken.in_title ? kForTitle : 0);
}

double Focus::salience(const std::string& id) const {
  const auto found = context_.spoken_of.find(id);
  return found == context_.spoken_of.end() ? 0 : salience(found->second);
}

std::optional<EntityIndex> Focus::best(std::span<const EntityIndex> candidates, bool by_family) const {
  std::optional<EntityIndex> best;
  double most = 0;
  for (const EntityIndex candidate : candidates) {
    const Entity& entity = lexicon_.entities[candidate];
    double score = salience(entity.id);
    if (by_family && entity.top != candidate && entity.top != kNoEntity) {
      score += salience(lexicon_.entities[entity.top].id) / 2;
    }
    if (score > most) {
      most = score;
      best = candidate;
    }
  }
  return best;
}

std::optional<EntityIndex> Focus::organization(double for_home) const {
  std::optional<EntityIndex> best;
  double most = 0;
  for (const auto& [id, spoken] : context_.spoken_of) {
    const double score = salience(spoken) + (id == context_.home ? for_home : 0);
    if (score <= most) continue;
    const auto body = lexicon_.entities.find(id);
    if (!body || lexicon_.entities[*body].kind != "organization") continue;
    most = score;
    best = body;
  }
  return best;
}

const SpokenOf* Focus::unlisted(const std::string& head) const {
  const SpokenOf* best = nullptr;
  for (const auto& [id, spoken] : context_.spoken_of) {
    if (spoken.head == head && (!best || salience(spoken) > salience(*best))) best = &spoken;
  }
  return best;
}

}  // namespace mithaq::reader
