#include "record/view.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

class ViewTest : public OnBoth {
 protected:
  ViewTest() {
    if (!store_) return;  // skipped
    document::Document first = section("oic", {"تعاون منظمة التعاون الإسلامي مع الأمم المتحدة",
                                               "القرار 53/45-POL بشأن الوساطة", "unrelated words"});
    first.metadata = {
        .title = "الوساطة", .language = "ar", .symbol = "OIC/2018", .date = "2018-11-29", .issuer = "OIC"};
    first.statements[0].parties = {
        {.role = document::PartyRole::actor, .entity = "OIC", .name = "Organization of Islamic Cooperation"},
        {.role = document::PartyRole::counterpart, .entity = "UN", .name = "United Nations"}};
    first.statements[0].time = "2010/2018";
    first.statements[1].type = document::StatementType::commitment;
    first.statements[1].status = document::CommitmentStatus::done;
    first.statements[1].time = "";
    first.statements[1].themes = {"capacity"};
    document::Document second =
        section("osce", {"The OSCE cooperates with the United Nations in Kosovo", "قوات حفظ السلام"}, 0);
    second.metadata = {
        .title = "OSCE", .language = "en", .symbol = "A/54/537", .date = "1999-11-09", .issuer = "OSCE"};
    second.statements[0].places = {"XKX"};
    second.statements[0].place_names = {"Kosovo"};
    second.statements[0].time = "199X";
    std::vector<Body> all = entries_of(std::move(first), true);  // 0-4: statements 2, 3, 4
    for (Body& body : entries_of(std::move(second), true))
      all.push_back(std::move(body));  // 5-8: statements 7, 8
    store_->append(all);
  }
  std::vector<Seq> ask(const StatementQuery& query) const {
    std::vector<Seq> out;
    for (const StatementRow& row : view().statements(query)) out.push_back(row.seq);
    EXPECT_EQ(view().count_statements(query), out.size());
    return out;
  }
  std::vector<std::string> search(const std::vector<TextTerm>& terms,
                                  const ParagraphFilter& filter = {}) const {
    std::vector<std::string> out;
    for (const ParagraphHit& hit : view().search_paragraphs(terms, filter).hits) {
      const ParagraphRow row = view().paragraph(hit.row);
      out.push_back(view().cite(row).document_name.substr(0, 3) + row.paragraph.id);
    }
    return out;
  }
  std::vector<std::string> search(const std::string& words) const { return search({{.text = words}}); }
  const View& view() const { return store_->view(); }
  using Seqs = std::vector<Seq>;
  using Found = std::vector<std::string>;

  std::unique_ptr<SqlStore> store_ = open();
};

MITHAQ_ON_BOTH(ViewTest);

TEST_P(ViewTest, StatementsComeWithTheirCitations) {
  const StatementRow row = view().statement(2);
  EXPECT_EQ(row.parties.at(1).name, "United Nations");
  EXPECT_EQ(row.from, "2010-01-01");
  EXPECT_EQ(row.to, "2018-12-31");
  EXPECT_EQ(row.citation.document_name, "oic.txt");
  EXPECT_EQ(row.citation.symbol, "OIC/2018");
  EXPECT_EQ(row.citation.paragraph, "p1");
  EXPECT_EQ(row.citation.words, "تعاون منظمة التعاون الإسلامي مع الأمم المتحدة");
  const std::string raw = view().raw_text(row.citation.document);
  ASSERT_EQ(row.citation.raw.size(), 1u);
  EXPECT_EQ(document::slice(raw, row.citation.raw[0]), row.citation.words);
  EXPECT_THROW(view().statement(1), Error);
  EXPECT_EQ(view().proposed_statement(2).words, row.citation.words);
}

