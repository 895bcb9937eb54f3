#include "reader/lexicon/phrases.hpp"

#include <gtest/gtest.h>

namespace mithaq::reader {
namespace {

TEST(PhraseIndex, KeepsTheSensesOfAPhraseInTheOrderOfTheTables) {
  Vocabulary vocabulary;
  PhraseIndex phrases;
  for (std::uint32_t body = 0; body < 5; ++body) {
    phrases.add(vocabulary, "اللجنة", {PhraseUse::short_form, Language::ar, body});
    phrases.add(vocabulary, "اللجنة", {PhraseUse::short_form, Language::ar, body});  // kept once
    phrases.add(vocabulary, "اللجنة " + std::to_string(body), {PhraseUse::name, Language::ar, body});
  }
  TokenizedText text;
  tokenize("اللجنة 3", vocabulary, text);
  PhraseMatches matches;
  phrases.match(text, 0, vocabulary, matches);
  ASSERT_EQ(matches.count, 2u);
  std::vector<std::uint32_t> bodies;
  for (const Sense& sense : phrases.senses(matches.matches[0].payload)) bodies.push_back(sense.index);
  EXPECT_EQ(bodies, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
  const auto longer = phrases.senses(matches.matches[1].payload);
  ASSERT_EQ(longer.size(), 1u);
  EXPECT_EQ(longer[0].index, 3u);
}

}  // namespace
}  // namespace mithaq::reader
