#include "benchmarks/text_maker.hpp"

#include <array>
#include <vector>

namespace mithaq::benchmarks {

namespace {

// SplitMix64 (Steele, Lea & Flood 2014): small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t value = (state_ += 0x9E3779B97F4A7C15ull);
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

// O organization, S State, P place, D date, R resolution, N number.
constexpr std::array<const char*, 12> kArabic = {
    "تعاونت {O} مع {O} في مجال حقوق الإنسان وسيادة القانون في {S}.",
    "وفي {S}، تضطلع {O} بدور قيادي في بناء المؤسسات وتدريب الشرطة وتنظيم الانتخابات.",
    "وعقد في {P} في {D} اجتماع لكبار المسؤولين شاركت فيه {O} بصفة مراقب.",
    "وطلب القرار {R} إلى الأمين العام أن يقدم تقريرا عن تنفيذ أحكامه في الدورة المقبلة.",
    "وينبغي للدول الأعضاء أن تواصل تعزيز قدراتها على منع نشوب النزاعات وتسويتها بالوسائل السلمية.",
    "وأنشئت في عام {Y} بعثة ميدانية لرصد الحالة على الحدود بين {S} و{S}.",
    "وما زالت الأعمال التحضيرية جارية بالتنسيق مع {O}، ويتوقع أن تنتهي قبل نهاية السنة.",
    "وتبادلت {O} و{O} المعلومات بصفة منتظمة عن حركة اللاجئين والمشردين داخليا في المنطقة.",
    "وبلغ عدد المستفيدين من برامج التدريب {N} مشاركا من {N} دولة.",
    "وأشار المشاركون إلى أن التنمية الاقتصادية والاجتماعية شرط من شروط السلام الدائم.",
    "ووقعت {O} مذكرة تفاهم مع {O} في {D} بشأن الإنذار المبكر.",
    "ورحب المجلس بالتقدم المحرز، وأكد من جديد التزامه بسيادة {S} وسلامة أراضيها."};

constexpr std::array<const char*, 8> kEnglish = {
    "The {O} co-operated with the {O} on human rights and the rule of law in {S}.",
    "In {S}, the {O} has the lead role in institution-building, police training and elections.",
    "A meeting of senior officials was held in {P} on {D}, with the {O} as an observer.",
    "Resolution {R} requested the Secretary-General to report on its implementation at the next session.",
    "Member States should continue to strengthen their capacities for the prevention of conflict.",
    "The mission established in {Y} monitors the situation on the border between {S} and {S}.",
    "The programme trained {N} participants from {N} countries in early warning and mediation.",
    "Participants noted that economic and social development was a condition of lasting peace."};

constexpr std::array<const char*, 12> kArabicMonths = {
    "كانون الثاني/يناير", "شباط/فبراير",        "آذار/مارس",           "نيسان/أبريل",
    "أيار/مايو",          "حزيران/يونيه",       "تموز/يوليه",          "آب/أغسطس",
    "أيلول/سبتمبر",       "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"};
constexpr std::array<const char*, 12> kEnglishMonths = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};

}  // namespace

std::string make_text(const reader::Lexicon& lexicon, TextLanguage language, std::size_t bytes,
                      std::uint64_t seed) {
  const bool arabic = language == TextLanguage::arabic;
  const auto code = static_cast<std::size_t>(arabic ? reader::Language::ar : reader::Language::en);
  std::vector<std::string> organizations, states, places;
  for (reader::EntityIndex each = 0; each < lexicon.entities.size(); ++each) {
    const reader::Entity& entity = lexicon.entities[each];
    if (entity.names[code].empty()) continue;
    switch (entity.type) {
      case document::MentionType::organization:
        organizations.push_back(entity.names[code]);
        break;
      case document::MentionType::state:
        states.push_back(entity.names[code]);
        break;
      default:
        places.push_back(entity.names[code]);
    }
  }
  Random random(seed);
  const auto slot = [&](char kind) -> std::string {
    switch (kind) {
      case 'O':
        return organizations[random.below(organizations.size())];
      case 'S':
        return states[random.below(states.size())];
      case 'P':
        return places[random.below(places.size())];
      case 'Y':
        return std::to_string(1992 + random.below(30));
      case 'N':
        return std::to_string(2 + random.below(150));
      case 'R': {
        // A number above every session, so that nothing can be taken for a turned one.
        const std::size_t session = 47 + random.below(25);
        return std::to_string(session) + "/" + std::to_string(101 + random.below(150));
      }
      default:
        return std::to_string(1 + random.below(28)) + " " +
               (arabic ? kArabicMonths[random.below(12)] : kEnglishMonths[random.below(12)]) + " " +
               std::to_string(1992 + random.below(30));
    }
  };
  std::string text;
  text.reserve(bytes + 1024);
  for (std::size_t paragraph = 1; text.size() < bytes; ++paragraph) {
    text += std::to_string(paragraph) + (arabic ? " - " : ". ");
    for (std::size_t sentence = 0; sentence < 5; ++sentence) {
      const char* pattern =
          arabic ? kArabic[random.below(kArabic.size())] : kEnglish[random.below(kEnglish.size())];
      if (sentence > 0) text += ' ';
      for (const char* at = pattern; *at != '\0'; ++at) {
        if (*at == '{') {
          text += slot(at[1]);
          at += 2;
        } else {
          text += *at;
        }
      }
    }
    text += "\n\n";
  }
  return text;
}

}  // namespace mithaq::benchmarks