TEST_P(ViewTest, StatementsByEachField) {
  using document::StatementType;
  EXPECT_EQ(ask({}), (Seqs{2, 3, 4, 7, 8}));
  EXPECT_EQ(ask({.types = {StatementType::commitment}}), (Seqs{3}));
  EXPECT_EQ(ask({.parties = {"OIC"}}), (Seqs{2}));
  EXPECT_EQ(ask({.parties = {"United Nations"}}), (Seqs{2})) << "by its name";
  EXPECT_EQ(ask({.parties = {"لجنة لم يسجلها احد"}}), (Seqs{3, 4, 7, 8})) << "unlisted, in another spelling";
  EXPECT_EQ(ask({.parties = {"OIC", "OSCE"}}), (Seqs{2, 3, 4, 7, 8}));
  EXPECT_EQ(ask({.parties = {"OIC", "UN"}, .all_parties = true}), (Seqs{2}));
  EXPECT_EQ(ask({.parties = {"OIC", "OSCE"}, .all_parties = true}), (Seqs{}));
  EXPECT_EQ(ask({.parties = {"UN"}, .roles = {document::PartyRole::actor}}), (Seqs{}));
  EXPECT_EQ(ask({.themes = {"capacity"}}), (Seqs{3}));
  EXPECT_EQ(ask({.places = {"XKX"}}), (Seqs{7}));
  EXPECT_EQ(ask({.time = {.from = "2017"}}), (Seqs{2, 3})) << "3 says no time";
  EXPECT_EQ(ask({.time = {.from = "2017"}, .undated = false}), (Seqs{2}));
  EXPECT_EQ(ask({.time = {.to = "1998"}, .undated = false}), (Seqs{7})) << "199X may be before";
  EXPECT_EQ(ask({.time = {.from = "1999-05", .to = "1999-06"}, .undated = false}), (Seqs{4, 7, 8}));
  EXPECT_THROW(ask({.time = {.from = "yesterday"}}), Error);
  EXPECT_EQ(ask({.statuses = {document::CommitmentStatus::done}}), (Seqs{3}));
  EXPECT_EQ(ask({.instrument = "القرار 45/53-س"}), (Seqs{2, 3, 4, 7, 8}));
  EXPECT_EQ(ask({.instrument = "54/53"}), (Seqs{}));
  EXPECT_EQ(ask({.documents = {document_id("osce")}}), (Seqs{7, 8}));
  EXPECT_EQ(ask({.text = "المتعاون"}), (Seqs{}));
  EXPECT_EQ(ask({.text = "التعاون"}), (Seqs{2}));
  EXPECT_EQ(ask({.text = "!!"}), (Seqs{}));
  EXPECT_EQ(ask({.order = StatementOrder::newest}), (Seqs{8, 7, 4, 3, 2}));
  EXPECT_EQ(ask({.order = StatementOrder::time}), (Seqs{7, 4, 8, 2, 3}));
  StatementQuery page{.limit = 2, .offset = 1};
  EXPECT_EQ(view().statements(page).front().seq, 3u);
  EXPECT_EQ(view().statements(page).size(), 2u);
  page.instrument = "53/45";
  EXPECT_EQ(view().statements(page).front().seq, 3u);
  EXPECT_EQ(view().statements(page).size(), 2u);
}

