// Who sees a part of a record gets the answers of a record that never had the rest.
#include "record/sight.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>
#include <sstream>

#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;
using document::Handling;
using document::Tlp;

const std::vector<Handling> kHandlings{
    {},
    {.tlp = Tlp::green},
    {.tlp = Tlp::amber, .statuses = {"OSCE/participating_state"}},
    {.tlp = Tlp::red, .recipients = {"account:amina"}},
    {.tlp = Tlp::amber_strict, .originator = "OIC"},
};

// A random record, as entries; those of documents in `left_out` become acts, so that all others keep their
// places.
struct RandomRecord {
  explicit RandomRecord(unsigned seed) : random(seed) {
    const std::size_t count = 2 + upto(7);
    for (std::size_t at = 0; at < count; ++at) add_document("doc" + std::to_string(at));
    for (std::size_t at = upto(8); at > 0; --at) add_change();
  }
  std::size_t upto(std::size_t count) { return random() % count; }

  void add_document(const std::string& name) {
    static const std::vector<std::string> kWords{"تعاون", "الأمم",  "المتحدة", "Kosovo", "united",
                                                 "peace", "السلام", "53/45",   "خاص",    "hidden"};
    std::vector<std::string> texts;
    for (std::size_t at = upto(5); at > 0; --at) {
      std::string text;
      for (std::size_t word = 1 + upto(6); word > 0; --word) text += kWords[upto(kWords.size())] + " ";
      text.pop_back();
      texts.push_back(text);
    }
    document::Document document = section(name, texts);
    const std::vector<std::string> entities{"OSCE", "UN", "OIC", "", "doc:" + name};
    document.metadata.language = upto(2) ? "ar" : "en";
    document.metadata.issuer = entities[upto(3)];
    document.metadata.handling = kHandlings[upto(kHandlings.size())];
    for (document::Statement& statement : document.statements) {
      statement.type = static_cast<document::StatementType>(upto(4));
      statement.parties[0].entity = entities[upto(5)];
      statement.parties[0].name = "name of " + statement.parties[0].entity + std::to_string(upto(2));
      statement.themes = {upto(2) ? "mediation" : "theme of " + name};
      statement.places = {upto(2) ? "KGZ" : "place:" + name};
      statement.place_names = {statement.places[0]};
    }
    for (document::Mention& mention : document.mentions) mention.entities = {entities[upto(5)]};
    for (Body& body : entries_of(std::move(document), true)) {
      if (auto* came = std::get_if<DocumentBody>(&body)) came->brought_by = upto(2) ? "amina" : "";
      if (kind_of(body) == EntryKind::statement) statements.emplace_back(bodies.size(), documents);
      owners.push_back(documents);
      bodies.push_back(std::move(body));
    }
    ++documents;
  }
  void add_change() {
    const std::size_t of = upto(documents);
    switch (upto(4)) {
      case 3: {
        const std::string id = document_id("doc" + std::to_string(of));
        const bool has_doubt = std::any_of(bodies.begin(), bodies.end(), [&id](const Body& body) {
          const auto* section = std::get_if<SectionBody>(&body);
          return section != nullptr && section->content.id == id && !section->content.doubts.empty();
        });
        if (!has_doubt || !revised.insert(of).second) break;
        owners.push_back(of);
        bodies.push_back(RevisionBody{.document = id,
                                      .action = RevisionAction::choose_reading,
                                      .reading = upto(2),
                                      .by = "account:r0"});
        break;
      }
      case 0:
        owners.push_back(of);
        bodies.push_back(HandlingBody{.document = document_id("doc" + std::to_string(of)),
                                      .handling = kHandlings[upto(kHandlings.size())]});
        break;
      case 1:
        if (statements.empty()) break;
        {
          const auto& [seq, owner] = statements[upto(statements.size())];
          ReviewBody review{.statement = seq,
                            .action = static_cast<ReviewAction>(upto(3)),
                            .by = "account:r" + std::to_string(upto(2))};
          owners.push_back(owner);
          bodies.push_back(review);
        }
        break;
      case 2:
        owners.push_back(std::nullopt);
        bodies.push_back(MergeBody{.entity = "doc:doc" + std::to_string(of), .into = "UN"});
        for (std::size_t at = 0; at + 1 < bodies.size(); ++at) {
          const auto* merge = std::get_if<MergeBody>(&bodies[at]);
          if (merge == nullptr || merge->entity != std::get<MergeBody>(bodies.back()).entity) continue;
          bodies.pop_back();
          owners.pop_back();
          break;
        }
        break;
    }
  }
  std::unique_ptr<SqlStore> store(const std::set<std::size_t>& left_out) const {
    std::vector<Body> all;
    for (std::size_t at = 0; at < bodies.size(); ++at) {
      const bool out = owners[at] && left_out.contains(*owners[at]);
      all.push_back(out ? Body(ActBody{.type = "padding", .json = "{}"}) : bodies[at]);
    }
    auto made = SqlStore::open(":memory:", options());
    made->append(all);
    return made;
  }

