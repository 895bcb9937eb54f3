#include "service/messages.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

class MessagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("messages-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  Messages messages_of(const std::string& rows, Language language = Language::arabic) {
    std::ofstream(folder_ / "messages.tsv") << "en\tar\tsource\n" << rows;
    return Messages::load(folder_, language);
  }
  std::filesystem::path folder_{};
};

TEST_F(MessagesTest, SaysWholeSentencesAndSentencesWithGaps) {
  const Messages messages = messages_of(
      "done\tتم\tx\n"
      "no file {}\tلا ملف باسم {}\tx\n"
      "{} of {} files\t{} من {} من الملفات\tx\n"
      "refused {}: {}\tرُفض {}: {}\tx\n");
  EXPECT_EQ(messages.say("done"), "تم");
  EXPECT_EQ(messages.say("no file a: b.txt"), "لا ملف باسم a: b.txt");
  EXPECT_EQ(messages.say("3 of 10 files"), "3 من 10 من الملفات");
  EXPECT_EQ(messages.say("refused x.pdf: done"), "رُفض x.pdf: تم") << "a filling may be a sentence too";
  EXPECT_EQ(messages.say("refused x.pdf: no file y"), "رُفض x.pdf: لا ملف باسم y");
  EXPECT_EQ(messages.say("something new"), "something new");
  EXPECT_EQ(messages.say(""), "");
}

TEST_F(MessagesTest, LeavesEnglishAlone) {
  EXPECT_EQ(messages_of("done\tتم\tx\n", Language::english).say("done"), "done");
}

TEST_F(MessagesTest, SaysRussianWhereThereIsSomeAndEnglishElsewhere) {
  std::ofstream(folder_ / "messages.tsv")
      << "en\tar\tsource\tru\ndone\tتم\tx\tготово\nno file {}\tلا ملف باسم {}\tx\n";
  const Messages messages = Messages::load(folder_, Language::russian);
  EXPECT_EQ(messages.say("done"), "готово");
  EXPECT_EQ(messages.say("no file y"), "no file y");
}

TEST_F(MessagesTest, RefusesATranslationThatLosesAGap) {
  EXPECT_THROW(messages_of("no file {}\tلا ملف\tx\n"), Error);
}

TEST(Messages, TheTableOfTheProjectLoads) {
  const Messages messages = Messages::load(test::data(), Language::arabic);
  EXPECT_NE(messages.say("the record has no document \"X\"").find("«X»"), std::string::npos);
}

TEST(Messages, TheTableOfTheProjectLoadsInRussian) {
  const Messages messages = Messages::load(test::data(), Language::russian);
  EXPECT_EQ(messages.say("the record has no document \"X\""), "в реестре нет документа «X»");
  EXPECT_EQ(messages.say("refused a.txt: no file a.txt"), "отклонено a.txt: нет файла a.txt");
}

}  // namespace
}  // namespace mithaq::service
