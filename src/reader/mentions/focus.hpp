// Which body the text is about, so that المنظمة or "the Commission" can be understood.
//
// Each mention raises its body's activation by one and its family's head by less; activation halves about
// every fifty words, so that the body named most, and most recently, wins (salience as in Lappin & Leass
// 1994, with repetition instead of syntax). A title counts through the whole document.
#pragma once

#include <optional>
#include <span>

#include "reader/context.hpp"
#include "reader/lexicon/lexicon.hpp"

namespace mithaq::reader {

class Focus {
 public:
  Focus(const Lexicon& lexicon, Context& context) : lexicon_(lexicon), context_(context) {}

  // A known body is mentioned here.
  void speak_of(EntityIndex body, bool in_title = false);
  // A body that only this document knows is mentioned here.
  //   head  its folded head noun with the article, by which it may be taken up again
  void speak_of(const std::string& id, const std::string& name, const std::string& head);

  // How much the text is about a body at this place; 0 if it was not mentioned.
  double salience(const std::string& id) const;
  // The best of several bodies for a short form, or nothing if none was mentioned. A body counts half for the
  // salience of its family's head if `by_family`.
  std::optional<EntityIndex> best(std::span<const EntityIndex> candidates, bool by_family) const;
  // The organization (not a body of one) that the text is most about.
  //   for_home  how much more the organization counts whose paper this is
  std::optional<EntityIndex> organization(double for_home = 0) const;
  // The unlisted body with such a head noun that the text is most about.
  const SpokenOf* unlisted(const std::string& head) const;

 private:
  SpokenOf& raise(const std::string& id, double by);
  // Makes room when too many bodies are remembered.
  void forget_half();
  double salience(const SpokenOf& spoken) const;

  const Lexicon& lexicon_;
  Context& context_;
};

}  // namespace mithaq::reader