  std::mt19937 random;
  std::vector<Body> bodies{};
  std::vector<std::optional<std::size_t>> owners{};  // which document each entry belongs to
  std::vector<std::pair<Seq, std::size_t>> statements{};
  std::size_t documents = 0;
  std::set<std::size_t> revised{};
};

// Everything that can be asked, as one text.
class Answers {
 public:
  explicit Answers(const View& view) : view_(view) {}

  std::string all() {
    const Statistics count = view_.statistics();
    out_ << count.documents << ' ' << count.paragraphs << ' ' << count.statements << ' ' << count.mentions
         << ' ' << count.doubts << ' ' << count.edits << ' ' << count.reviews << '\n';
    documents({});
    documents({.languages = {"ar"}});
    documents({.issuers = {"UN"}});
    documents({.reference = "A/55/98", .limit = 3, .offset = 1});
    for (const StatementOrder order :
         {StatementOrder::document, StatementOrder::time, StatementOrder::newest})
      statements({.order = order});
    statements({.parties = {"UN"}});
    statements({.parties = {"name of OSCE0"}});
    statements({.parties = {"doc:doc0"}, .reviews = {ReviewState::rejected, ReviewState::proposed}});
    statements({.themes = {"mediation"}, .places = {"KGZ"}, .limit = 2, .offset = 1});
    statements({.instrument = "53/45"});
    statements({.documents = {document_id("doc0"), document_id("doc1")}});
    statements({.text = "السلام"});
    for (const MentionQuery& query :
         {MentionQuery{}, MentionQuery{.entities = {"UN"}}, MentionQuery{.documents = {document_id("doc1")}},
          MentionQuery{.limit = 3, .offset = 2}}) {
      for (const MentionRow& row : view_.mentions(query)) mention(row);
      out_ << '\n';
    }
    for (const DoubtRow& row : view_.doubts())
      out_ << row.section_entry << row.rule << row.by << row.citation.words << ';';
    for (const EditRow& row : view_.edits()) out_ << row.section_entry << row.edit.rule << ';';
    for (const auto& counts : {view_.parties(), view_.themes(), view_.places(), view_.parties(2)}) {
      for (const EntityCount& each : counts) out_ << each.id << '|' << each.name << each.statements << ';';
      out_ << '\n';
    }
    for (const ReviewerCount& each : view_.reviewers()) out_ << each.by << each.confirmed << each.rejected;
    for (const SharedDecision& each : view_.decided_by_both("account:r0", "account:r1"))
      out_ << each.statement;
    for (const ReviewRow& each : view_.latest_reviews(3, 1)) out_ << each.seq << ';';
    for (const std::string& id : view_.same_as("UN")) out_ << id << ';';
    using Need = TextTerm::Need;
    search({{.text = "السلام"}});
    search({{.text = "united", .need = Need::may}, {.text = "hidden", .need = Need::may}});
    search({{.text = "united peace", .form = TextTerm::Form::phrase}});
    search({{.text = "peace"}}, {.entities = {"UN"}});
    search({{.text = "peace"}}, {.themes = {"mediation"}});
    search({{.text = "peace"}}, {.languages = {"en"}});
    search({{.text = "peace"}}, {.documents = {document_id("doc0"), document_id("doc2")}});
    return out_.str();
  }
  // One document, by its id; empty if it is not there.
  std::string one(const std::string& id) {
    documents({.id = id});
    if (view_.documents({.id = id}).empty()) return "";
    out_ << view_.document(id).seq << view_.raw_text(id) << view_.read_section(id, 0).paragraphs.size();
    for (const ParagraphRow& row : view_.paragraphs(id)) {
      out_ << row.row << row.paragraph.text << view_.cite(row).document_name;
      out_ << view_.paragraph(row.row).paragraph.id << view_.paragraph(id, row.paragraph.id).row;
      for (const StatementRow& each : view_.statements_of_paragraph(row.row)) statement(each);
      for (const MentionRow& each : view_.mentions_of_paragraph(row.row)) mention(each);
    }
    out_ << view_.doubts(id).size() << ' ' << view_.edits(id).size() << '\n';
    return out_.str();
  }

