// Organizations and their bodies in one paragraph: those that data/ knows, alone or with their owner
// (الأمانة العامة لمنظمة التعاون الإسلامي), and those it has never seen, known by a head noun.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "reader/mentions/names.hpp"

namespace mithaq::reader {

// A body, or the State that owns one, as it stands in the text: tokens [first, end).
struct Body {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::uint32_t begin = 0;  // byte, behind separable particles
  EntityIndex known = kNoEntity;
  document::MentionType type = document::MentionType::organization;
  std::string id{};    // of a body that no table lists
  std::string name{};  // canonical
  std::string head{};  // folded definite head noun of an unlisted body
  document::RefClass ref = document::RefClass::name;
};

class BodyFinder {
 public:
  explicit BodyFinder(Scene& scene) : scene_(scene) {}

  // Which particles may stand before the first word.
  enum class Before { anything, nothing, preposition };

  // The body that starts at a token, with all that belongs to its name.
  std::optional<Body> body_at(std::size_t token, Before before = Before::anything, int depth = 0) const;
  // The owner that follows a name: "of the OSCE", لمنظمة التعاون الإسلامي, في المنظمة.
  //   idafa  it may follow without any word between
  std::optional<Body> owner_after(std::size_t token, bool idafa, int depth) const;
  // An organization or a State at a token, to own something.
  std::optional<Body> party_at(std::size_t token, Before before, int depth) const;
  // A short form (المنظمة) as the body that the text is about.
  std::optional<Body> short_form_at(std::size_t token, Before before) const;

 private:
  bool spoken_of_at(std::size_t token) const;
  EntityIndex by_first_noun(const PhraseMatch& match, std::span<const EntityIndex> candidates,
                            EntityIndex chosen) const;
  std::optional<Body> known_at(std::size_t token, Before before, int depth) const;
  std::optional<Body> arabic_body_at(std::size_t token, Before before, int depth) const;
  std::optional<Body> english_body_at(std::size_t token, int depth) const;
  std::optional<Body> composed(const PhraseMatch& match, std::uint32_t first, std::uint32_t begin,
                               const Body& owner, std::uint32_t end) const;
  Body make_known(EntityIndex entity, std::uint32_t first, std::uint32_t end, std::uint32_t begin,
                  document::RefClass ref) const;
  Body make_unlisted(std::uint32_t first, std::uint32_t end, std::uint32_t begin) const;
  std::size_t after_purpose(std::size_t token) const;
  bool has_bracketed_acronym(std::size_t token) const;

  Scene& scene_;
};

// True if a particle reading is what is asked for.
bool allowed(const CliticReading& reading, BodyFinder::Before before);

}  // namespace mithaq::reader
