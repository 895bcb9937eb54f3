// What every store promises, on SQLite, on PostgreSQL and in memory.
#include "record/store.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"
#include "document/assemble.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

enum class Which { sqlite, postgresql, memory };

class StoreTest : public testing::TestWithParam<Which> {
 protected:
  StoreTest() {
    if (GetParam() == Which::memory) {
      store_ = make_memory_store(memory_options());
    } else if (!place_.missing()) {
      store_ = SqlStore::open(place_.location(), options());
    }
  }
  void SetUp() override {
    if (!store_) GTEST_SKIP() << "PostgreSQL is not installed";
  }
  void append(std::vector<Body> bodies, IfDuplicate duplicate = IfDuplicate::skip) {
    appended_ = store_->append(bodies, duplicate);
  }
  void expect_sound() {
    const VerifyReport report = store_->verify();
    EXPECT_TRUE(report.ok()) << report.problems[0].table << " " << report.problems[0].row << ": "
                             << report.problems[0].message;
    EXPECT_EQ(report.entries, store_->size());
    EXPECT_EQ(report.root, store_->root());
  }

  Place place_{GetParam() == Which::postgresql ? Dialect::postgresql : Dialect::sqlite};
  std::unique_ptr<Store> store_;
  Appended appended_;
};

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, testing::Values(Which::sqlite, Which::postgresql, Which::memory),
                         [](const auto& which) {
                           return which.param == Which::sqlite   ? "sqlite"
                                  : which.param == Which::memory ? "memory"
                                                                 : "postgresql";
                         });

TEST_P(StoreTest, AnEmptyRecord) {
  EXPECT_EQ(store_->size(), 0u);
  EXPECT_EQ(store_->root(), empty_root());
  EXPECT_EQ(store_->checkpoint(), "");
  EXPECT_EQ(kind_thrown([&] { store_->entry(0); }), ErrorKind::not_found);
  expect_sound();
}

TEST_P(StoreTest, GivesBackWhatWasAppended) {
  const auto bodies = entries("a", {"المنظمة تتعاون مع اللجنة", "second paragraph"});
  append(bodies);
  EXPECT_EQ(appended_.first, 0u);
  EXPECT_EQ(appended_.count, 4u);
  ASSERT_EQ(store_->size(), 4u);
  Seq seen = 0;
  store_->each_entry(0, [&](const Entry& entry) {
    EXPECT_EQ(entry.header.seq, seen);
    EXPECT_EQ(entry.header.kind, kind_of(bodies[seen]));
    EXPECT_EQ(entry.header.time, "2027-01-15T08:00:00Z");
    EXPECT_EQ(entry.body, to_canonical_json(bodies[seen]));
    EXPECT_EQ(to_canonical_json(body_from_json(entry.header.kind, *entry.body)), *entry.body);
    ++seen;
    return true;
  });
  EXPECT_EQ(seen, 4u);
  expect_sound();
}

TEST_P(StoreTest, TheSameDocumentAddsNothing) {
  append(entries("a", {"one", "two"}));
  const std::string head = store_->checkpoint();
  append(entries("a", {"one", "two"}));
  EXPECT_EQ(appended_.count, 0u);
  EXPECT_EQ(appended_.skipped, 4u);
  EXPECT_EQ(store_->checkpoint(), head);
  EXPECT_EQ(kind_thrown([&] { append(entries("a", {"one"}), IfDuplicate::refuse); }), ErrorKind::conflict);
  EXPECT_EQ(store_->checkpoint(), head);
}

TEST_P(StoreTest, ABatchIsAllOrNothing) {
  append(entries("a", {"one"}));
  const std::string head = store_->checkpoint();
  std::vector<Body> bodies = entries("b", {"two"});
  bodies.push_back(ReviewBody{.statement = 0});  // not a statement
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  bodies.back() = ReviewBody{.statement = 99};
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  bodies.back() = ActBody{.type = "x", .json = "{"};
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  bodies.back() = ReviewBody{.statement = 2, .by = "\xFF"};
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  bodies.back() = ErasureBody{.entries = {0}};
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  bodies = entries("c", {"two"});
  bodies.erase(bodies.begin());  // its document is missing
  EXPECT_EQ(kind_thrown([&] { append(bodies); }), ErrorKind::invalid_input);
  EXPECT_EQ(store_->checkpoint(), head);
  EXPECT_EQ(store_->size(), 3u);
  expect_sound();
}

