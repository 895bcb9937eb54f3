// SQLite and PostgreSQL give the same answers: random records with everything asked of them, and random
// questions to the full text of texts that are hard for an index.
#include <gtest/gtest.h>

#include <random>

#include "record/random_record.hpp"
#include "record/text_question.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

class PostgresqlTogether : public testing::Test {
 protected:
  void SetUp() override {
    if (place_.missing()) GTEST_SKIP() << "PostgreSQL is not installed";
  }
  Place place_{Dialect::postgresql};
};

TEST_F(PostgresqlTogether, EveryAnswerIsTheSame) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    RandomRecord record(seed);
    const Place place(Dialect::postgresql);
    const auto one = record.store({}), two = record.store({}, place.location());
    EXPECT_EQ(one->checkpoint().substr(0, 60), two->checkpoint().substr(0, 60));
    for (int turn = 0; turn < 4; ++turn) {
      std::vector<Handling> open;
      for (const Handling& each : one->view().handlings()) {
        if (record.upto(2)) open.push_back(each);
      }
      const Sight sight = turn == 0 ? Sight::all() : Sight::of(open, record.upto(3) ? "" : "amina");
      one->view().look_as(sight);
      two->view().look_as(sight);
      ASSERT_EQ(Answers(one->view()).all(), Answers(two->view()).all())
          << "seed " << seed << " turn " << turn;
      for (std::size_t at = 0; at < record.documents && turn == 0; ++at) {
        const std::string id = document_id("doc" + std::to_string(at));
        ASSERT_EQ(Answers(one->view()).one(id), Answers(two->view()).one(id)) << "seed " << seed;
      }
    }
    EXPECT_TRUE(two->verify().ok());
  }
}

std::string shown(const ParagraphHits& hits) {
  std::ostringstream out;
  out.precision(17);
  for (const ParagraphHit& hit : hits.hits) out << hit.row << ' ' << hit.score << ";";
  out << hits.matched << (hits.truncated ? " cut" : "");
  return out.str();
}

// The first paragraph that only one of them found, and what its text says itself.
std::string differing(const View& view, const ParagraphHits& one, const ParagraphHits& two,
                      const std::vector<TextTerm>& terms) {
  for (std::size_t at = 0; at < std::min(one.hits.size(), two.hits.size()); ++at) {
    if (one.hits[at].row == two.hits[at].row && one.hits[at].score == two.hits[at].score) continue;
    std::string out;
    for (const ParagraphRowId row : {one.hits[at].row, two.hits[at].row}) {
      AnalyzedText text;
      std::vector<std::int64_t> counts;
      const std::string words = view.paragraph(row).paragraph.text;
      text.read(view.analyzer(), words);
      const bool answers = text.answers(TextQuestion::of(terms, view.analyzer()), counts);
      out += "\n" + std::to_string(row) + (answers ? " answers" : " does not answer");
      for (const std::int64_t count : counts) out += " " + std::to_string(count);
      out += ": " + words.substr(0, 300);
    }
    return out;
  }
  return "";
}

