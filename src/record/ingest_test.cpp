#include "record/ingest.hpp"

#include <gtest/gtest.h>

#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

class IngestTest : public OnBoth {
 protected:
  // Gives a document of three sections to an Ingest, as far as `sections` of them, and then crashes or not.
  void read(std::size_t sections, bool finish, std::size_t batch_entries = 5000) {
    Ingest ingest(*store_, {.batch_entries = batch_entries});
    for (std::size_t at = 0; at < sections; ++at)
      ingest.add(section("long", {"قسم " + std::to_string(at), "more"}, at, at * 100));
    if (!finish) return;
    result_ = ingest.finish_document();
    ingest.flush();
  }
  Folder folder_;
  std::unique_ptr<SqlStore> store_ = open();
  IngestResult result_ = IngestResult::known;
};

MITHAQ_ON_BOTH(IngestTest);

TEST_P(IngestTest, SectionsStandUnderOneDocument) {
  read(3, true);
  EXPECT_EQ(result_, IngestResult::added);
  const auto documents = store_->view().documents();
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].sections, 3u);
  EXPECT_TRUE(documents[0].complete);
  EXPECT_EQ(documents[0].paragraphs, 6u);
  EXPECT_EQ(documents[0].statements, 6u);
  const auto statements = store_->view().statements({});
  EXPECT_GE(statements.back().citation.raw.at(0).begin, 200u)
      << "places of the whole text, not of the section";
  read(3, true);
  EXPECT_EQ(result_, IngestResult::known);
  EXPECT_EQ(store_->size(), 10u);
}

TEST_P(IngestTest, AnInterruptedReadingIsFinishedNotDoubled) {
  read(3, false, 1);  // a batch for each section; the third was not appended yet when the program died
  auto documents = store_->view().documents();
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].sections, 2u);
  EXPECT_FALSE(documents[0].complete);
  EXPECT_FALSE(Ingest(*store_).has(document_id("long")));
  read(3, true);
  EXPECT_EQ(result_, IngestResult::finished);
  documents = store_->view().documents();
  EXPECT_EQ(documents[0].sections, 3u);
  EXPECT_TRUE(documents[0].complete);
  EXPECT_EQ(documents[0].statements, 6u);
  EXPECT_TRUE(Ingest(*store_).has(document_id("long")));
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(IngestTest, AReadingWithFewerSectionsStillClosesTheDocument) {
  read(3, false, 1);
  read(1, true);
  EXPECT_EQ(result_, IngestResult::finished);
  EXPECT_TRUE(store_->view().documents().at(0).complete);
  EXPECT_EQ(store_->view().documents().at(0).paragraphs, 4u);
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(IngestTest, ManySmallDocumentsShareABatch) {
  Ingest ingest(*store_);
  for (int at = 0; at < 50; ++at) {
    ingest.add(section("d" + std::to_string(at % 40), {"text"}));  // ten come twice
    EXPECT_EQ(ingest.finish_document(), at < 40 ? IngestResult::added : IngestResult::known) << at;
    EXPECT_TRUE(ingest.has(document_id("d" + std::to_string(at % 40))));
  }
  EXPECT_EQ(store_->size(), 0u);
  ingest.flush();
  EXPECT_EQ(store_->size(), 120u);
  EXPECT_EQ(ingest.appended(), 120u);
  EXPECT_TRUE(store_->verify().ok());
}

TEST_P(IngestTest, AnAbandonedDocumentLeavesNothing) {
  Ingest ingest(*store_);
  ingest.add(section("good", {"text"}));
  ingest.finish_document();
  ingest.add(section("bad", {"text"}, 0));
  ingest.add(section("bad", {"text"}, 1, 50));
  ingest.abandon_document();
  ingest.flush();
  EXPECT_EQ(store_->size(), 3u);
}

TEST_P(IngestTest, AnEmptyDocumentIsADocument) {
  Ingest ingest(*store_);
  ingest.add(section("empty", {}));
  ingest.finish_document();
  ingest.flush();
  EXPECT_TRUE(store_->view().documents().at(0).complete);
  EXPECT_TRUE(store_->verify().ok());
}

}  // namespace
}  // namespace mithaq::record
