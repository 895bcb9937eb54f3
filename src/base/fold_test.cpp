#include "base/fold.hpp"

#include <gtest/gtest.h>

namespace mithaq {
namespace {

TEST(Fold, MakesSpellingsOfOneArabicWordEqual) {
  EXPECT_EQ(fold("الأمم"), fold("الامم"));
  EXPECT_EQ(fold("منظمة"), fold("منظمه"));
  EXPECT_EQ(fold("تشرينَ الثّاني"), fold("تشرين الثاني"));
  EXPECT_EQ(fold("الســـلام"), fold("السلام"));
  EXPECT_EQ(fold("\u202Bليبيا\u202C"), fold("ليبيا"));
}

TEST(Fold, ReadsPresentationFormsAsTheirLetters) {
  EXPECT_EQ(fold("\uFEFB"), fold("لا"));  // the lam-alef ligature
  EXPECT_EQ(fold("\uFE8D\uFEDF"), fold("ال"));
}

TEST(Fold, UnifiesDigits) {
  EXPECT_EQ(fold("١٩٩٩ ۱۹۹۹ 1999"), "1999 1999 1999");
}

TEST(Fold, DropsAccentsAndCase) {
  EXPECT_EQ(fold("Türkiye"), "turkiye");
  EXPECT_EQ(fold("Évaluation du Siège"), "evaluation du siege");
  EXPECT_EQ(fold("Ёлка ОБСЕ"), "елка обсе");
  EXPECT_EQ(fold("联合国"), "联合国");
  EXPECT_EQ(fold("ǆ ĳ ſ Ｏ"), "dz ij s o");  // forms kept for compatibility
}

}  // namespace
}  // namespace mithaq
