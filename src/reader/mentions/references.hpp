// What is named only by what it is to an organization: groups of States (الدول الأعضاء), holders of an office
// (الأمين العام), pairs (المنظمتان).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "reader/mentions/bodies.hpp"

namespace mithaq::reader {

// A mention that starts at a token and the token after it.
struct Reference {
  document::Mention mention{};
  std::uint32_t end = 0;
};

class ReferenceFinder {
 public:
  ReferenceFinder(Scene& scene, const BodyFinder& bodies) : scene_(scene), bodies_(bodies) {}

  // "Member States of the OIC", "OSCE participating States", الدول الأعضاء بالمنظمة; type State.
  std::optional<Reference> group_at(std::size_t token) const;
  // "the Secretary-General", الأمين العام لمنظمة التعاون الإسلامي; type person.
  std::optional<Reference> office_at(std::size_t token) const;

 private:
  Reference make(document::MentionType type, document::RefClass ref, std::uint32_t begin, std::uint32_t end,
                 std::string id, std::string name) const;
  // A Latin owner at the token: "OSCE" of "OSCE participating States"; gives the token after it.
  std::optional<Body> owner_before(std::size_t token) const;

  // The two bodies that a dual means, by id; empty if none were named.
  std::pair<std::string, std::string> pair() const;

  Scene& scene_;
  const BodyFinder& bodies_;
};

}  // namespace mithaq::reader