TEST_P(ViewTest, TheLastReviewDecides) {
  using enum ReviewAction;
  store_->append(std::vector<Body>{ReviewBody{.statement = 2, .action = confirm, .by = "A"},
                                   ReviewBody{.statement = 2, .action = reject, .by = "B", .note = "no"}});
  EXPECT_EQ(view().statement(2).review, ReviewState::rejected);
  EXPECT_EQ(ask({}), (Seqs{3, 4, 7, 8}));
  EXPECT_EQ(ask({.reviews = {ReviewState::rejected}}), (Seqs{2}));
  EXPECT_FALSE(view().agreement(2).unanimous());
  Correction correction{.type = document::StatementType::lead,
                        .parties = std::vector<document::Party>{{.entity = "OSCE.ODIHR", .name = "ODIHR"}},
                        .themes = std::vector<std::string>{"elections"},
                        .topic = "صححها إنسان",
                        .places = std::vector<std::string>{"MDA"},
                        .place_names = std::vector<std::string>{"Moldova"},
                        .time = "2001",
                        .modality = document::Modality::planned,
                        .negated = true,
                        .status = document::CommitmentStatus::pending};
  store_->append(std::vector<Body>{
      ReviewBody{.statement = 2, .action = correct, .by = "B", .note = "yes", .correction = correction}});
  StatementRow row = view().statement(2);
  EXPECT_EQ(row.review, ReviewState::corrected);
  EXPECT_EQ(row.reviewed_by, "B");
  EXPECT_EQ(row.type, document::StatementType::lead);
  EXPECT_EQ(row.parties.size(), 1u);
  EXPECT_EQ(row.parties[0].entity, "OSCE.ODIHR");
  EXPECT_EQ(row.themes, (std::vector<std::string>{"elections"}));
  EXPECT_EQ(row.topic, "صححها إنسان");
  EXPECT_EQ(row.places.at(0).name, "Moldova");
  EXPECT_EQ(row.from, "2001-01-01");
  EXPECT_TRUE(row.negated);
  EXPECT_EQ(row.instrument, "OIC resolution 53/45-POL, paragraph 5") << "not corrected, so it stays";
  EXPECT_EQ(view().proposed_statement(2).statement.topic, "منع النزاعات");
  store_->append(std::vector<Body>{ReviewBody{.statement = 2, .action = confirm, .by = "A"}});
  row = view().statement(2);
  EXPECT_EQ(row.review, ReviewState::confirmed);
  EXPECT_EQ(row.topic, "صححها إنسان") << "what is confirmed is the statement as it now reads";
  EXPECT_EQ(view().reviews(2).size(), 4u);
  EXPECT_EQ(view().agreement(2).confirmed, 1u);
  EXPECT_EQ(view().agreement(2).corrected, 1u);

  // Erasing the correction undoes it and keeps the rest.
  const Seq target = view().reviews(2).at(2).seq;
  store_->erase(std::span(&target, 1), "clerk", "wish of the reviewer");
  row = view().statement(2);
  EXPECT_EQ(row.topic, "منع النزاعات");
  EXPECT_EQ(row.review, ReviewState::confirmed);
  EXPECT_EQ(view().reviews(2).size(), 3u);
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(ViewTest, AWithdrawnReviewNoLongerCounts) {
  using enum ReviewAction;
  const std::string a = "account:amina", b = "account:bek";
  const Seq first = store_->size();
  store_->append(std::vector<Body>{
      ReviewBody{.statement = 2, .action = confirm, .by = a, .on_behalf_of = "KAZ"},
      ReviewBody{.statement = 2, .action = correct, .by = b, .correction = {.topic = "other"}},
      ReviewBody{.statement = 2, .action = reject, .by = a, .note = "no"},
      ReviewBody{.statement = 3, .action = confirm, .by = a},
      ReviewBody{.statement = 3, .action = confirm, .by = b},
      ReviewBody{.statement = 4, .action = reject, .by = b}});
  EXPECT_EQ(view().statement(2).review, ReviewState::rejected);
  store_->append(
      std::vector<Body>{ReviewBody{.statement = 2, .action = withdraw, .by = a, .withdraws = first + 2}});
  StatementRow row = view().statement(2);
  EXPECT_EQ(row.review, ReviewState::corrected);
  EXPECT_EQ(row.reviewed_by, b);
  EXPECT_EQ(row.topic, "other");
  const auto reviews = view().reviews(2);
  ASSERT_EQ(reviews.size(), 4u);
  EXPECT_TRUE(reviews[0].stands);
  EXPECT_EQ(reviews[0].on_behalf_of, "KAZ");
  EXPECT_FALSE(reviews[2].stands);
  EXPECT_FALSE(reviews[3].stands);
  EXPECT_EQ(reviews[3].withdraws, first + 2);
  EXPECT_EQ(view().agreement(2).confirmed, 1u) << "what she said before stands again";
  EXPECT_EQ(view().agreement(2).rejected, 0u);
  EXPECT_EQ(view().latest_reviews(2).at(0).action, withdraw);
  EXPECT_EQ(view().latest_reviews(2, 1).at(0).statement, 4u);

  const auto reviewers = view().reviewers();
  ASSERT_EQ(reviewers.size(), 2u);
  EXPECT_EQ(reviewers[0].by, a);
  EXPECT_EQ(reviewers[0].confirmed, 2u);
  EXPECT_EQ(reviewers[0].rejected, 0u);
  EXPECT_EQ(reviewers[1].confirmed, 1u);
  EXPECT_EQ(reviewers[1].corrected, 1u);
  EXPECT_EQ(reviewers[1].rejected, 1u);
  const auto both = view().decided_by_both(a, b);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].statement, 2u);
  EXPECT_EQ(both[0].first, confirm);
  EXPECT_EQ(both[0].second, correct);

  // All taken back: as the machine proposed it.
  store_->append(
      std::vector<Body>{ReviewBody{.statement = 2, .action = withdraw, .by = b, .withdraws = first + 1},
                        ReviewBody{.statement = 2, .action = withdraw, .by = a, .withdraws = first}});
  row = view().statement(2);
  EXPECT_EQ(row.review, ReviewState::proposed);
  EXPECT_EQ(row.reviewed_by, "");
  EXPECT_EQ(row.topic, "منع النزاعات");
  EXPECT_TRUE(store_->verify().ok());
  // A withdrawal whose review is erased takes nothing else back.
  store_->append(std::vector<Body>{ReviewBody{.statement = 2, .action = reject, .by = a}});
  const Seq withdrawn = first + 2;
  store_->erase(std::span(&withdrawn, 1), "clerk", "wish of the reviewer");
  EXPECT_EQ(view().statement(2).review, ReviewState::rejected);
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(ViewTest, TheLastHandlingCounts) {
  EXPECT_EQ(view().document("oic.txt").metadata.handling, document::Handling{});
  const document::Handling amber{.tlp = document::Tlp::amber,
                                 .statuses = {"OSCE/participating_state"},
                                 .recipients = {"KAZ", "account:amina"},
                                 .originator = "OIC"};
  document::Handling unsorted = amber;
  unsorted.recipients = {"account:amina", "KAZ", "KAZ"};
  const std::string id = document_id("oic");
  store_->append(std::vector<Body>{HandlingBody{.document = id, .handling = {.tlp = document::Tlp::red}},
                                   HandlingBody{.document = id, .handling = unsorted, .by = "account:b"}});
  EXPECT_EQ(view().document("oic.txt").metadata.handling, amber);
  EXPECT_EQ(view().read_section(id, 0).metadata.handling, amber);
  EXPECT_TRUE(view().document("osce.txt").metadata.handling.is_public());
  store_->rebuild();
  EXPECT_EQ(view().document("oic.txt").metadata.handling, amber);
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(ViewTest, MergedEntitiesReadAsOneUntilUnmerged) {
  store_->append(std::vector<Body>{MergeBody{.entity = "OIC", .into = "ISLAMIC", .by = "A"},
                                   MergeBody{.entity = "UN", .into = "OIC"}});
  EXPECT_EQ(view().resolve("UN"), "ISLAMIC");
  EXPECT_EQ(view().same_as("OIC"), (std::vector<std::string>{"ISLAMIC", "OIC", "UN"}));
  EXPECT_EQ(view().statement(2).parties.at(0).entity, "ISLAMIC");
  EXPECT_EQ(ask({.parties = {"ISLAMIC"}}), (Seqs{2}));
  EXPECT_EQ(ask({.parties = {"UN"}}), (Seqs{2}));
  EXPECT_EQ(view().parties().front().id, "OSCE");
  store_->append(std::vector<Body>{UnmergeBody{.entity = "UN", .by = "A", .reason = "a mistake"}});
  EXPECT_EQ(view().resolve("UN"), "UN");
  EXPECT_EQ(view().statement(2).parties.at(1).entity, "UN");
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(ViewTest, DocumentsByWhatPeopleCallThem) {
  const std::string id = document_id("oic");
  for (const std::string& name :
       {id, id.substr(0, 15), id.substr(7, 8), std::string("oic.txt"), std::string("OIC/2018")}) {
    EXPECT_EQ(view().document(name).id, id) << name;
  }
  EXPECT_THROW(view().document("nothing"), Error);
  EXPECT_THROW(view().document(""), Error);
  EXPECT_EQ(view().documents({.languages = {"en"}}).at(0).name, "osce.txt");
  EXPECT_EQ(view().documents({.date = {.from = "2000"}}).at(0).name, "oic.txt");
  EXPECT_EQ(view().documents({.issuers = {"OSCE"}}).at(0).name, "osce.txt");
  const std::size_t all = view().documents().size();
  EXPECT_EQ(view().count_documents(), all);
  EXPECT_EQ(view().documents({.words = {"osce", "TXT"}}).at(0).name, "osce.txt");
  EXPECT_EQ(view().count_documents({.words = {"osce"}, .limit = 0}), 1u);
  EXPECT_EQ(view().count_documents({.words = {"%"}}), 0u) << "as it is written";
  EXPECT_EQ(view().count_documents({.words = {"os_e"}}), 0u);
  EXPECT_EQ(
      view().count_documents({.marks = {document::Tlp::clear, document::Tlp::green, document::Tlp::amber,
                                        document::Tlp::amber_strict, document::Tlp::red}}),
      all);
  for (const DocumentOrder order :
       {DocumentOrder::newest, DocumentOrder::date, DocumentOrder::date_earliest, DocumentOrder::name,
        DocumentOrder::name_last, DocumentOrder::doubts, DocumentOrder::doubts_fewest})
    EXPECT_EQ(view().documents({.order = order}).size(), all);
  const auto first = [&](DocumentOrder order) { return view().documents({.order = order}).front(); };
  const auto last = [&](DocumentOrder order) { return view().documents({.order = order}).back(); };
  EXPECT_EQ(first(DocumentOrder::name_last).name, last(DocumentOrder::name).name);
  EXPECT_LE(first(DocumentOrder::doubts_fewest).doubts, last(DocumentOrder::doubts_fewest).doubts);
  EXPECT_GE(first(DocumentOrder::doubts).doubts, last(DocumentOrder::doubts).doubts);
  EXPECT_LE(first(DocumentOrder::date_earliest).metadata.date, first(DocumentOrder::date).metadata.date);
  EXPECT_EQ(view().documents({.order = DocumentOrder::newest}).at(0).seq, view().documents().back().seq);
  const DocumentRow row = view().document(id);
  EXPECT_EQ(row.paragraphs, 3u);
  EXPECT_EQ(row.doubts, 1u);
  EXPECT_EQ(row.edits, 1u);
  EXPECT_TRUE(row.complete);
  EXPECT_EQ(row.metadata.title, "الوساطة");
}

TEST_P(ViewTest, SectionsComeBackAsTheyWereRead) {
  const document::Document back = view().read_section(document_id("osce"), 0);
  const document::Document was =
      section("osce", {"The OSCE cooperates with the United Nations in Kosovo", "قوات حفظ السلام"});
  EXPECT_EQ(back.raw, was.raw);
  EXPECT_EQ(back.name, was.name);
  EXPECT_EQ(back.metadata.language, "en");
  ASSERT_EQ(back.paragraphs.size(), 2u);
  EXPECT_EQ(back.paragraphs[1].text, was.paragraphs[1].text);
  EXPECT_EQ(back.paragraphs[1].pieces[0].raw, was.paragraphs[1].pieces[0].raw);
  EXPECT_EQ(back.mentions.size(), 2u);
  EXPECT_EQ(back.blocks.size(), 2u);
  EXPECT_EQ(back.doubts.at(0).readings.at(1).text, "65");
  EXPECT_EQ(back.edits.at(0).reason, "a reason");
  EXPECT_THROW(view().read_section(document_id("osce"), 1), Error);
}

TEST_P(ViewTest, MentionsDoubtsAndEdits) {
  EXPECT_EQ(view().mentions({}).size(), 5u);
  EXPECT_EQ(view().mentions({.entities = {"OSCE"}, .limit = 2}).size(), 2u);
  EXPECT_EQ(view().mentions({.types = {document::MentionType::date}}).size(), 0u);
  const auto mentions = view().mentions({.documents = {document_id("osce")}});
  ASSERT_EQ(mentions.size(), 2u);
  EXPECT_EQ(mentions[0].citation.words, "The");
  EXPECT_EQ(mentions[0].entities, (std::vector<std::string>{"OSCE"}));
  EXPECT_EQ(view().mentions_of_paragraph(mentions[0].citation.paragraph_row).size(), 1u);
  EXPECT_EQ(view().doubts(document_id("osce")).size(), 1u);
  EXPECT_EQ(view().doubts().size(), 2u);
  EXPECT_EQ(view().doubts().at(0).readings.at(0).text, "56");
  EXPECT_TRUE(view().doubts().at(0).readings.at(0).taken);
  EXPECT_EQ(view().edits(document_id("oic")).at(0).edit.rule, "test.flag");
  EXPECT_EQ(view().statistics().statements, 5u);
  EXPECT_EQ(view().themes().front().id, "mediation");
  EXPECT_EQ(view().places().front().name, "Kyrgyzstan");
}

TEST_P(ViewTest, ATextWithANullCharacterIsKept) {
  const std::string text("peaceful\0words", 14);
  store_->append(entries("null", {text}));
  const ParagraphRow row = view().paragraph(document_id("null"), "p1");
  EXPECT_EQ(row.paragraph.text, "peaceful\x1Awords");
  EXPECT_EQ(view().raw_text(document_id("null")), text + "\n");
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(ViewTest, FullTextFindsEveryFormOfAWord) {
  EXPECT_EQ(search("التعاون"), (Found{"oicp1"}));
  EXPECT_EQ(search("بالتعاون"), (Found{"oicp1"}));
  EXPECT_EQ(search("cooperation Kosovo"), (Found{"oscp1"}));
  EXPECT_EQ(search("قوة"), (Found{"oscp2"}));
  for (const char* symbol : {"45/53-س", "53/45-POL", "POL-53/45", "القرار ٥٣/٤٥"})
    EXPECT_EQ(search(symbol), (Found{"oicp2"})) << symbol;
  EXPECT_EQ(search("nothing like this"), (Found{}));
  EXPECT_EQ(search(""), (Found{}));
  EXPECT_EQ(search("\"; drop table log; -- * ^ ( ) AND NOT NEAR"), (Found{}));
}

TEST_P(ViewTest, FullTextTerms) {
  using enum TextTerm::Need;
  using enum TextTerm::Form;
  EXPECT_EQ(search({{.text = "الأمم المتحدة", .form = phrase}}), (Found{"oicp1"}));
  EXPECT_EQ(search({{.text = "المتحدة الأمم", .form = phrase}}), (Found{}));
  EXPECT_EQ(search({{.text = "coop", .form = prefix}}), (Found{"oscp1"}));
  EXPECT_EQ(search({{.text = "cooperates", .form = prefix}}), (Found{"oscp1"}));
  EXPECT_EQ(search({{.text = "الوساط", .form = prefix}}), (Found{"oicp2"}));
  EXPECT_EQ(search({{.text = "united", .need = may}, {.text = "unrelated", .need = may}}).size(), 2u);
  EXPECT_EQ(search({{.text = "words"}, {.text = "nowhere", .need = may}}), (Found{"oicp3"}));
  EXPECT_EQ(search({{.text = "united", .need = may},
                    {.text = "unrelated", .need = may},
                    {.text = "kosovo", .need = must_not}}),
            (Found{"oicp3"}));
  EXPECT_EQ(search({{.text = "kosovo", .need = must_not}}), (Found{}));
}

TEST_P(ViewTest, FullTextFilters) {
  const std::vector<TextTerm> any{{.text = "تعاون", .need = TextTerm::Need::may},
                                  {.text = "united", .need = TextTerm::Need::may},
                                  {.text = "السلام", .need = TextTerm::Need::may},
                                  {.text = "الوساطة", .need = TextTerm::Need::may}};
  EXPECT_EQ(search(any).size(), 4u);
  EXPECT_EQ(search(any, {.documents = {document_id("osce")}}).size(), 2u);
  EXPECT_EQ(search(any, {.languages = {"en"}}).size(), 2u);
  EXPECT_EQ(search(any, {.issuers = {"OIC"}}).size(), 2u);
  EXPECT_EQ(search(any, {.entities = {"OSCE"}}).size(), 4u);
  EXPECT_EQ(search(any, {.entities = {"NATO"}}).size(), 0u);
  EXPECT_EQ(search(any, {.themes = {"capacity"}}), (Found{"oicp2"}));
  EXPECT_EQ(search(any, {.statement_types = {document::StatementType::commitment}}), (Found{"oicp2"}));
  EXPECT_EQ(search(any, {.statuses = {document::CommitmentStatus::done}}), (Found{"oicp2"}));
  EXPECT_EQ(search(any, {.kinds = {document::ParagraphKind::heading}}).size(), 0u);
  EXPECT_EQ(search(any, {.date = {.to = "2000"}}).size(), 2u);
  EXPECT_EQ(
      search(any, {.entities = {"OSCE"}, .languages = {"en"}, .date = {.from = "1999", .to = "1999"}}).size(),
      2u);
}

TEST_P(ViewTest, RareWordsWeighMore) {
  std::vector<std::string> texts(50, "السلام شائع");
  texts.push_back("السلام نادر");
  store_->append(entries("many", texts));
  const auto hits = view().search_paragraphs(
      {{.text = "السلام", .need = TextTerm::Need::may}, {.text = "نادر", .need = TextTerm::Need::may}});
  ASSERT_EQ(hits.hits.size(), 20u);
  EXPECT_EQ(view().paragraph(hits.hits[0].row).paragraph.id, "p51");
  EXPECT_EQ(hits.matched, 52u);
  EXPECT_FALSE(hits.truncated);
  const auto few = view().search_paragraphs({{.text = "السلام"}}, {}, 5, 10);
  EXPECT_EQ(few.hits.size(), 5u);
  EXPECT_EQ(few.matched, 10u);
  EXPECT_TRUE(few.truncated);
}

}  // namespace
}  // namespace mithaq::record
