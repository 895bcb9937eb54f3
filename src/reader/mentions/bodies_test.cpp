// Bodies with their owners, unseen ones, short forms, groups, offices, persons and titles, from a small
// lexicon.
#include <gtest/gtest.h>

#include "reader/mentions/mentions.hpp"
#include "reader/mentions/persons.hpp"

namespace mithaq::reader {
namespace {

constexpr std::string_view kStates =
    "id\tkind\tar\ten\tar_alias\tdemonym_ar\tsource\n"
    "TUR\tstate\tتركيا\tTürkiye\tالجمهورية التركية\tتركي|تركية\ttest\n"
    "PAK\tstate\tباكستان\tPakistan\t\tباكستاني|باكستانية\ttest\n"
    "MLI\tstate\tمالي\tMali\t\t\ttest\n"
    "XKX\tother\tكوسوفو\tKosovo\t\t\ttest\n";
constexpr std::string_view kPlaces =
    "id\tkind\tstate\tar\ten\tsource\nplace:shanghai\tcity\t\tشنغهاي\tShanghai\ttest\n";
constexpr std::string_view kOrganizations =
    "id\tkind\tparent\tar\ten\tacronyms\tar_short\ten_short\tsource\n"
    "UN\torganization\t\tالأمم المتحدة\tUnited Nations\tUN\tالمنظمة\tthe Organization\ttest\n"
    "UN.UNHCR\tprogramme\tUN\tمفوضية شؤون اللاجئين\tUNHCR\tUNHCR\tالمفوضية\t\ttest\n"
    "UN.MISSION\tmission\tUN\tبعثة الإدارة المؤقتة في كوسوفو\tInterim Administration\t\tالبعثة\t\ttest\n"
    "OSCE.SUMMIT\tevent\tOSCE\tمؤتمر قمة منظمة الأمن والتعاون في أوروبا\tOSCE Summit\t\tمؤتمر القمة\t\ttest\n"
    "SCO\torganization\t\tمنظمة شنغهاي للتعاون\tShanghai Cooperation Organization\tSCO\tالمنظمة\t\ttest\n"
    "UN.SC\torgan\tUN\tمجلس الأمن\tUnited Nations Security Council\t\tالمجلس\tthe Council\ttest\n"
    "OIC\torganization\t\tمنظمة التعاون الإسلامي\tOrganization of Islamic Cooperation\tOIC\tالمنظمة\t"
    "the Organization\ttest\n"
    "OIC.GS\torgan\tOIC\t\tOIC General Secretariat\t\tالأمانة العامة\tthe General Secretariat\ttest\n"
    "OSCE\torganization\t\tمنظمة الأمن والتعاون في أوروبا\tOrganization for Security and Co-operation in "
    "Europe\t"
    "OSCE\tالمنظمة\tthe Organization\ttest\n"
    "OSCE.PC\torgan\tOSCE\t\tOSCE Permanent Council\t\tالمجلس الدائم|المجلس\tthe Permanent Council|the "
    "Council\ttest\n";

constexpr std::string_view kArabicHeads =
    "word\tkind\ten\tstrength\tsource\n"
    "وحدة\tunit\tUnit\tweak\ttest\nلجنة\torgan\tCommittee\tweak\ttest\nوزارة\tministry\tMinistry\tstrong\ttes"
    "t\n"
    "قوة\tforce\tForce\tweak\ttest\nمنظمة\torganization\tOrganization\tstrong\ttest\n"
    "جامعة\torganization\tUniversity\tstrong\ttest\nكلية\torgan\tFaculty\tweak\ttest\n";
constexpr std::string_view kEnglishHeads =
    "word\tkind\ten\tstrength\tsource\n"
    "Commission\torgan\tCommission\tstrong\ttest\nMinistry\tministry\tMinistry\tstrong\ttest\n"
    "Mission\tmission\tMission\tstrong\ttest\nTeam\tgroup\tTeam\tweak\ttest\n";
constexpr std::string_view kArabicStops =
    "word\tuse\tsource\nفي\tlink\ttest\nالتابع\tlink\ttest\nالتابعة\tlink\ttest\nعلى\tstop\ttest\nأن\tstop\tt"
    "est\n"
    "إلى\tstop\ttest\nمن\tstop\ttest\nعن\tstop\ttest\nمالي\tambiguous_name\ttest\nفي\tbefore_place\ttest\n"
    "جنوب\tsouth\ttest\nشمال\tnorth\ttest\nشرق\teast\ttest\nبشأن\ttitled\ttest\nالقرار\treport_word\ttest\n"
    "المذكورة\tsaid_before\ttest\nالمشار\tannounces\ttest\n"
    "المنظمة\tadjective\ttest\nللتقرير\treport_word\ttest\nالتقرير\treport_word\ttest\nالمؤتمر\tevent_"
    "word\ttest\n";
constexpr std::string_view kEnglishStops =
    "word\tuse\tsource\nof\tlink\ttest\nof\tinside\ttest\nfor\tinside\ttest\non\tinside\ttest\nto\tinside\tte"
    "st\n"
    "and\tinside\ttest\nThe\tstop\ttest\nIn\tstop\ttest\n";
constexpr std::string_view kGroups =
    "phrase\ten\tneeds\tof\tsource\nالدول الأعضاء\tMember States\talone\t\ttest\nدول\tMember "
    "States\towner\t\ttest\n"
    "أعضاء\tMember States\towner\t\ttest\nالدول المشاركة\tparticipating States\talone\tOSCE\ttest\n"
    "المنظمتان\torganizations\tpair\t\ttest\nالمنظمتين\torganizations\tpair\t\ttest\n";
constexpr std::string_view kEnglishGroups =
    "phrase\ten\tneeds\tof\tsource\nMember States\tMember States\talone\t\ttest\n"
    "participating States\tparticipating States\talone\tOSCE\ttest\n";
constexpr std::string_view kOffices =
    "phrase\ten\tscope\tsource\nالأمين العام\tSecretary-General\tbare\ttest\nمعاون\tDeputy\tword\ttest\n"
    "وزير خارجية\tMinister for Foreign Affairs\towned\ttest\nرئيس\tPresident\towned\ttest\n";
constexpr std::string_view kEnglishOffices =
    "phrase\ten\tscope\tsource\nSecretary-General\tSecretary-General\tbare\ttest\n";
constexpr std::string_view kHonorifics =
    "word\tkind\tsource\nالسيد\ttitle\ttest\nالسفير\ttitle\ttest\nسعادة\ttitle\ttest\nالسلطان\tweak_"
    "title\ttest\n"
    "أحمد\tgiven_name\ttest\n";
constexpr std::string_view kEnglishHonorifics = "word\tkind\tsource\nMr\ttitle\ttest\nH.E.\ttitle\ttest\n";
constexpr std::string_view kSubjects =
    "phrase\ten\tsource\nخارجية\tForeign Affairs\ttest\nالخارجية\tForeign Affairs\ttest\n";
constexpr std::string_view kPersons =
    "id\tar\ten\tar_alias\ten_alias\tsource\nperson:ban-ki-moon\tبان كي مون\tBan Ki-moon\t\t\ttest\n";

class Bodies : public ::testing::Test {
 protected:
  void SetUp() override {
    Vocabulary& vocabulary = lexicon_.vocabulary;
    PhraseIndex& phrases = lexicon_.phrases;
    lexicon_.entities.add_states(TableRows(kStates, "states.tsv"), vocabulary, phrases);
    lexicon_.entities.add_organizations(TableRows(kOrganizations, "organizations.tsv"), vocabulary, phrases);
    lexicon_.entities.add_places(TableRows(kPlaces, "places.tsv"), vocabulary, phrases);
    lexicon_.entities.resolve();
    const auto add = [&](const char* table, std::string_view rows, Language language) {
      lexicon_.name_words.add(table, Table::parse(rows, table), language, vocabulary, phrases);
    };
    add("head_nouns", kArabicHeads, Language::ar);
    add("head_nouns", kEnglishHeads, Language::en);
    add("stop_words", kArabicStops, Language::ar);
    add("stop_words", kEnglishStops, Language::en);
    add("groups", kGroups, Language::ar);
    add("groups", kEnglishGroups, Language::en);
    add("offices", kOffices, Language::ar);
    add("offices", kEnglishOffices, Language::en);
    add("honorifics", kHonorifics, Language::ar);
    add("honorifics", kEnglishHonorifics, Language::en);
    add("subjects", kSubjects, Language::ar);
    lexicon_.name_words.add_persons(Table::parse(kPersons, "persons.tsv"), vocabulary, phrases);
  }

