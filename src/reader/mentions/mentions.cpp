#include "reader/mentions/mentions.hpp"

#include <algorithm>

#include "reader/mentions/candidate.hpp"
#include "reader/mentions/dates.hpp"
#include "reader/mentions/names.hpp"
#include "reader/mentions/symbols.hpp"

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;
using document::RefClass;

RefClass ref_of(PhraseUse use, MentionType type) {
  if (use == PhraseUse::acronym) return RefClass::acronym;
  if (use == PhraseUse::alias && type == MentionType::organization) return RefClass::variant;
  return RefClass::name;
}

// A State before a place before a body: "Luxembourg" alone is the State, not its capital.
int rank(MentionType type) {
  switch (type) {
    case MentionType::state:
      return 0;
    case MentionType::place:
      return 1;
    default:
      return 2;
  }
}

void find_names(const TokenizedText& text, const PhraseTable& phrases, const Lexicon& lexicon,
                std::uint32_t paragraph, std::vector<Mention>& mentions) {
  for (std::size_t token = 0; token < text.tokens.size(); ++token) {
    for (const PhraseMatch& match : phrases.at(token)) {
      const Sense* best = nullptr;
      for (const Sense& sense : lexicon.phrases.senses(match.payload)) {
        if (sense.use > PhraseUse::acronym || !spelled_as_name(text, match, sense, lexicon)) continue;
        if (!best || rank(lexicon.entities[sense.index].type) < rank(lexicon.entities[best->index].type)) {
          best = &sense;
        }
      }
      if (!best) continue;
      const Entity& entity = lexicon.entities[best->index];
      mentions.push_back({.type = entity.type,
                          .place = {paragraph, {begin_of(text, match), text.tokens[match.end - 1].end}},
                          .entities = {entity.id},
                          .name = entity.name,
                          .ref = ref_of(best->use, entity.type)});
    }
  }
}

}  // namespace

void find_mentions(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon, Context&) {
  PhraseTable phrases;
  std::vector<Mention> mentions;
  for (std::size_t each = 0; each < texts.size(); ++each) {
    phrases.fill(texts[each], lexicon);
    mentions.clear();
    find_symbols(texts[each], static_cast<std::uint32_t>(each), lexicon, document.metadata, mentions);
    find_dates(texts[each], static_cast<std::uint32_t>(each), lexicon, document.metadata, mentions,
               document.doubts);
    find_names(texts[each], phrases, lexicon, static_cast<std::uint32_t>(each), mentions);
    settle_overlaps(mentions);
    std::move(mentions.begin(), mentions.end(), std::back_inserter(document.mentions));
  }
  resolve_document_references(texts, lexicon, document.mentions);
}

}  // namespace mithaq::reader