TEST_P(StoreTest, TheHeadIsSignedAndProofsHold) {
  std::vector<std::pair<Seq, Hash>> roots;
  for (int document = 0; document < 12; ++document) {
    append(entries("d" + std::to_string(document),
                   std::vector<std::string>(static_cast<std::size_t>(document), "text")));
    const auto note = parse_note(store_->checkpoint());
    ASSERT_TRUE(note);
    EXPECT_TRUE(verify_note(*note, key().verifier()));
    const auto head = parse_checkpoint(note->text);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->origin, "mithaq.example/record");
    EXPECT_EQ(head->size, store_->size());
    EXPECT_EQ(head->root, store_->root());
    roots.emplace_back(head->size, head->root);
  }
  const Seq size = store_->size();
  for (Seq seq = 0; seq < size; ++seq) {
    const Hash leaf = leaf_hash(to_canonical_json(store_->entry(seq).header));
    EXPECT_TRUE(verify_inclusion(seq, size, leaf, store_->inclusion_proof(seq, size), store_->root()));
  }
  for (const auto& [old_size, old_root] : roots) {
    EXPECT_TRUE(verify_consistency(old_size, size, old_root, store_->root(),
                                   store_->consistency_proof(old_size, size)));
  }
  EXPECT_EQ(kind_thrown([&] { store_->inclusion_proof(size, size); }), ErrorKind::invalid_input);
  EXPECT_EQ(kind_thrown([&] { store_->consistency_proof(1, size + 1); }), ErrorKind::invalid_input);
}

TEST_P(StoreTest, ErasureDestroysBodiesAndTheLogStillVerifies) {
  append(entries("a", {"سر شخصي", "two"}));  // 0 document, 1 section, 2 and 3 statements
  append({ReviewBody{.statement = 2, .by = "reviewer"}});
  append(entries("b", {"other"}));
  const Seq target = 1;
  const auto erasure = store_->erase(std::span(&target, 1), "clerk", "court order 7");
  ASSERT_EQ(erasure, 8u);
  for (const Seq seq : {1u, 2u, 3u, 4u}) {
    EXPECT_FALSE(store_->entry(seq).body) << seq;
    EXPECT_EQ(store_->entry(seq).salt, "");
  }
  EXPECT_TRUE(store_->entry(0).body);
  EXPECT_TRUE(store_->entry(5).body);
  const auto body = std::get<ErasureBody>(body_from_json(EntryKind::erasure, *store_->entry(8).body));
  EXPECT_EQ(body.entries, (std::vector<Seq>{1, 2, 3, 4}));
  EXPECT_EQ(body.reason, "court order 7");
  EXPECT_EQ(store_->verify().erased, 4u);
  expect_sound();
  EXPECT_EQ(store_->erase(std::span(&target, 1), "clerk", "again"), std::nullopt);
  const Seq none = 99;
  EXPECT_EQ(kind_thrown([&] { store_->erase(std::span(&none, 1), "", ""); }), ErrorKind::not_found);
  EXPECT_EQ(kind_thrown([&] { append({ReviewBody{.statement = 2}}); }), ErrorKind::invalid_input);
}

TEST_P(StoreTest, HandlingGoesWithItsDocument) {
  append(entries("a", {"one"}));  // 0 document, 1 section, 2 statement
  append({HandlingBody{.document = document_id("a"),
                       .handling = {.tlp = document::Tlp::red, .recipients = {"account:amina"}},
                       .by = "account:amina",
                       .on_behalf_of = "KAZ",
                       .reason = "asked by the author"}});
  EXPECT_EQ(kind_thrown([&] { append({HandlingBody{.document = "sha256-none"}}); }),
            ErrorKind::invalid_input);
  const Seq handling = 3, document = 0;
  EXPECT_EQ(store_->erase(std::span(&handling, 1), "clerk", "x"), std::nullopt)
      << "the document would be open again";
  expect_sound();
  ASSERT_TRUE(store_->erase(std::span(&document, 1), "clerk", "x"));
  EXPECT_FALSE(store_->entry(3).body);
  expect_sound();
}