  // "surface=canonical" of each paragraph's mentions that are not nested, or also the nested ones behind ">";
  // dates and amounts left out. A paragraph that begins with "# " is a heading.
  std::vector<std::string> names_in(std::vector<std::string> paragraphs, bool with_nested = false) {
    document::Document document;
    for (std::string& text : paragraphs) {
      const bool heading = text.starts_with("# ");
      document.paragraphs.push_back({.id = "p", .text = heading ? text.substr(2) : std::move(text)});
      if (heading) document.paragraphs.back().kind = document::ParagraphKind::heading;
    }
    std::vector<TokenizedText> texts(document.paragraphs.size());
    for (std::size_t each = 0; each < texts.size(); ++each) {
      tokenize(document.paragraphs[each].text, lexicon_.vocabulary, texts[each]);
    }
    Context context;
    find_mentions(document, texts, lexicon_, context);
    std::vector<std::string> names;
    for (const document::Mention& mention : document.mentions) {
      if ((mention.nested && !with_nested) || mention.type == document::MentionType::date ||
          mention.type == document::MentionType::amount) {
        continue;
      }
      const std::string& text = document.paragraphs[mention.place.paragraph].text;
      names.push_back((mention.nested ? ">" : "") + std::string(document::slice(text, mention.place.range)) +
                      "=" + mention.name);
    }
    return names;
  }

