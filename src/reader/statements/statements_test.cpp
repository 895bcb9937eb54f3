// The frames on sentences as UN, OSCE and OIC papers write them, in Arabic and English.
#include <gtest/gtest.h>

#include "reader/statements/test_document.hpp"

namespace mithaq::reader {
namespace {

using test::read_marked;
using test::summaries;
using List = std::vector<std::string>;

TEST(Cooperation, ArabicVerbBeforeItsSubject) {
  EXPECT_EQ(summaries("يتعاون {O:UNDP:البرنامج الإنمائي} مع {O:OSCE:المنظمة} في مجال الانتخابات."),
            (List{"cooperation: UNDP + OSCE"}));
  EXPECT_EQ(summaries("وتتعاون {O:UNHCR:المفوضية} تعاونا وثيقا مع {O:OSCE:المنظمة}."),
            (List{"cooperation: UNHCR + OSCE"}));
  EXPECT_EQ(summaries("وفي كرواتيا، تعاونت {2:IOM; OSCE:المنظمتان} على إعادة المشردين."),
            (List{"cooperation: IOM + OSCE"}));
}

TEST(Cooperation, NounBetweenOrWith) {
  EXPECT_EQ(summaries("وتواصل التعاون بين {O:UN:الأمم المتحدة} و{O:OSCE:منظمة الأمن} في الميدان."),
            (List{"cooperation: UN + OSCE"}));
  EXPECT_EQ(summaries("وبالتعاون مع {O:OSCE:المنظمة}، نظمت {O:UNHCR:المفوضية} حلقة عمل."),
            (List{"cooperation: UNHCR + OSCE"}));
  EXPECT_EQ(summaries("The workshop was organized by {O:UNDP:UNDP} in co-operation with {O:OSCE:the OSCE}."),
            (List{"cooperation: UNDP + OSCE"}));
  EXPECT_EQ(
      summaries(
          "In close cooperation with {O:AU:the African Union}, {O:UN:the United Nations} trained monitors."),
      (List{"cooperation: UN + AU"}));
}

TEST(Cooperation, EnglishSubjectBeforeItsVerb) {
  EXPECT_EQ(summaries("{O:UNHCR:UNHCR} works closely with {O:OSCE:the OSCE} in Kosovo."),
            (List{"cooperation: UNHCR + OSCE"}));
  EXPECT_EQ(summaries("{O:UN:The United Nations} and {O:AU:the African Union} jointly deployed observers."),
            (List{"cooperation: UN + AU"}));
}

TEST(Cooperation, EnglishFramesAndPhrases) {
  EXPECT_EQ(
      summaries(
          "In {S:Georgia:Georgia}, {O:UN:the United Nations} and {O:OSCE:the OSCE} work closely together."),
      (List{"cooperation: UN + OSCE"}))
      << "where it is does not act";
  EXPECT_EQ(summaries("{O:UNODC:UNODC} organized a workshop jointly with {O:AU:the African Union}."),
            (List{"cooperation: UNODC + AU"}));
}

TEST(Cooperation, ANameIsNoTrigger) {
  // منظمة التعاون holds التعاون.
  EXPECT_EQ(summaries("عقدت {O:OIC:منظمة التعاون الإسلامي} دورتها مع افتتاح المقر."), (List{}));
}

TEST(Cooperation, WhatOneBodyGivesAnother) {
  EXPECT_EQ(summaries("قدمت {O:UNDP:البرنامج} الدعم الفني إلى {O:OSCE:المنظمة} في النقل."),
            (List{"cooperation: UNDP + OSCE"}));
  EXPECT_EQ(summaries("وعينت {O:OSCE:المنظمة} ممثلا لها لدى {O:UNDP:البرنامج}."),
            (List{"cooperation: OSCE + UNDP"}));
  EXPECT_EQ(summaries("وبوسع {O:ECE:اللجنة} مساعدة {O:OSCE:المنظمة} على رصد الموانئ."),
            (List{"cooperation: ECE + OSCE"}));
  EXPECT_EQ(summaries("وزار {O:UNDP:البرنامج} الموانئ."), (List{})) << "nobody receives";
}

TEST(Cooperation, WhoIsBroughtTogether) {
  EXPECT_EQ(summaries("وهناك فريق عن الموانئ يضم {O:UNDP:البرنامج} و{O:OSCE:المنظمة}."),
            (List{"cooperation: UNDP + OSCE"}));
  EXPECT_EQ(summaries("وهناك فريق عن الموانئ يضم {O:UNDP:البرنامج}."), (List{})) << "one is not together";
  EXPECT_EQ(summaries("و{O:OSCE:المنظمة} ممثلة، إلى جانب {O:UNDP:البرنامج}، في لجنة الموانئ."),
            (List{"cooperation: OSCE + UNDP"}));
}

TEST(Cooperation, AnActByTwo) {
  EXPECT_EQ(summaries("والمشاركة في حفظ الموانئ من جانب {O:OSCE:المنظمة} و{O:UNDP:البرنامج}."),
            (List{"cooperation: OSCE + UNDP"}));
  EXPECT_EQ(summaries("والمشاركة في حفظ الموانئ من جانب {O:OSCE:المنظمة}."), (List{}));
}

TEST(Cooperation, WithAPronoun) {
  EXPECT_EQ(summaries("ولدى {O:OSCE:المنظمة} مكتب، وتتعاون معها {O:UNDP:البرنامج} في النقل."),
            (List{"cooperation: UNDP + OSCE"}));
}

TEST(Cooperation, OfficesInPlacesWithTheirLikes) {
  EXPECT_EQ(
      summaries("وتتشاور مكاتب {O:UNDP:البرنامج} في {S:Georgia:جورجيا} مع نظرائها من {O:OSCE:المنظمة}."),
      (List{"cooperation: UNDP + OSCE"}));
}

TEST(Lead, LeadersAreNoVerb) {
  EXPECT_EQ(summaries("وعقد قادة {S:Georgia:جورجيا} اجتماعا."), (List{}));
}

TEST(Lead, WithADateBetween) {
  EXPECT_EQ(summaries("ويتولى {O:EU:الاتحاد} منذ {D:2008:عام 2008} قيادة {O:EUMM:بعثة الرصد}."),
            (List{"lead: EU + EUMM"}));
}

TEST(Commitments, WhoIsAskedInArabic) {
  EXPECT_EQ(summaries("تدعو {F:SG:الأمين العام} إلى عقد اجتماع."), (List{"commitment: SG"}))
      << "a feminine verb has no man as its subject";
  EXPECT_EQ(summaries("وطلب {O:SC:المجلس}، في قراره الأخير، إلى {F:SG:الأمين العام} أن يقدم تقريرا."),
            (List{"commitment: SG"}));
}

TEST(Cooperation, PartiesWithoutAName) {
  EXPECT_EQ(summaries("تنسق {O:UN:الأمم المتحدة} مع المنظمات الإقليمية الأخرى."),
            (List{"cooperation: UN + other regional organizations"}));
  EXPECT_EQ(summaries("{O:UN:The United Nations} cooperates with regional and subregional organizations."),
            (List{"cooperation: UN + regional and subregional organizations"}));
}

TEST(Commitments, OperativeEnglish) {
  const std::string head = "{O:UNSC:The Security Council},\n";
  EXPECT_EQ(summaries(head + "3. Demands from the parties concerned the immediate end of hostilities;"),
            (List{"commitment: the parties"}));
  EXPECT_EQ(
      summaries(head + "4. Reiterates its request that {F:SG:the Secretary-General} report on the mission;"),
      (List{"commitment: SG"}));
  EXPECT_EQ(summaries(head + "5. Reaffirms the obligations of States to implement the embargo;"),
            (List{"commitment: States"}));
  EXPECT_EQ(
      summaries(head +
                "6. Requests {F:SG:the Secretary-General} to report on the whole of the matter, and also "
                "requests {F:SG:the Secretary-General} to send a team;"),
      (List{"commitment: SG", "commitment: SG"}))
      << "two acts of one debtor are two commitments";
  EXPECT_EQ(
      summaries(head + "7. Requests {F:SG:the Secretary-General} to ask {O:UNDP:UNDP} to review its work;"),
      (List{"commitment: SG"}));
  EXPECT_EQ(summaries(head + "8. Decides that {A:Force:the Force} shall be composed of five battalions;"),
            (List{"commitment: UNSC"}));
}

TEST(Incidents, HaveADayAPlaceAndTheKilled) {
  document::Document read = read_marked(
      "On {D:2018-08-14:14 August 2018}, gunmen attacked a market in {P:Bambari:Bambari}, killing 12 "
      "people.");
  ASSERT_EQ(read.statements.size(), 1u);
  EXPECT_EQ(read.statements[0].type, document::StatementType::incident);
  EXPECT_EQ(read.statements[0].topic, "attacked");
  EXPECT_EQ(read.statements[0].time, "2018-08-14");
  EXPECT_EQ(read.statements[0].place_names, List{"Bambari"});
  EXPECT_EQ(read.statements[0].value + " " + read.statements[0].unit, "12 killed");
  read = read_marked("وقع هجوم في {P:Gali:غالي} في {D:1998-05-20:20 أيار/مايو 1998}، أسفر عن مقتل 7 مدنيين.");
  ASSERT_EQ(read.statements.size(), 1u);
  EXPECT_EQ(read.statements[0].type, document::StatementType::incident);
  EXPECT_EQ(read.statements[0].value, "7");
  EXPECT_EQ(summaries("Attacks on civilians in {P:Gali:Gali} are condemned."), (List{})) << "no day";
  EXPECT_EQ(summaries("No attack took place in {P:Gali:Gali} on {D:1998-05-20:20 May 1998}."), (List{}));
}

TEST(Lead, RoleAndChair) {
  EXPECT_EQ(summaries("وتؤدي {O:OSCE:المنظمة} الدور القيادي في بناء المؤسسات."), (List{"lead: OSCE"}));
  EXPECT_EQ(summaries("{O:UN:The United Nations} continued to play a leading role in Abkhazia."),
            (List{"lead: UN"}));
  EXPECT_EQ(summaries("أنشئت {O:Working Group:فرقة عمل} برئاسة {O:OSCE:المنظمة}."),
            (List{"lead: OSCE + Working Group"}));
  EXPECT_EQ(summaries("{O:Task Force:The task force} chaired by {O:OSCE:the OSCE} met twice."),
            (List{"lead: OSCE + Task Force"}));
}

TEST(Commitment, OperativeParagraphs) {
  const auto document = read_marked(
      "{O:UN Security Council:The Security Council},\n"
      "Recalling its resolutions and requesting nothing,\n"
      "1. Requests {F:UN Secretary-General (office):the Secretary-General} to report within 30 days;\n"
      "2. Decides to extend the mandate of {O:UNMIS:UNMIS} until 30 April;\n"
      "3. Welcomes the efforts of {O:AU:the African Union};");
  ASSERT_EQ(document.statements.size(), 2u);
  EXPECT_EQ(test::summary(document.statements[0]), "commitment: UN Secretary-General (office)");
  EXPECT_EQ(test::summary(document.statements[1]), "commitment: UN Security Council");
  EXPECT_EQ(document.statements[1].status, document::CommitmentStatus::decided);
}

TEST(Commitment, ArabicRequestHasTwoSides) {
  EXPECT_EQ(
      summaries(
          "وطلبت {O:UN General Assembly:الجمعية العامة} إلى {F:UN Secretary-General (office):الأمين العام} "
          "أن يقدم تقريرا."),
      (List{"commitment: UN Secretary-General (office)"}));
}

TEST(Commitment, ModalsAndTheirNegation) {
  EXPECT_EQ(summaries("وينبغي ل{O:UN:لأمم المتحدة} أن تواصل الاهتمام بالمسألة."), (List{"commitment: UN"}));
  EXPECT_EQ(summaries("لا ينبغي ل{O:UN:لأمم المتحدة} أن تتأخر."), (List{}));
  EXPECT_EQ(summaries("{O:AU:The African Union} should deploy observers."), (List{"commitment: AU"}));
  EXPECT_EQ(summaries("{O:AU:The African Union} should not deploy observers."), (List{}));
}

TEST(Commitment, NumberedCommuniquesLeaveTheBodyUnnamed) {
  EXPECT_EQ(summaries("7- تدعو {A:OIC General Secretariat:الأمانة العامة} إلى الإسراع في تنفيذ الخطة."),
            (List{"commitment: OIC General Secretariat"}));
  // In running text the same words may name the one who asks.
  EXPECT_EQ(summaries("تدعو {S:Türkiye:تركيا} إلى الحوار."), (List{}));
}

TEST(Cooperation, TheTwoSidesOfAnAgreement) {
  EXPECT_EQ(
      summaries(
          "# اتفاق بين {S:Saudi Arabia:المملكة} و{S:Nepal:نيبال}\nيعمل الطرفان على تشجيع التبادل التجاري."),
      (List{"cooperation: Saudi Arabia + Nepal"}));
}

TEST(Cooperation, BetteredByWhatTheSentenceBeforeSays) {
  EXPECT_EQ(summaries("يتعاون {O:UNDP:البرنامج} مع {O:OSCE:المنظمة}. وأثمرت تلك الزيارات عن توثيق التعاون في "
                      "مجال النقل."),
            (List{"cooperation: UNDP + OSCE", "cooperation: UNDP + OSCE"}));
}

TEST(Cooperation, ThroughTheirStaff) {
  EXPECT_EQ(summaries("يتعاون الموظفون العاملون في {O:UNDP:البرنامج} مع خبراء الصحة في {O:OSCE:المنظمة}."),
            (List{"cooperation: UNDP + OSCE"}));
}

TEST(Cooperation, ADualPronounMeansTheTwoNamedBefore) {
  EXPECT_EQ(summaries("زار الوفد {O:UNDP:البرنامج} و{O:OSCE:المنظمة} لتعزيز التعاون بينهما."),
            (List{"cooperation: UNDP + OSCE"}));
}

TEST(Cooperation, MeetingsBetweenBodies) {
  EXPECT_EQ(summaries("جرت عدة اجتماعات بين مسؤولي {O:UNDP:البرنامج} و{O:OSCE:المنظمة}."),
            (List{"cooperation: UNDP + OSCE"}));
}

TEST(Cooperation, ABarePluralBehindAVerbMeansTheTwo) {
  EXPECT_EQ(summaries("تعاون {O:UNDP:البرنامج} مع {O:OSCE:المنظمة}. وتشاورت المنظمات بشأن التدريب."),
            (List{"cooperation: UNDP + OSCE", "cooperation: UNDP + OSCE"}));
  // Whose organizations they are is said.
  const auto local =
      summaries("تعاون {O:UNDP:البرنامج} مع {O:OSCE:المنظمة}. وتشاورت المنظمات المحلية بشأن التدريب.");
  EXPECT_NE(local.back(), "cooperation: UNDP + OSCE");
}

TEST(Commitment, TheseOrganizationsAreTheThreeNamedLast) {
  EXPECT_EQ(
      summaries(
          "نشأت {O:AU:الاتحاد} و{O:EU:الاتحاد الآخر} و{O:LAS:الجامعة} في قرن واحد. وينبغي لهذه المنظمات أن "
          "تعزز قدراتها."),
      (List{"commitment: AU + EU + LAS"}));
}

TEST(Lead, EndsWhereAnotherVerbHasItsOwnSubject) {
  const auto document = read_marked(
      "تضطلع {O:OSCE:المنظمة} بدور رائد في التعمير، والتعليم وتضطلع {O:UNDP:البرنامج} بدور رائد في الصحة.");
  ASSERT_EQ(document.statements.size(), 2u);
  EXPECT_TRUE(document.statements[0].topic.ends_with("والتعليم")) << document.statements[0].topic;
}

TEST(Cooperation, CarriedFromTheSentenceBefore) {
  const auto document =
      read_marked("يتعاون {O:UNDP:البرنامج} مع {O:OSCE:المنظمة}. وتواصل التعاون في {S:Ukraine:أوكرانيا}.");
  ASSERT_EQ(document.statements.size(), 2u);
  EXPECT_EQ(test::summary(document.statements[1]), "cooperation: UNDP + OSCE");
  EXPECT_EQ(document.statements[1].confidence, document::Confidence::c);
  EXPECT_EQ(document.statements[1].place_names, (List{"Ukraine"}));
}

TEST(Statements, AFrontedPlaceHoldsUntilTheNext) {
  const auto document = read_marked(
      "وفي {S:Albania:ألبانيا}، تعاونت {O:UNICEF:اليونيسيف} مع {O:OSCE:المنظمة}. وتنسق {O:UNICEF:اليونيسيف} "
      "مع "
      "{O:IOM:المنظمة الدولية للهجرة}.");
  ASSERT_EQ(document.statements.size(), 2u);
  EXPECT_EQ(document.statements[0].place_names, (List{"Albania"}));
  EXPECT_EQ(document.statements[1].place_names, (List{"Albania"}));
}

TEST(Other, MembershipsWithTheirYears) {
  const auto document = read_marked(
      "انضمت {S:Japan:اليابان} كشريك في {D:1992:1992}، تبعتها {S:Republic of Korea:الجمهورية الكورية} "
      "({D:1994:1994})، "
      "و{S:Thailand:تايلاند} ({D:2000:2000}) في {O:OSCE:المنظمة}.");
  std::vector<std::string> found;
  for (const auto& statement : document.statements)
    found.push_back(test::summary(statement) + " " + statement.time);
  EXPECT_EQ(found, (List{"membership: Republic of Korea + OSCE 1994", "membership: Thailand + OSCE 2000",
                         "membership: Japan + OSCE 1992"}));
  EXPECT_EQ(summaries("{S:Mongolia:Mongolia} joined {O:OSCE:the OSCE} in {D:2012:2012}."),
            (List{"membership: Mongolia + OSCE"}));
}

TEST(Other, PapersMeetingsMissionsNumbersMandates) {
  auto document = read_marked(
      "اتخذت {O:General Assembly:الجمعية العامة} في {D:1999-12-15:15 كانون الأول 1999} "
      "{N:A/RES/54/117:القرار 54/117}.");
  ASSERT_EQ(document.statements.size(), 1u);
  EXPECT_EQ(document.statements[0].type, document::StatementType::instrument);
  EXPECT_EQ(document.statements[0].instrument, "A/RES/54/117");
  EXPECT_EQ(document.statements[0].time, "1999-12-15");

  document = read_marked("وعقدت {O:OIC:المنظمة} مؤتمرا في {P:Istanbul:إسطنبول}.");
  ASSERT_EQ(document.statements.size(), 1u);
  EXPECT_EQ(test::summary(document.statements[0]), "meeting: OIC");
  EXPECT_EQ(document.statements[0].place_names, (List{"Istanbul"}));

  document = read_marked("{O:OSCE:The OSCE} deployed monitors in {P:Kosovo:Kosovo}.");
  ASSERT_EQ(document.statements.size(), 1u);
  EXPECT_EQ(test::summary(document.statements[0]), "deployment: OSCE");

  document = read_marked("{O:OCHA:OCHA} reported that {M:450000:450,000} refugees arrived.");
  ASSERT_EQ(document.statements.size(), 1u);
  EXPECT_EQ(test::summary(document.statements[0]), "figure: OCHA");
  EXPECT_EQ(document.statements[0].value, "450000");

  document = read_marked(
      "أنشأ {O:Security Council:مجلس الأمن}، بموجب {N:S/RES/1244 (1999):القرار 1244}، {O:UNMIK:بعثة الأمم "
      "المتحدة}.");
  ASSERT_EQ(document.statements.size(), 1u);
  EXPECT_EQ(test::summary(document.statements[0]), "mandate: UNMIK + Security Council");
}

TEST(EnglishParties, PronounsAndNounsForParties) {
  EXPECT_EQ(summaries("{O:ECOWAS:ECOWAS} met in June. It decided to send a team."),
            (List{"commitment: ECOWAS"}));
  EXPECT_EQ(
      summaries("{O:AU:The African Union} and {O:UN:the United Nations} met. They must share the costs."),
      (List{"cooperation: AU + UN", "commitment: AU + UN"}));
  EXPECT_EQ(summaries("{O:UN:The United Nations} met. It should be noted that much was done."), (List{}))
      << "an empty subject owes nothing";
  const std::string head = "{O:UNSC:The Security Council},\n";
  EXPECT_EQ(
      summaries(
          head +
          "2. Demands that the parties concerned let the convoys pass, and calls upon them to free all;"),
      (List{"commitment: the parties", "commitment: the parties"}));
  EXPECT_EQ(summaries(head + "3. Urges all Ruritanian parties to lay down their arms;"),
            (List{"commitment: all Ruritanian parties"}));
  EXPECT_EQ(summaries(head + "4. Calls upon all the parties to the conflict to stop;"),
            (List{"commitment: all parties to the conflict"}));
  EXPECT_EQ(summaries(head + "5. Declares its readiness to send a mission;"), (List{"commitment: UNSC"}));
}

TEST(EnglishParties, PassiveRequestsAndWhatIsStillOwed) {
  EXPECT_EQ(summaries("{O:OIC:The OIC} was recommended to form a panel."), (List{"commitment: OIC"}));
  EXPECT_EQ(summaries("{S:Chad:Chad} has yet to ratify it."), (List{"commitment: Chad"}));
  const auto document = read_marked(
      "{O:AU:The African Union} should draw up a handbook for observers.\n"
      "The handbook has not yet been drawn up.");
  ASSERT_EQ(document.statements.size(), 2u);
  EXPECT_EQ(test::summary(document.statements[1]), "commitment: AU") << "joined by the handbook";
  EXPECT_EQ(document.statements[1].status, document::CommitmentStatus::pending);
  EXPECT_EQ(summaries("The elections have not yet been held."), (List{}));
}

TEST(EnglishParties, CooperationBesideAnObligation) {
  EXPECT_EQ(summaries("{O:UNSC:The Security Council},\n1. Requests {F:SG:the Secretary-General}, in close "
                      "consultation with {O:AU:the African Union}, to report by May;"),
            (List{"commitment: SG", "cooperation: SG + AU"}));
}

TEST(EnglishParties, AnotherActBeginsBehindACommaAndAnd) {
  EXPECT_EQ(
      summaries("13. Urges the parties concerned to form a joint government without delay, and commends the "
                "coordination between {O:AU:the African Union} and {O:UN:the United Nations}."),
      (List{"commitment: the parties", "cooperation: AU + UN"}));
}

TEST(EnglishParties, CooperationToldAsHelp) {
  EXPECT_EQ(summaries("{O:UNMIBH:The Mission} provided training and advice to {O:OSCE:the OSCE}."),
            (List{"cooperation: UNMIBH + OSCE"}));
  EXPECT_EQ(summaries("A meeting brought together representatives of {O:EU:the European Union}, "
                      "{O:UN:the United Nations} and {O:AU:the African Union}."),
            (List{"cooperation: EU + UN + AU"}));
  EXPECT_EQ(summaries("{O:UNICEF:UNICEF} and {O:OSCE:the OSCE} exchanged lists of the schools of every "
                      "district, and jointly organized a seminar."),
            (List{"cooperation: UNICEF + OSCE"}));
  EXPECT_EQ(summaries("{O:UNDP:UNDP} opened a school with the help of the Government of {S:Norway:Norway}."),
            (List{"cooperation: UNDP + Norway"}))
      << "a Government acts; a State behind another preposition is a place";
}

TEST(EnglishParties, GroupsByTheirPlaceAndNumber) {
  EXPECT_EQ(summaries("{O:UNSC:The Security Council},\n1. Urges all parties in {S:Utopia:Utopia} to disarm;"),
            (List{"commitment: all parties in Utopia"}));
  EXPECT_EQ(summaries("{O:CSTO:The CSTO}, {O:SCO:the SCO} and {O:CIS:the CIS} differ.\nThese regional "
                      "organizations must share what they know."),
            (List{"commitment: CSTO + SCO + CIS"}));
}

TEST(EnglishParties, ActsTogether) {
  EXPECT_EQ(summaries("Together with {O:OSCE:the OSCE}, {O:UNHCR:UNHCR} launched a survey."),
            (List{"cooperation: UNHCR + OSCE"}));
  EXPECT_EQ(summaries("{O:UNMIK:UNMIK} and {O:OSCE:the OSCE} jointly manage the archive."),
            (List{"cooperation: UNMIK + OSCE"}));
  EXPECT_EQ(summaries("The support provided by {O:EU:the European Union} to {O:AU:the African Union} grew."),
            (List{"cooperation: EU + AU"}));
  EXPECT_EQ(summaries("He noted the readiness of the Government of {S:Kenya:Kenya} to assist {O:AU:the AU}."),
            (List{"cooperation: Kenya + AU"}));
  EXPECT_EQ(summaries("{O:IOM:IOM} runs the school with political support from {O:OSCE:the OSCE}."),
            (List{"cooperation: IOM + OSCE"}));
  EXPECT_EQ(summaries("{O:UN:The United Nations} wrote in cooperation with {O:AU:the African Union} and with "
                      "the assistance of {O:EU:the European Union}."),
            (List{"cooperation: UN + AU + EU"}));
}

TEST(EnglishParties, AsidesAgentsAndFurtherVerbs) {
  EXPECT_EQ(
      summaries(
          "9. The Meeting encourages {O:ODIHR:ODIHR}, in co-operation with {O:CE:the Council of Europe} and "
          "{O:UN:the United Nations}, to assist the candidates."),
      (List{"commitment: ODIHR", "cooperation: ODIHR + CE + UN"}));
  EXPECT_EQ(summaries("The handbook was developed by {O:UNDP:UNDP} and {O:OSCE:the OSCE}."),
            (List{"cooperation: UNDP + OSCE"}));
  EXPECT_EQ(summaries("{O:OSCE:The OSCE} and {O:CE:the Council of Europe} have rooms in the same house and "
                      "coordinate daily."),
            (List{"cooperation: OSCE + CE"}));
  EXPECT_EQ(summaries("{O:OIC:The OIC} agreed to set a date."), (List{"commitment: OIC"}));
}

TEST(EnglishParties, WhatShouldBeBetteredAndWhatWasRecommended) {
  EXPECT_EQ(summaries("The mediation capacity of {O:AU:the African Union} should be strengthened."),
            (List{"commitment: AU"}));
  EXPECT_EQ(summaries("The mandate of {O:UNOMIG:the Mission} should be extended."), (List{}));
  EXPECT_EQ(summaries("It was recommended that {O:OIC:the OIC} establish a panel."),
            (List{"commitment: OIC"}));
  EXPECT_EQ(summaries("{O:OIC:The OIC} expressed its readiness to mediate."), (List{"commitment: OIC"}));
}

TEST(Statements, ALongSentenceStaysCheap) {
  std::string text;
  for (int each = 0; each < 20000; ++each) text += "{O:UN:الأمم المتحدة} تتعاون مع {O:OSCE:المنظمة} و";
  const auto document = read_marked(text);
  EXPECT_GT(document.statements.size(), 100u);
}

}  // namespace
}  // namespace mithaq::reader
