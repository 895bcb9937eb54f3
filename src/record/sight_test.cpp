// Who sees a part of a record gets the answers of a record that never had the rest.
#include "record/sight.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>
#include <sstream>

#include "record/random_record.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;
using document::Handling;
using document::Tlp;

ErrorKind kind_thrown(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), error.kind() == ErrorKind::forbidden
                                   ? "there is nothing here that is open to you"
                                   : error.what());
    return error.kind();
  }
  return ErrorKind::bug;
}

class SightTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (Place(GetParam()).missing()) GTEST_SKIP() << "PostgreSQL is not installed";
  }
  // Where a store of its own is, for as long as the test runs.
  Location fresh() {
    if (GetParam() == Dialect::sqlite) return ":memory:";
    return places_.emplace_back(std::make_unique<Place>(GetParam()))->location();
  }

 private:
  std::vector<std::unique_ptr<Place>> places_{};
};
MITHAQ_ON_BOTH(SightTest);

TEST_P(SightTest, EveryAnswerIsThatOfARecordWithoutWhatIsHidden) {
  std::size_t something_hidden = 0;
  // PostgreSQL takes a while to make the tables of so many records.
  const unsigned seeds = GetParam() == Dialect::sqlite ? 60 : 20;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    RandomRecord record(seed);
    const auto whole = record.store({}, fresh());
    View& view = whole->view();
    const std::string everything = Answers(view).all();
    for (int turn = 0; turn < 4; ++turn) {
      std::vector<Handling> open;
      for (const Handling& each : view.handlings()) {
        if (record.upto(2)) open.push_back(each);
      }
      const Sight sight = Sight::of(open, record.upto(3) ? "" : "amina");
      std::set<std::size_t> hidden;
      view.look_as(Sight::all());
      for (std::size_t at = 0; at < record.documents; ++at) {
        const DocumentRow row = view.document(document_id("doc" + std::to_string(at)));
        const bool by_handling = std::count(open.begin(), open.end(), row.metadata.handling) > 0;
        if (!by_handling && (sight.account.empty() || row.brought_by != sight.account)) hidden.insert(at);
      }
      something_hidden += hidden.size();
      const auto part = record.store(hidden, fresh());
      view.look_as(sight);
      part->view().look_as(sight);
      ASSERT_EQ(Answers(view).all(), Answers(part->view()).all()) << "seed " << seed << " turn " << turn;
      for (std::size_t at = 0; at < record.documents; ++at) {
        const std::string id = document_id("doc" + std::to_string(at));
        ASSERT_EQ(Answers(view).one(id), Answers(part->view()).one(id)) << "seed " << seed;
      }
      // Asking for a hidden thing by its name says that it is not open, and nothing else.
      for (Seq seq = 0; seq < record.bodies.size(); ++seq) {
        const auto owner = record.owners[seq];
        const bool is_hidden = owner && hidden.contains(*owner);
        const auto of = view.document_of_entry(seq);
        ASSERT_EQ(of.has_value(), owner.has_value());
        if (of) {
          EXPECT_EQ(of->document, document_id("doc" + std::to_string(*owner)));
          EXPECT_EQ(of->visible, !is_hidden);
        }
        if (!is_hidden) continue;
        const std::string id = document_id("doc" + std::to_string(*owner));
        std::vector<std::function<void()>> asked;
        if (kind_of(record.bodies[seq]) == EntryKind::document) {
          // Nor does the beginning of its id find it, or its name: they can be guessed.
          const std::string name = std::get<DocumentBody>(record.bodies[seq]).name;
          for (const std::string& guess : {id.substr(0, 20), id.substr(7, 4), name})
            ASSERT_EQ(kind_thrown([&] { view.document(guess); }), ErrorKind::not_found) << guess;
          asked = {[&] { view.document(id); }, [&] { view.raw_text(id); }, [&] { view.read_section(id, 0); },
                   [&] { view.doubts(id); },   [&] { view.edits(id); },    [&] { view.paragraph(id, "p1"); }};
        } else if (kind_of(record.bodies[seq]) == EntryKind::statement) {
          asked = {[&] { view.statement(seq); }, [&] { view.proposed_statement(seq); },
                   [&] { view.reviews(seq); }, [&] { view.agreement(seq); }};
        } else if (const auto* body = std::get_if<SectionBody>(&record.bodies[seq])) {
          if (body->content.paragraphs.empty()) continue;
          const ParagraphRowId row = static_cast<ParagraphRowId>(seq << 22);
          asked = {[&view, row] { view.paragraph(row); }, [&view, row] { view.statements_of_paragraph(row); },
                   [&view, row] { view.mentions_of_paragraph(row); }, [&] { view.paragraphs(id); }};
        }
        for (const auto& ask : asked) ASSERT_EQ(kind_thrown(ask), ErrorKind::forbidden) << "seed " << seed;
      }
      EXPECT_EQ(kind_thrown([&] { view.document("nothing"); }), ErrorKind::not_found);
      // Of an id that can be computed it is not said whether it is hidden or of nothing.
      EXPECT_EQ(kind_thrown([&] { view.document(document_id("nothing")); }), ErrorKind::forbidden);
      EXPECT_EQ(kind_thrown([&] { view.statement(9999); }), ErrorKind::not_found);
    }
    view.look_as(Sight::all());
    ASSERT_EQ(Answers(view).all(), everything) << "looking as somebody leaves nothing behind";
  }
  EXPECT_GT(something_hidden, 2 * seeds);
}

