// Places that no table lists, with the words of data/.
#include "reader/mentions/places.hpp"

#include <gtest/gtest.h>

#include "reader/mentions/test_mentions.hpp"

namespace mithaq::reader {
namespace {

// The places and States of some paragraphs that are not nested, joined by "; ".
std::string places_in(std::vector<std::string> paragraphs) {
  const document::Document document = with_mentions(std::move(paragraphs));
  std::string places;
  for (const document::Mention& mention : document.mentions) {
    const bool place =
        mention.type == document::MentionType::place || mention.type == document::MentionType::state;
    if (mention.nested || !place) continue;
    if (!places.empty()) places += "; ";
    places.append(document::slice(document.paragraphs[mention.place.paragraph].text, mention.place.range));
  }
  return places;
}

TEST(UnlistedPlaces, AreKnownByTheNounBesideThem) {
  EXPECT_EQ(places_in({"fighting in Torbek County and near the village of Malisa, Sudan"}),
            "Torbek County; Malisa; Sudan");
  EXPECT_EQ(places_in({"in Torbek and Old Fadak Counties"}), "Torbek; Old Fadak");
  EXPECT_EQ(places_in({"the occupation of the Torbek district and of Mount Hadrin"}), "Torbek; Mount Hadrin");
}

TEST(UnlistedPlaces, AreKnownAgainWithoutIt) {
  EXPECT_EQ(
      places_in({"Soldiers from Torbek left.", "the town of Torbek", "Soldiers from Torbek came back."}),
      "Torbek; Torbek");
}

TEST(UnlistedPlaces, AreNoBodiesAndNoOrdinaryWords) {
  EXPECT_EQ(
      places_in({"Each district, every Member State and the Torbek County Hospital", "Federal State law"}),
      "");
  EXPECT_EQ(places_in({"Several district councils met", "the Security Council district"}), "");
}

TEST(UnlistedPlaces, TerritoriesAndDisputedPlacesAreNoStates) {
  static const Lexicon lexicon = Lexicon::load(test::data());
  for (const char* id : {"XKX", "ESH", "GIB"}) {
    EXPECT_EQ(lexicon.entities[*lexicon.entities.find(id)].type, document::MentionType::place) << id;
  }
  EXPECT_EQ(lexicon.entities[*lexicon.entities.find("PSE")].type, document::MentionType::state);
}

TEST(UnlistedPlaces, SurviveEndlessNames) {
  for (const char* piece : {"Torbek and ", "Torbek-", "Mount ", "village of Torbek ", "County "}) {
    std::string text;
    for (int each = 0; each < 3000; ++each) text += piece;
    places_in({text});
  }
}

}  // namespace
}  // namespace mithaq::reader