TEST_P(StoreTest, OnlyOnesOwnLastReviewCanBeWithdrawn) {
  using enum ReviewAction;
  append(entries("a", {"one", "two"}));                                // 2 and 3 statements
  append({ReviewBody{.statement = 2, .action = confirm, .by = "A"},    // 4
          ReviewBody{.statement = 2, .action = reject, .by = "A"},     // 5
          ReviewBody{.statement = 2, .action = confirm, .by = "B"}});  // 6
  const auto take_back = [&](Seq statement, const std::string& by, std::optional<Seq> which) {
    append({ReviewBody{.statement = statement, .action = withdraw, .by = by, .withdraws = which}});
  };
  for (const std::optional<Seq> wrong :
       {std::optional<Seq>(4), std::optional<Seq>(6), std::optional<Seq>()}) {
    EXPECT_EQ(kind_thrown([&] { take_back(2, "A", wrong); }), ErrorKind::invalid_input);
  }
  EXPECT_EQ(kind_thrown([&] { take_back(3, "A", 5); }), ErrorKind::invalid_input) << "of another statement";
  EXPECT_EQ(kind_thrown([&] { take_back(2, "C", 6); }), ErrorKind::invalid_input) << "of somebody else";
  EXPECT_EQ(kind_thrown([&] { append({ReviewBody{.statement = 2, .by = "A", .withdraws = 5}}); }),
            ErrorKind::invalid_input)
      << "a confirmation takes nothing back";
  take_back(2, "A", 5);
  take_back(2, "A", 4);
  EXPECT_EQ(kind_thrown([&] { take_back(2, "A", 4); }), ErrorKind::invalid_input) << "nothing is left";
  expect_sound();
}

TEST_P(StoreTest, ARevisionMustFitTheText) {
  document::Document document = section("a", {"one two", "three"});
  document.edits.push_back({.rule = "spelling",
                            .kind = document::EditKind::replace,
                            .span = {4, 7},
                            .before = "two",
                            .after = "2"});
  document.paragraphs = document::assemble(document.raw, document.blocks, document.edits);
  append(entries_of(std::move(document), true));
  const auto revise = [&](RevisionAction action, std::size_t target,
                          std::optional<std::size_t> reading = {}) {
    append({RevisionBody{
        .document = document_id("a"), .action = action, .target = target, .reading = reading, .by = "A"}});
  };
  using enum RevisionAction;
  EXPECT_EQ(kind_thrown([&] { revise(undo_edit, 0); }), ErrorKind::invalid_input) << "a flag";
  EXPECT_EQ(kind_thrown([&] { revise(undo_edit, 2); }), ErrorKind::invalid_input);
  EXPECT_EQ(kind_thrown([&] { revise(redo_edit, 1); }), ErrorKind::conflict) << "it stands";
  EXPECT_EQ(kind_thrown([&] { revise(choose_reading, 1, 0); }), ErrorKind::invalid_input);
  EXPECT_EQ(kind_thrown([&] { revise(choose_reading, 0, 2); }), ErrorKind::invalid_input);
  EXPECT_EQ(kind_thrown([&] { revise(choose_reading, 0); }), ErrorKind::conflict) << "nobody chose";
  EXPECT_EQ(kind_thrown([&] { append({RevisionBody{.document = document_id("none"), .target = 1}}); }),
            ErrorKind::invalid_input);
  revise(undo_edit, 1);
  EXPECT_EQ(kind_thrown([&] { revise(undo_edit, 1); }), ErrorKind::conflict);
  revise(choose_reading, 0, 1);
  revise(choose_reading, 0, 0);
  revise(redo_edit, 1);
  expect_sound();
  const Seq section_entry = 1;
  ASSERT_TRUE(store_->erase(std::span(&section_entry, 1), "clerk", "x"));
  EXPECT_FALSE(store_->entry(store_->size() - 2).body) << "its revisions go too";
  expect_sound();
}