  Lexicon lexicon_;
};

using List = std::vector<std::string>;

TEST_F(Bodies, TheOwnersAcronymBehindAnEnglishBody) {
  EXPECT_EQ(
      names_in({"The Permanent Council of the Organization for Security and Co-operation in Europe (OSCE) "
                "met. Mali joined OSCE."}),
      (List{"Permanent Council of the Organization for Security and Co-operation in Europe=OSCE Permanent "
            "Council",
            "OSCE=Organization for Security and Co-operation in Europe", "Mali=Mali",
            "OSCE=Organization for Security and Co-operation in Europe"}));
}

TEST_F(Bodies, AreNamedTogetherWithTheirOwner) {
  EXPECT_EQ(names_in({"شاركت الأمانة العامة لمنظمة التعاون الإسلامي في الاجتماع"}),
            List{"الأمانة العامة لمنظمة التعاون الإسلامي=OIC General Secretariat"});
  EXPECT_EQ(names_in({"عقد المجلس الدائم التابع لمنظمة الأمن والتعاون في أوروبا"}),
            List{"المجلس الدائم التابع لمنظمة الأمن والتعاون في أوروبا=OSCE Permanent Council"});
  EXPECT_EQ(names_in({"the Permanent Council of the OSCE and the OSCE Permanent Council"}),
            (List{"Permanent Council of the OSCE=OSCE Permanent Council",
                  "OSCE Permanent Council=OSCE Permanent Council"}));
}

TEST_F(Bodies, UnseenAreKnownByTheirHeadNoun) {
  EXPECT_EQ(names_in({"قالت وزارة خارجية الجمهورية التركية إن وزارة الخارجية الباكستانية"}),
            (List{"وزارة خارجية الجمهورية التركية=Ministry of Foreign Affairs of Türkiye",
                  "وزارة الخارجية الباكستانية=Ministry of Foreign Affairs of Pakistan"}));
  EXPECT_EQ(
      names_in({"وحدة منع النزاعات وحل الأزمات في الأمم المتحدة"}),
      List{"وحدة منع النزاعات وحل الأزمات في الأمم المتحدة=وحدة منع النزاعات وحل الأزمات في الأمم المتحدة"});
  EXPECT_EQ(names_in({"في كلية العلوم الإنسانية في جامعة ابن خلدون"}),
            List{"كلية العلوم الإنسانية في جامعة ابن خلدون=كلية العلوم الإنسانية في جامعة ابن خلدون"});
  // An ordinary noun with an ordinary complement is no body.
  EXPECT_EQ(names_in({"تحقيق وحدة الصف وقوة القانون"}), List{});
  EXPECT_EQ(names_in({"The Joint Monitoring and Evaluation Commission met"}),
            List{"Joint Monitoring and Evaluation Commission=Joint Monitoring and Evaluation Commission"});
  EXPECT_EQ(names_in({"the Ministry of Foreign Affairs of Pakistan and the UN Mission to Kosovo"}),
            (List{"Ministry of Foreign Affairs of Pakistan=Ministry of Foreign Affairs of Pakistan",
                  "UN Mission to Kosovo=UN Mission to Kosovo"}));
  EXPECT_EQ(names_in({"A Team of experts"}), List{});
  EXPECT_EQ(names_in({"the Mission in Kosovo"}), List{"Kosovo=Kosovo"});
  EXPECT_EQ(names_in({"the Monitoring, Verification and Inspection Commission met"}),
            List{"Monitoring, Verification and Inspection Commission=Monitoring, Verification and Inspection "
                 "Commission"});
  EXPECT_EQ(names_in({"the Director, Planning Commission"}), List{"Planning Commission=Planning Commission"});
}

TEST_F(Bodies, KeepTheAcronymThatTheDocumentGivesThem) {
  EXPECT_EQ(
      names_in({"أنشئت وحدة السلام والأمن (PCSU)", "وتعمل PCSU على ذلك"}),
      (List{"وحدة السلام والأمن=وحدة السلام والأمن", "PCSU=وحدة السلام والأمن", "PCSU=وحدة السلام والأمن"}));
}

TEST_F(Bodies, ShortFormsGoToTheBodyThatTheTextIsAbout) {
  EXPECT_EQ(names_in({"عقدت منظمة التعاون الإسلامي مؤتمرا. وقررت المنظمة ذلك"}),
            (List{"منظمة التعاون الإسلامي=Organization of Islamic Cooperation",
                  "المنظمة=Organization of Islamic Cooperation"}));
  EXPECT_EQ(names_in({"The Security Council"}), List{});  // not a name of this small lexicon
  EXPECT_EQ(names_in({"the United Nations and its staff, whom the Organization thanked"}),
            (List{"United Nations=United Nations", "Organization=United Nations"}));
  EXPECT_EQ(names_in({"منظمة التعاون الإسلامي ومكافحة الجريمة المنظمة"}),
            List{"منظمة التعاون الإسلامي=Organization of Islamic Cooperation"});
  EXPECT_EQ(names_in({"قررت المنظمة"}), List{}) << "nobody was named before";
}

TEST_F(Bodies, GroupsOfStatesBelongToAnOrganization) {
  EXPECT_EQ(names_in({"للدول الأعضاء في منظمة التعاون الإسلامي", "ودول المنظمة والدول الأعضاء"}),
            (List{"للدول الأعضاء في منظمة التعاون الإسلامي=OIC Member States",
                  "دول المنظمة=OIC Member States", "الدول الأعضاء=OIC Member States"}));
  EXPECT_EQ(names_in({"OSCE participating States and Member States of the OIC"}),
            (List{"OSCE participating States=OSCE participating States",
                  "Member States of the OIC=OIC Member States"}));
  EXPECT_EQ(names_in({"أيضا أعضاء في منظمة التعاون الإسلامي"}),
            List{"منظمة التعاون الإسلامي=Organization of Islamic Cooperation"});
}

TEST_F(Bodies, APairIsTheTwoOrganizationsLastNamedTogether) {
  const List names =
      names_in({"التعاون بين الأمم المتحدة ومنظمة الأمن والتعاون في أوروبا. وتعمل المنظمتان معا"});
  ASSERT_EQ(names.size(), 3u);
  EXPECT_EQ(names[2], "المنظمتان=United Nations; Organization for Security and Co-operation in Europe");
}

// In a paper on two organizations a dual means the body of each family that was named last.
TEST_F(Bodies, ADualMeansThoseOfTheTwoFamiliesOfTheTitleThatWereNamedLast) {
  const List names = names_in({"# التعاون بين الأمم المتحدة ومنظمة الأمن والتعاون في أوروبا",
                               "تتشاور مفوضية شؤون اللاجئين مع منظمة الأمن والتعاون في أوروبا",
                               "واتفقت المنظمتان على ذلك. وزادت الأمم المتحدة جهودها. وتعمل المنظمتان معا"});
  ASSERT_EQ(names.size(), 7u);
  EXPECT_EQ(names[4], "المنظمتان=UNHCR; Organization for Security and Co-operation in Europe");
  EXPECT_EQ(names[6], "المنظمتان=United Nations; Organization for Security and Co-operation in Europe");
}

TEST_F(Bodies, ThreeInARowAreNoPair) {
  EXPECT_EQ(names_in({"اتفقت الأمم المتحدة ومنظمة شنغهاي للتعاون. وزارت منظمة التعاون الإسلامي ومنظمة شنغهاي "
                      "للتعاون والأمم المتحدة البلد ثم عادت المنظمتان"})
                .back(),
            "المنظمتان=United Nations; Shanghai Cooperation Organization");
}

TEST_F(Bodies, NobodyIsJoinedToItselfByAShortForm) {
  EXPECT_EQ(
      names_in({"وقعت منظمة الأمن والتعاون في أوروبا اتفاقا. واتفقت الأمم المتحدة والمنظمة على النص"})[2],
      "المنظمة=Organization for Security and Co-operation in Europe");
}

TEST_F(Bodies, KnownNamesHoldNoCityAndNoUnlistedBody) {
  EXPECT_EQ(names_in({"منظمة شنغهاي للتعاون في شنغهاي"}, true),
            (List{"منظمة شنغهاي للتعاون=Shanghai Cooperation Organization", "شنغهاي=Shanghai"}));
  EXPECT_EQ(names_in({"بعثة الإدارة المؤقتة في كوسوفو"}, true),
            (List{"بعثة الإدارة المؤقتة في كوسوفو=Interim Administration", ">كوسوفو=Kosovo"}));
}

TEST_F(Bodies, ASummitIsNoBody) {
  EXPECT_EQ(names_in({"عقد مؤتمر قمة منظمة الأمن والتعاون في أوروبا"}),
            List{"منظمة الأمن والتعاون في أوروبا=Organization for Security and Co-operation in Europe"});
}

TEST_F(Bodies, PartsOfStatesAreNamedByThePointsOfTheCompass) {
  EXPECT_EQ(names_in({"سافر إلى جنوب باكستان وشمال شرق تركيا"}, true),
            (List{"جنوب باكستان=Southern Pakistan", ">باكستان=Pakistan",
                  "شمال شرق تركيا=North-Eastern Türkiye", ">تركيا=Türkiye"}));
}

TEST_F(Bodies, PersonsMayHaveInitials) {
  EXPECT_EQ(names_in({"تحدث السيد ر. ك. ساليموف عن ذلك"}), List{"ر. ك. ساليموف=ر. ك. ساليموف"});
}

TEST_F(Bodies, ShortFormsMayBeAnnouncedWithoutQuotationMarksOrBeforeTheName) {
  EXPECT_EQ(names_in({"وحدة البحث العلمي التابعة للأمم المتحدة (المشار إليها فيما بعد بالوحدة) جديدة. وتعمل "
                      "الوحدة كثيرا"})
                .back(),
            "الوحدة=وحدة البحث العلمي التابعة للأمم المتحدة");
  EXPECT_EQ(
      names_in({"تشير كلمة \"اللجنة\" إلى وحدة البحث العلمي التابعة للأمم المتحدة. وتجتمع اللجنة سنويا"})
          .back(),
      "اللجنة=وحدة البحث العلمي التابعة للأمم المتحدة");
}

TEST_F(Bodies, ShortFormsKeepTheWordThatPointsBack) {
  EXPECT_EQ(names_in({"اجتمعت منظمة التعاون الإسلامي. وعينت المنظمة المذكورة خبيرا"}).back(),
            "المنظمة المذكورة=Organization of Islamic Cooperation");
}

TEST_F(Bodies, OfficesGoToTheOrganizationWhosePaperItIs) {
  EXPECT_EQ(names_in({"تقرير الأمم المتحدة", "منظمة الأمن والتعاون في أوروبا وطلبت إلى الأمين العام ذلك"})[2],
            "الأمين العام=UN Secretary-General (office)");
  EXPECT_EQ(names_in({"الأمين العام لمنظمة التعاون الإسلامي"}),
            List{"الأمين العام لمنظمة التعاون الإسلامي=OIC Secretary-General (office)"});
}

TEST_F(Bodies, PersonsAreKnownByTitleAndLaterByFamilyName) {
  EXPECT_EQ(
      names_in({"ألقاها السيد ياوز سليم قيران معاون وزير خارجية الجمهورية التركية. وقال السيد قيران إن"}),
      (List{"ياوز سليم قيران=ياوز سليم قيران", "الجمهورية التركية=Türkiye", "قيران=ياوز سليم قيران"}));
  EXPECT_EQ(names_in({"أشار السفير براق أفتشبار إلى ذلك. وأضاف السفير أقتشابار أن"}),
            (List{"براق أفتشبار=براق أفتشبار", "أقتشابار=براق أفتشبار"}));
  EXPECT_EQ(names_in({"بان كي مون"}), List{"بان كي مون=Ban Ki-moon"});
  EXPECT_EQ(names_in({"سعادة وتماسكا"}), List{});
  EXPECT_EQ(names_in({"صميم السلطان الداخلي"}), List{});
  EXPECT_EQ(names_in({"H.E. Salva Kiir and Mr. J. M. Smith-Jones said"}),
            (List{"Salva Kiir=Salva Kiir", "J. M. Smith-Jones=J. M. Smith-Jones"}));
}

TEST_F(Bodies, AmbiguousNamesWantAPlaceWord) {
  EXPECT_EQ(names_in({"دعم مالي في مالي"}), List{"مالي=Mali"});
}

TEST_F(Bodies, ReportsAreCitedByTheirTitle) {
  EXPECT_EQ(names_in({"العرض للتقرير الجديد: (تحقيق السلام في عالم مضطرب) والمؤتمر \"تنفيذ ما سبق ذكره\""}),
            List{"تحقيق السلام في عالم مضطرب=تحقيق السلام في عالم مضطرب"});
}

TEST_F(Bodies, ResolutionsAreCitedByTheirTitleToo) {
  EXPECT_EQ(names_in({"اتخذت القرار ٤٥ دورة ٦ بشأن \"تعزيز سبل الحوار\" أمس"}),
            List{"تعزيز سبل الحوار=تعزيز سبل الحوار"});
}

TEST_F(Bodies, SurviveEndlessNames) {
  for (const char* piece :
       {"لجنة ", "Commission of the ", "السيد أحمد بن ", "الأمين العام ", "Joint UN and "}) {
    std::string text;
    for (int each = 0; each < 2000; ++each) text += piece;
    names_in({text});
  }
}

TEST(DottedDistance, CountsDotsHalf) {
  EXPECT_DOUBLE_EQ(dotted_distance("افتشبار", "اقتشبار", 9), 0.5);
  EXPECT_DOUBLE_EQ(dotted_distance("افتشبار", "اقتشابار", 9), 1.5);
  EXPECT_DOUBLE_EQ(dotted_distance("قيران", "موسي", 2), 2);
}

}  // namespace
}  // namespace mithaq::reader