// More paragraphs than are read one by one: the index answers, and tells nothing of what is hidden either.
TEST_P(SightTest, TheIndexAnswersAsIfTheRestWereNotThere) {
  std::mt19937 random(7);
  const std::vector<std::string> words{"peace", "united", "kosovo", "السلام", "hidden"};
  std::vector<Body> whole, part;
  for (int at = 0; at < 6; ++at) {
    const bool hidden = at % 2 == 1;
    std::vector<std::string> texts;
    for (int each = 0; each < 700; ++each) {
      std::string text = words[random() % (hidden ? 5 : 4)];
      for (std::size_t word = random() % 4; word > 0; --word) text += " " + words[random() % 4];
      texts.push_back(text);
    }
    document::Document document = section("doc" + std::to_string(at), texts);
    document.statements.clear();
    if (hidden) document.metadata.handling = {.tlp = Tlp::red};
    for (Body& body : entries_of(std::move(document), true)) {
      part.push_back(hidden ? Body(ActBody{.type = "padding", .json = "{}"}) : body);
      whole.push_back(std::move(body));
    }
  }
  const auto of_whole = SqlStore::open(fresh(), options()), of_part = SqlStore::open(fresh(), options());
  of_whole->append(whole);
  of_part->append(part);
  for (const auto& store : {of_whole.get(), of_part.get()})
    store->view().look_as(Sight::of({Handling{}}, ""));
  const auto ask = [](SqlStore& store, const std::vector<TextTerm>& terms, const ParagraphFilter& filter) {
    std::ostringstream out;
    const ParagraphHits hits = store.view().search_paragraphs(terms, filter, 50, 1100);
    for (const ParagraphHit& hit : hits.hits) out << hit.row << ' ' << hit.score << ';';
    out << hits.matched << hits.truncated;
    return out.str();
  };
  using Need = TextTerm::Need;
  for (const std::vector<TextTerm>& terms : std::vector<std::vector<TextTerm>>{
           {{.text = "peace"}},
           {{.text = "hidden"}},
           {{.text = "peace"}, {.text = "hidden", .need = Need::may}},
           {{.text = "united kosovo", .form = TextTerm::Form::phrase}},
           {{.text = "السلام", .need = Need::may}, {.text = "kosovo", .need = Need::may}}}) {
    for (const ParagraphFilter& filter :
         {ParagraphFilter{}, ParagraphFilter{.entities = {"OSCE"}}, ParagraphFilter{.languages = {"ar"}}}) {
      EXPECT_EQ(ask(*of_whole, terms, filter), ask(*of_part, terms, filter)) << terms[0].text;
    }
  }
  EXPECT_NE(ask(*of_whole, {{.text = "peace"}}, {}), "00");
  EXPECT_EQ(ask(*of_whole, {{.text = "hidden"}}, {}), "00");
}

// What a sight opened is closed when the handling changes, in the same view, for a search too.
TEST_P(SightTest, AChangeOfHandlingCountsAtOnce) {
  const auto store = SqlStore::open(fresh(), options());
  store->append(entries("a", {"peace in Kosovo"}));
  View& view = store->view();
  view.look_as(Sight::of({Handling{}}, ""));
  const auto found = [&] { return view.search_paragraphs({{.text = "peace"}}).hits.size(); };
  EXPECT_EQ(found(), 1u);
  store->append(std::vector<Body>{
      HandlingBody{.document = document_id("a"), .handling = {.tlp = Tlp::red}, .reason = "a mistake"}});
  EXPECT_EQ(found(), 0u);
  EXPECT_EQ(view.documents().size(), 0u);
  view.look_as(Sight::of({}, ""));
  EXPECT_EQ(view.statistics().documents, 0u);
  store->append(std::vector<Body>{HandlingBody{.document = document_id("a")}});
  store->append(entries("b", {"peace"}));
  view.look_as(Sight::of({Handling{}}, ""));
  EXPECT_EQ(found(), 2u);
}

}  // namespace
}  // namespace mithaq::record
