// Bodies as canonical JSON: old ones still read, new ones say more only where there is more to say.
#include "record/entry.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace mithaq::record {
namespace {

using document::Handling;
using document::Tlp;

TEST(EntryJson, AMarkAloneIsATextAsItAlwaysWas) {
  DocumentBody body{.id = "sha256-1", .metadata = {.handling = {.tlp = Tlp::green}}};
  const std::string json = to_canonical_json(body);
  EXPECT_EQ(json, R"({"handling":"TLP:GREEN","id":"sha256-1"})");
  EXPECT_EQ(std::get<DocumentBody>(body_from_json(EntryKind::document, json)).metadata.handling,
            (Handling{.tlp = Tlp::green}));
}

TEST(EntryJson, HandlingSaysWhomItIsOpenedTo) {
  const Handling handling{.tlp = Tlp::amber,
                          .statuses = {"OSCE/partner_for_cooperation", "OSCE/participating_state"},
                          .recipients = {"account:amina", "KAZ", "KAZ"},
                          .originator = "OSCE"};
  const std::string json =
      R"({"originator":"OSCE","recipients":["KAZ","account:amina"],)"
      R"("statuses":["OSCE/participating_state","OSCE/partner_for_cooperation"],"tlp":"TLP:AMBER"})";
  EXPECT_EQ(to_canonical_json(handling), json) << "sorted, each once";
  const Handling back = handling_from_json(json);
  EXPECT_EQ(back.recipients, (std::vector<std::string>{"KAZ", "account:amina"}));
  EXPECT_EQ(to_canonical_json(back), json);
  EXPECT_EQ(handling_from_json("\"TLP:RED\""), (Handling{.tlp = Tlp::red}));
  for (const char* wrong : {"", "\"TLP:PINK\"", "{}", "[]", R"({"originator":"OSCE"})", "\"TLP:RED\" x"}) {
    EXPECT_THROW(handling_from_json(wrong), Error) << wrong;
  }

  const DocumentBody document{.id = "sha256-1", .metadata = {.handling = handling}, .brought_by = "amina"};
  const std::string whole = to_canonical_json(document);
  EXPECT_EQ(whole, R"({"brought_by":"amina","handling":)" + json + R"(,"id":"sha256-1"})");
  const auto read = std::get<DocumentBody>(body_from_json(EntryKind::document, whole));
  EXPECT_EQ(read.brought_by, "amina");
  EXPECT_EQ(read.metadata.handling, back);

  const HandlingBody change{.document = "sha256-1",
                            .handling = handling,
                            .by = "account:amina",
                            .on_behalf_of = "KAZ",
                            .reason = "asked"};
  const std::string changed = to_canonical_json(change);
  EXPECT_EQ(changed, R"({"by":"account:amina","document":"sha256-1","handling":)" + json +
                         R"(,"on_behalf_of":"KAZ","reason":"asked"})");
  EXPECT_EQ(to_canonical_json(body_from_json(EntryKind::handling, changed)), changed);
  EXPECT_THROW(body_from_json(EntryKind::handling, R"({"document":"sha256-1"})"), Error);
}

TEST(EntryJson, AReviewSaysForWhomAndWhatItTakesBack) {
  const std::string old = R"({"action":"confirm","by":"a clerk","statement":7})";
  EXPECT_EQ(to_canonical_json(body_from_json(EntryKind::review, old)), old);
  const ReviewBody review{.statement = 7,
                          .action = ReviewAction::withdraw,
                          .by = "account:amina",
                          .on_behalf_of = "KAZ",
                          .withdraws = 9};
  const std::string json =
      R"({"action":"withdraw","by":"account:amina","on_behalf_of":"KAZ","statement":7,"withdraws":9})";
  EXPECT_EQ(to_canonical_json(review), json);
  EXPECT_EQ(to_canonical_json(body_from_json(EntryKind::review, json)), json);
}

TEST(EntryJson, ARevisionNamesItsPlace) {
  const RevisionBody revision{.document = "sha256-1",
                              .section = 2,
                              .action = RevisionAction::choose_reading,
                              .target = 3,
                              .reading = 1,
                              .by = "account:amina",
                              .on_behalf_of = "KAZ",
                              .note = "seen on paper"};
  const std::string json =
      R"({"action":"choose_reading","by":"account:amina","document":"sha256-1","note":"seen on paper",)"
      R"("on_behalf_of":"KAZ","reading":1,"section":2,"target":3})";
  EXPECT_EQ(to_canonical_json(revision), json);
  EXPECT_EQ(to_canonical_json(body_from_json(EntryKind::revision, json)), json);
  EXPECT_THROW(body_from_json(EntryKind::revision, R"({"action":"undo_edit","document":"x","section":0})"),
               Error);
}

}  // namespace
}  // namespace mithaq::record