 private:
  void documents(const DocumentQuery& query) {
    for (const DocumentRow& row : view_.documents(query)) {
      out_ << row.seq << row.name << to_canonical_json(row.metadata.handling) << row.brought_by
           << row.sections << row.paragraphs << row.statements << row.doubts << row.edits << ';';
    }
    out_ << '\n';
  }
  void statement(const StatementRow& row) {
    out_ << row.seq << name_of(row.type) << name_of(row.review) << row.reviewed_by
         << row.citation.document_name << row.citation.paragraph << row.citation.words;
    for (const PartyRow& party : row.parties) out_ << party.entity << '|' << party.name;
    for (const PlaceRow& place : row.places) out_ << place.entity;
    for (const std::string& theme : row.themes) out_ << theme;
    for (const ReviewRow& review : view_.reviews(row.seq)) out_ << review.seq << review.by;
    out_ << view_.agreement(row.seq).confirmed << view_.statement(row.seq).seq
         << view_.proposed_statement(row.seq).words << ';';
  }
  void statements(const StatementQuery& query) {
    for (const StatementRow& row : view_.statements(query)) statement(row);
    out_ << view_.count_statements(query) << '\n';
  }
  void mention(const MentionRow& row) {
    out_ << row.name << row.citation.words << row.citation.paragraph_row;
    for (const std::string& entity : row.entities) out_ << entity << ',';
  }
  void search(const std::vector<TextTerm>& terms, const ParagraphFilter& filter = {}) {
    const ParagraphHits hits = view_.search_paragraphs(terms, filter, 5);
    for (const ParagraphHit& hit : hits.hits) out_ << hit.row << ' ' << hit.score << ';';
    out_ << hits.matched << hits.truncated << '\n';
  }

  const View& view_;
  std::ostringstream out_{};
};

ErrorKind kind_thrown(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 error.kind() == ErrorKind::forbidden ? "this is not open to you" : error.what());
    return error.kind();
  }
  return ErrorKind::bug;
}

TEST(SightTest, EveryAnswerIsThatOfARecordWithoutWhatIsHidden) {
  std::size_t something_hidden = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    RandomRecord record(seed);
    const auto whole = record.store({});
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
      const auto part = record.store(hidden);
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
          asked = {[&] { view.document(id); },       [&] { view.document(id.substr(0, 20)); },
                   [&] { view.raw_text(id); },       [&] { view.read_section(id, 0); },
                   [&] { view.doubts(id); },         [&] { view.edits(id); },
                   [&] { view.paragraph(id, "p1"); }};
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
      EXPECT_EQ(kind_thrown([&] { view.statement(9999); }), ErrorKind::not_found);
    }
    view.look_as(Sight::all());
    ASSERT_EQ(Answers(view).all(), everything) << "looking as somebody leaves nothing behind";
  }
  EXPECT_GT(something_hidden, 100u);
}

// More paragraphs than are read one by one: the index answers, and tells nothing of what is hidden either.
TEST(SightTest, TheIndexAnswersAsIfTheRestWereNotThere) {
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
  const auto of_whole = SqlStore::open(":memory:", options()),
             of_part = SqlStore::open(":memory:", options());
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
TEST(SightTest, AChangeOfHandlingCountsAtOnce) {
  const auto store = SqlStore::open(":memory:", options());
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