TEST_P(StoreTest, MergesThatWouldCircleAreRefused) {
  append({MergeBody{.entity = "A", .into = "B"}, MergeBody{.entity = "B", .into = "C"}});
  EXPECT_EQ(kind_thrown([&] { append({MergeBody{.entity = "C", .into = "A"}}); }), ErrorKind::conflict);
  EXPECT_EQ(kind_thrown([&] { append({MergeBody{.entity = "A", .into = "D"}}); }), ErrorKind::conflict);
  EXPECT_EQ(kind_thrown([&] { append({MergeBody{.entity = "D", .into = "D"}}); }), ErrorKind::conflict);
  EXPECT_EQ(kind_thrown([&] { append({UnmergeBody{.entity = "D"}}); }), ErrorKind::invalid_input);
  append({UnmergeBody{.entity = "A"}, MergeBody{.entity = "C", .into = "A"}});
  expect_sound();
}

// Random operations give the same log as in memory, byte for byte.
class StoresTogether : public OnBoth {};
MITHAQ_ON_BOTH(StoresTogether);

TEST_P(StoresTogether, RandomOperationsGiveTheSameLog) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    std::mt19937 random(seed);
    const auto upto = [&random](std::size_t count) { return random() % count; };
    const Place place(GetParam());
    const auto sql = SqlStore::open(place.location(), options());
    const auto memory = make_memory_store(memory_options());
    for (int step = 0; step < 60; ++step) {
      std::vector<Body> batch;
      std::optional<Seq> erased;
      switch (upto(9)) {
        case 0:
        case 1:
          batch = entries("d" + std::to_string(upto(8)), std::vector<std::string>(upto(4), "نص"));
          break;
        case 2: {
          ReviewBody review{.statement = upto(40),
                            .action = static_cast<ReviewAction>(upto(3)),
                            .by = "r" + std::to_string(upto(3))};
          if (review.action == ReviewAction::correct) review.correction.topic = "t" + std::to_string(upto(9));
          batch = {review};
          break;
        }
        case 3:
          batch = {MergeBody{.entity = std::string(1, static_cast<char>('A' + upto(5))),
                             .into = std::string(1, static_cast<char>('A' + upto(5)))}};
          break;
        case 4:
          batch = {UnmergeBody{.entity = std::string(1, static_cast<char>('A' + upto(5)))}};
          break;
        case 5:
          erased = upto(40);
          break;
        case 6:
          batch = {HandlingBody{.document = document_id("d" + std::to_string(upto(8))),
                                .handling = {.tlp = static_cast<document::Tlp>(upto(5))},
                                .by = "r" + std::to_string(upto(3))}};
          break;
        case 7:
          batch = {ReviewBody{.statement = upto(40),
                              .action = ReviewAction::withdraw,
                              .by = "r" + std::to_string(upto(3)),
                              .withdraws = upto(60)}};
          break;
        case 8: {
          RevisionBody revision{.document = document_id("d" + std::to_string(upto(8))),
                                .action = static_cast<RevisionAction>(upto(3)),
                                .by = "r" + std::to_string(upto(3))};
          if (upto(2)) revision.reading = upto(3);
          batch = {revision};
          break;
        }
      }
      const auto run = [&](Store& store) -> std::string {
        try {
          if (erased) {
            const auto seq = store.erase(std::span(&*erased, 1), "x", "y");
            return "erased " + std::to_string(seq.value_or(0));
          }
          const Appended appended = store.append(batch);
          return std::to_string(appended.first) + " " + std::to_string(appended.count) + " " +
                 std::to_string(appended.skipped);
        } catch (const Error& error) {
          return std::string(name_of(error.kind()));
        }
      };
      ASSERT_EQ(run(*sql), run(*memory)) << "seed " << seed << " step " << step;
    }
    ASSERT_EQ(sql->size(), memory->size());
    for (Seq seq = 0; seq < sql->size(); ++seq) {
      EXPECT_EQ(to_canonical_json(sql->entry(seq).header).substr(80),
                to_canonical_json(memory->entry(seq).header).substr(80));
      EXPECT_EQ(sql->entry(seq).body, memory->entry(seq).body);
    }
    const VerifyReport report = sql->verify();
    EXPECT_TRUE(report.ok()) << "seed " << seed << ": " << report.problems[0].table << " "
                             << report.problems[0].row << " " << report.problems[0].message;
    EXPECT_TRUE(memory->verify().ok());
  }
}

}  // namespace
}  // namespace mithaq::record