TEST_F(PostgresqlTogether, RandomQuestionsFindTheSameInTheSameOrder) {
  std::mt19937 random(11);
  const auto upto = [&random](std::size_t count) { return random() % count; };
  const std::vector<std::string> words{"تعاون",  "التعاون", "الأمم",    "المتحدة",     "السلام",
                                       "قوات",   "53/45",   "A/54/537", "peace",       "peaceful",
                                       "united", "Kosovo",  "it's",     "back\\slash", "co-operation",
                                       "٢٠١٨",   "2018",    "رقم",      "osce"};
  const auto any = [&] { return words[upto(words.size()) * upto(words.size()) / words.size()]; };
  const auto sql = SqlStore::open(":memory:", options());
  const auto postgres = SqlStore::open(place_.location(), options());
  for (int number = 0; number < 40; ++number) {
    std::vector<std::string> texts;
    for (int at = 0; at < 60; ++at) {
      std::string text = any();
      for (std::size_t more = upto(12); more > 0; --more) text += " " + any();
      texts.push_back(text);
    }
    if (number % 10 == 0) {
      std::string often = "peace";  // more often than a tsvector counts
      for (int at = 0; at < 400; ++at) often += " peace united";
      texts.push_back(often);
      std::string long_text;  // beyond the places of a tsvector
      for (int at = 0; at < 17000; ++at) long_text += "w" + std::to_string(at % 900) + " ";
      texts.push_back(long_text + "Kosovo united peace " + std::string(3000, 'x'));
    }
    const auto bodies = entries_of(section("d" + std::to_string(number), texts), true);
    sql->append(bodies);
    postgres->append(bodies);
  }
  const std::vector<Seq> erased{2000};
  ASSERT_EQ(sql->erase(erased, "x", "y").has_value(), postgres->erase(erased, "x", "y").has_value());
  ASSERT_EQ(sql->size(), postgres->size());
  std::size_t found = 0, cut = 0;
  for (int question = 0; question < 400; ++question) {
    std::vector<TextTerm> terms;
    std::string asked;
    for (std::size_t count = 1 + upto(3); count > 0; --count) {
      TextTerm term{.text = any(),
                    .need = static_cast<TextTerm::Need>(upto(3)),
                    .form = static_cast<TextTerm::Form>(upto(3))};
      if (term.form == TextTerm::Form::phrase) term.text += " " + any();
      if (term.form == TextTerm::Form::prefix && upto(2))
        term.text.resize(term.text.size() - (term.text[0] < 0 ? 2 : 1));
      asked += term.text + "/" + std::to_string(static_cast<int>(term.need)) +
               std::to_string(static_cast<int>(term.form)) + " ";
      terms.push_back(term);
    }
    ParagraphFilter filter;
    if (upto(5) == 0) filter.documents = {document_id("d" + std::to_string(upto(40)))};
    if (upto(6) == 0) filter.entities = {"OSCE"};
    if (upto(8) == 0) filter.kinds = {document::ParagraphKind::body};
    if (upto(8) == 0) filter.themes = {"mediation"};
    const std::size_t candidates = upto(3) == 0 ? 1100 : 5000;
    const ParagraphHits one = sql->view().search_paragraphs(terms, filter, 30, candidates);
    const ParagraphHits two = postgres->view().search_paragraphs(terms, filter, 30, candidates);
    ASSERT_EQ(shown(one), shown(two)) << question << ": " << asked << differing(sql->view(), one, two, terms);
    found += one.matched;
    cut += one.truncated ? 1 : 0;
  }
  EXPECT_GT(found, 10000u);
  EXPECT_GT(cut, 5u);
  EXPECT_TRUE(postgres->verify().ok());
}

// More paragraphs than a segment of the index holds.
TEST_F(PostgresqlTogether, SegmentsFollowOneAnother) {
  const auto sql = SqlStore::open(":memory:", options());
  const auto postgres = SqlStore::open(place_.location(), options());
  std::mt19937 random(5);
  for (int number = 0; number < 7; ++number) {
    document::Document document;
    std::vector<std::string> texts;
    for (int at = 0; at < 5000; ++at)
      texts.push_back(random() % 500 == 0 ? "rare السلام" : random() % 2 ? "common" : "x");
    document = section("d" + std::to_string(number), texts);
    document.statements.clear();
    document.mentions.clear();
    const auto bodies = entries_of(std::move(document), true);
    sql->append(bodies);
    postgres->append(bodies);
  }
  for (const std::vector<TextTerm>& terms :
       std::vector<std::vector<TextTerm>>{{{.text = "rare"}},
                                          {{.text = "common"}},
                                          {{.text = "rare السلام", .form = TextTerm::Form::phrase}},
                                          {{.text = "rare", .need = TextTerm::Need::may},
                                           {.text = "common", .need = TextTerm::Need::may}}}) {
    EXPECT_EQ(shown(sql->view().search_paragraphs(terms, {}, 50, 5000)),
              shown(postgres->view().search_paragraphs(terms, {}, 50, 5000)))
        << terms[0].text;
  }
  const auto database =
      Database::open(place_.location(), Database::Mode::read, std::chrono::milliseconds(1000));
  EXPECT_EQ(database->integer("select count(*) from paragraph_index", 0), 2);
  EXPECT_TRUE(postgres->verify().ok());
}

}  // namespace
}  // namespace mithaq::record
