// Tokens, vocabulary, tries and clitics together, as the grammars use them.
#include <gtest/gtest.h>

#include "reader/text/clitics.hpp"
#include "reader/text/token.hpp"
#include "reader/text/token_trie.hpp"

namespace mithaq::reader {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  const Vocabulary none;
  TokenizedText tokens;
  tokenize(text, none, tokens);
  std::vector<std::string> words;
  for (const Token& token : tokens.tokens) {
    words.emplace_back(token.kind == TokenKind::punctuation ? tokens.surface_of(token)
                                                            : tokens.folded_of(token));
  }
  return words;
}

TEST(Tokenize, CutsAtScriptsDigitsAndMarks) {
  EXPECT_EQ(words_of("القرار 45/53-س، وCSCE"),
            (std::vector<std::string>{"القرار", "45", "/", "53", "-", "س", "،", "و", "csce"}));
  EXPECT_EQ(words_of("Co-operation in South-East Asia"),
            (std::vector<std::string>{"cooperation", "in", "south", "-", "east", "asia"}));
  EXPECT_EQ(words_of("联合国"), (std::vector<std::string>{"联", "合", "国"}));
  EXPECT_EQ(words_of("المُنَظَّمةOSCEّ2 قرارЁж"),
            (std::vector<std::string>{"المنظمه", "osce", "2", "قرار", "еж"}));
  EXPECT_EQ(words_of("Évaluation ЁЖИК\u0301 naïf \xD9"),
            (std::vector<std::string>{"evaluation", "ежик", "naif", "\xD9"}));
}

TEST(Tokenize, SeesCapitals) {
  const Vocabulary none;
  TokenizedText tokens;
  tokenize("OSCE Osce oSCE O", none, tokens);
  ASSERT_EQ(tokens.tokens.size(), 4u);
  EXPECT_TRUE(tokens.tokens[0].capitalized && tokens.tokens[0].all_capitals);
  EXPECT_TRUE(tokens.tokens[1].capitalized && !tokens.tokens[1].all_capitals);
  EXPECT_TRUE(!tokens.tokens[2].capitalized && !tokens.tokens[2].all_capitals);
  EXPECT_TRUE(tokens.tokens[3].capitalized && !tokens.tokens[3].all_capitals);
}

TEST(TokenTrie, FindsTheLongestPhrase) {
  Vocabulary vocabulary;
  TokenTrie trie;
  trie.add(vocabulary, "منظمة الأمن", 1);
  trie.add(vocabulary, "منظمة الأمن والتعاون في أوروبا", 2);
  trie.add(vocabulary, "South-East Asia", 3);
  TokenizedText text;
  tokenize("منظمة الأمن والتعاون في أوروبا", vocabulary, text);
  EXPECT_EQ(trie.longest(text, 0).payload, 2u);
  EXPECT_EQ(trie.longest(text, 0).end_token, 5u);
  tokenize("منظمة الأمن والتعاون", vocabulary, text);
  EXPECT_EQ(trie.longest(text, 0).payload, 1u);
  tokenize("South East Asia", vocabulary, text);
  EXPECT_EQ(trie.longest(text, 0).payload, 3u);
}

TEST(Clitics, TakesOffParticlesOnlyBeforeKnownWords) {
  Vocabulary vocabulary;
  const WordId organization = vocabulary.add("المنظمه");
  TokenizedText text;
  for (const auto& [word, bytes, preposition] : {std::tuple{"المنظمة", 0u, 0u},
                                                 {"والمنظمة", 2u, 0u},
                                                 {"للمنظمة", 2u, unsigned{U'ل'}},
                                                 {"وبالمنظمة", 4u, unsigned{U'ب'}}}) {
    tokenize(word, vocabulary, text);
    const CliticReadings readings = clitic_readings(text, text.tokens[0], vocabulary);
    ASSERT_EQ(readings.count, 1u) << word;
    EXPECT_EQ(readings.readings[0].word, organization);
    EXPECT_EQ(readings.readings[0].prefix_bytes, bytes) << word;
    EXPECT_EQ(readings.readings[0].preposition, preposition) << word;
  }
  tokenize("وفد", vocabulary, text);
  EXPECT_EQ(clitic_readings(text, text.tokens[0], vocabulary).count, 0u);
}

}  // namespace
}  // namespace mithaq::reader
