#include "secretariat/debates_desk.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "secretariat/test_secretariat.hpp"

namespace mithaq::secretariat {
namespace {

using acts::Capacity;
using nlohmann::json;

// The debate of the concept note: the Russian Federation presides over the Security Council in October 2016.
struct Course : TestSecretariat {
  std::string debate{};

  Course() : TestSecretariat("2016-10-05T14:00:00Z") {
    EXPECT_EQ(
        desk("debate.opened", {{"body", "UN.SC"},
                               {"presidency", "RUS"},
                               {"item", "un_csto"},
                               {"begins", {{"local", "2016-10-28T10:00"}, {"zone", "America/New_York"}}}}),
        "");
    debate = subject();
  }
};

TEST(DebatesDesk, ThePresidencyPreparesAndIsAnswered) {
  Course course;
  EXPECT_EQ(course.debate, "DEB-2016-001");
  const debates::Debate& about = course.state().desks().debates.book().find(course.debate);
  EXPECT_EQ(about.opened.begins.at, instant("2016-10-28T14:00:00Z"));
  EXPECT_EQ(about.opened.title.at("ar"), "التعاون بين الأمم المتحدة ومنظمة معاهدة الأمن الجماعي");
  EXPECT_EQ(course.chair("FRA", "debate.note_given", {{"document", "S/2016/867"}}, course.debate),
            "debates/presidency!");
  EXPECT_EQ(course.chair("RUS", "debate.note_given", {{"document", "S/2016/867"}}, course.debate), "");
  EXPECT_EQ(course.chair("RUS", "debate.speaker_invited",
                         {{"name", {{"ru", "Н. Н. Бордюжа"}}}, {"organization", "CSTO"}, {"role", "briefer"}},
                         course.debate),
            "");
  ASSERT_EQ(course.tasks("CSTO", "speaker").size(), 1u);
  EXPECT_EQ(course.told("CSTO", "debate.speaker_invited").size(), 1u);
  EXPECT_EQ(course.of("CSTO", "debate.speaker_answered", {{"speaker", "speaker-1"}, {"accepts", true}},
                      course.debate),
            "");
  EXPECT_TRUE(course.tasks("CSTO", "speaker")[0].done);
  const json ask = {{"question", {{"en", "How is security strengthened in Eurasia?"}}},
                    {"statuses", {"CSTO/member", "CIS/member"}},
                    {"before", {{"local", "2016-10-21T18:00"}}}};
  json strange = ask;
  strange["statuses"] = {"CSTO/emperor"};
  EXPECT_THROW(course.chair("RUS", "debate.views_asked", strange, course.debate), Error);
  EXPECT_EQ(course.chair("RUS", "debate.views_asked", ask, course.debate), "");
  EXPECT_EQ(about.asked->before.at, instant("2016-10-21T22:00:00Z")) << "in the zone of the debate";
  ASSERT_EQ(course.tasks("KAZ", "views").size(), 1u);
  EXPECT_FALSE(course.tasks("KAZ", "views")[0].done);
  EXPECT_TRUE(course.tasks("FRA", "views").empty());
  EXPECT_EQ(course.of("FRA", "debate.view_given", {{"text", {{"fr", "Nous pensons"}}}}, course.debate),
            "debates/views!");
  EXPECT_EQ(course.of("KAZ", "debate.view_given", {{"text", {{"ru", "Мы считаем"}}}}, course.debate), "");
  EXPECT_TRUE(course.tasks("KAZ", "views")[0].done);
  course.at("2016-10-21T22:00:00Z");
  EXPECT_EQ(course.of("ARM", "debate.view_given", {{"text", {{"ru", "И мы"}}}}, course.debate), "");
  EXPECT_FALSE(about.views[0].given.late);
  EXPECT_TRUE(about.views[1].given.late);
  course.at("2016-10-28T18:00:00Z");
  EXPECT_EQ(course.desk("debate.held", {{"day", "2016-10-28"}, {"symbol", "S/PV.7796"}}, course.debate), "");
  EXPECT_EQ(course.told("KAZ", "debate.held").size(), 1u);
  EXPECT_TRUE(course.tasks("KAZ", "views").empty());
  EXPECT_EQ(course.state().rule("debates/views")->quotes.at("ar"),
            "نود أن نقترح أن تقدم الدول الأعضاء رؤيتها الخاصة");
}

TEST(DebatesDesk, AnItemThatComesBackIsRememberedForThoseConcerned) {
  TestSecretariat course("2026-02-01T00:00:00Z");
  EXPECT_EQ(course.state().desks().debates.next_due(), std::nullopt);
  EXPECT_EQ(course.desk("debate.item_followed", json::object(), "un_csto"), "");
  EXPECT_EQ(course.state().desks().debates.next_due(), instant("2026-03-12T00:00:00Z"));
  course.at("2026-03-11T23:59:59.999Z");
  EXPECT_TRUE(course.told("KAZ", "debate.reminded").empty());
  course.at("2026-03-12T00:00:00Z");
  course.settle();
  ASSERT_EQ(course.told("KAZ", "debate.reminded").size(), 1u);
  EXPECT_EQ(course.told("KAZ", "debate.reminded")[0]->deadline, instant("2026-09-08T00:00:00Z"));
  EXPECT_TRUE(course.told("FRA", "debate.reminded").empty());
  EXPECT_THROW(course.desk("debate.item_followed", json::object(), "un_moon"), Error);
}

}  // namespace
}  // namespace mithaq::secretariat
