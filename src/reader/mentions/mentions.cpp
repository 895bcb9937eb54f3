#include "reader/mentions/mentions.hpp"

#include <algorithm>
#include <map>

#include "base/fold.hpp"
#include "reader/mentions/amounts.hpp"
#include "reader/mentions/bodies.hpp"
#include "reader/mentions/candidate.hpp"
#include "reader/mentions/dates.hpp"
#include "reader/mentions/focus.hpp"
#include "reader/mentions/metadata.hpp"
#include "reader/mentions/names.hpp"
#include "reader/mentions/papers.hpp"
#include "reader/mentions/persons.hpp"
#include "reader/mentions/places.hpp"
#include "reader/mentions/references.hpp"
#include "reader/mentions/symbols.hpp"
#include "reader/mentions/titles.hpp"

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;
using document::RefClass;

constexpr std::size_t kLongestAcronym = 14;  // bytes
constexpr std::size_t kMostIntroduced = 300;
constexpr std::uint32_t kNearTogether = 3;     // tokens between two bodies named together
constexpr std::size_t kNearAnnouncement = 14;  // tokens from a body to (hereinafter "the Centre")
constexpr std::size_t kMostNamed = 24;         // bodies named last that are remembered for a dual

// The organizations, States, places, groups and offices of one paragraph, in the order of the text.
class NameReader {
 public:
  NameReader(Scene& scene, std::vector<Mention>& out)
      : scene_(scene), bodies_(scene), references_(scene, bodies_), papers_(scene), out_(out) {}

  void run() {
    for (std::size_t token = 0; token < scene_.size(); ++token) {
      ++scene_.context.position;
      if (!scene_.token(token).is_word() && scene_.token(token).kind != TokenKind::number) continue;
      if (scene_.phrases.at(token).empty() && !scene_.token(token).capitalized) continue;
      read(token);
    }
  }

 private:
  void read(std::size_t token) {
    if (const auto group = references_.group_at(token)) {
      out_.push_back(group->mention);
      cover(group->end);
    }
    // No officer is spoken of inside the name of a body: Office of the United Nations High Commissioner.
    const bool inside_body = token < cover_ && outer_ != kNoEntity;
    if (const auto office = inside_body ? std::nullopt : references_.office_at(token)) {
      out_.push_back(office->mention);
      cover(office->end);
    }
    std::optional<Body> body = bodies_.body_at(token);
    if (!body || body->known == kNoEntity) {
      const auto short_form = bodies_.short_form_at(token, BodyFinder::Before::anything);
      // البرنامج الإنمائي في كوسوفو: a clear short form and a place, not a body of its own.
      const bool where = short_form && body && short_form->end > short_form->first + 1 &&
                         scene_.has(short_form->end, kLinksOwner | kBeforePlace) &&
                         state_or_place_at(scene_, short_form->end + 1);
      if (short_form && (!body || where || short_form->end >= body->end)) body = short_form;
    }
    add_paper(token, body);
    const auto place = state_or_place_at(scene_, token);
    if (body && place && place->match.end >= body->end) body.reset();
    if (body) {
      add_body(*body);
    } else if (!add_unlisted_places(token, place ? place->match.end : 0) && place) {
      add_place(*place);
    }
  }

  // True if a place that no table lists starts here and reaches further than a listed one.
  bool add_unlisted_places(std::size_t token, std::uint32_t listed_end) {
    if (token < cover_ || scene_.token(token).kind != TokenKind::latin) return false;
    const std::vector<UnlistedPlace> places = unlisted_places_at(scene_, token);
    if (places.empty() || places.front().end <= listed_end) return false;
    for (const UnlistedPlace& place : places) {
      std::string id = "doc:" + fold(place.name);
      std::replace(id.begin(), id.end(), ' ', '-');
      out_.push_back(
          {.type = MentionType::place,
           .place = {scene_.paragraph, {scene_.token(place.first).begin, scene_.token(place.end - 1).end}},
           .entities = {std::move(id)},
           .name = place.name,
           .ref = RefClass::name});
      cover(place.end);
    }
    return true;
  }

  void cover(std::uint32_t end) {
    if (end <= cover_) return;
    cover_ = end;
    outer_ = kNoEntity;
  }

  // A title, unless it is but the beginning of a body's name.
  void add_paper(std::size_t token, const std::optional<Body>& body) {
    if (token < cover_) return;
    const auto paper = papers_.paper_at(token);
    if (!paper || (body && body->end >= paper->end && body->known != kNoEntity)) return;
    if (body && body->end > paper->end) return;
    out_.push_back(paper->mention);
    cover(paper->end);
    paper_end_ = paper->end;
  }

  void add_place(const StateOrPlace& place) {
    const Entity& entity = scene_.lexicon.entities[place.entity];
    // The city in "Pretoria Agreement" is not spoken of.
    if (place.match.first < paper_end_ && entity.type == MentionType::place) return;
    // Nor the Republic of the Congo in the Democratic one.
    if (place.match.first < state_end_) return;
    if (entity.type == MentionType::state) state_end_ = place.match.end;
    // Regions inside the name of a body (Europe in OSCE) are not spoken of, nor is the city of a known one
    // (Shanghai in SCO).
    const bool known_city = entity.kind == "city" && place.match.first < known_end_;
    if (place.match.first < cover_ && entity.type == MentionType::place && !entity.is_country &&
        (known_city || (entity.kind != "city" && entity.kind != "disputed"))) {
      return;
    }
    const std::uint32_t begin = begin_of(scene_.text, place.match);
    const std::uint32_t end = scene_.token(place.match.end - 1).end;
    out_.push_back({.type = entity.type,
                    .place = {scene_.paragraph, {begin, end}},
                    .entities = {entity.id},
                    .name = entity.name,
                    .ref = RefClass::name});
    add_part(place, entity, end);
  }

  // جنوب تايلاند, شمال شرق سورية: a part of a State or of a region, named by the points of the compass.
  void add_part(const StateOrPlace& place, const Entity& entity, std::uint32_t end) {
    const std::uint32_t first = place.match.first;
    if (first == 0 || first - 1 < cover_ || place.match.reading.prefix_bytes > 0 || entity.kind == "city")
      return;
    if (scene_.token(first).kind != TokenKind::arabic) return;
    std::string compass;
    std::uint32_t from = first;
    std::uint32_t begin = 0;
    while (from > 0 && first - from < 2 && scene_.token(from - 1).kind == TokenKind::arabic) {
      const CliticReading* point = nullptr;
      std::string_view word;
      const CliticReadings readings =
          clitic_readings(scene_.text, scene_.token(from - 1), scene_.lexicon.vocabulary);
      for (const CliticReading& reading : readings) {
        const auto is = [&](unsigned flag) { return scene_.lexicon.name_words.has(reading.word, flag); };
        word = is(kNorth) ? "North" : is(kSouth) ? "South" : is(kEast) ? "East" : is(kWest) ? "West" : "";
        if (word.empty()) continue;
        point = &reading;
        break;
      }
      if (!point) break;
      if (const auto longer = state_or_place_at(scene_, from - 1); longer && longer->match.end > first)
        return;
      --from;
      compass = compass.empty() ? std::string(word) : std::string(word) + "-" + compass;
      begin = scene_.token(from).begin + point->prefix_bytes;
      if (point->prefix_bytes > 0) break;
    }
    if (compass.empty()) return;
    out_.push_back({.type = MentionType::place,
                    .place = {scene_.paragraph, {begin, end}},
                    .entities = {entity.id + "#" + compass},
                    .name = compass + "ern " + entity.name,
                    .ref = RefClass::name});
  }

  void add_body(const Body& body) {
    const bool nested = body.first < cover_;
    if (body.first < paper_end_ && body.known == kNoEntity) return;
    if (nested && (body.end > cover_ || (body.known != kNoEntity && body.known == outer_))) return;
    // No Security Council in "Peace and Security Council", no Social Council in "Economic and Social
    // Council".
    if (nested && outer_ != kNoEntity && body.first > 0 && scene_.folded(body.first - 1) == "and") return;
    // In وإدارة الأزمات the second half of a name begins, not a name of its own.
    if (nested && body.known == kNoEntity && body.begin != scene_.token(body.first).begin &&
        scene_.folded(body.first).starts_with("و")) {
      return;
    }
    if (nested && body.end != cover_ && (body.known == kNoEntity || body.ref == RefClass::short_form)) return;
    // A name that data/ has holds no unlisted one: للإدارة المؤقتة in that of UNMIK is what it is for.
    if (nested && body.known == kNoEntity && outer_ != kNoEntity) return;
    out_.push_back({.type = MentionType::organization,
                    .place = {scene_.paragraph, {body.begin, scene_.token(body.end - 1).end}},
                    .entities = {body.id},
                    .name = body.name,
                    .ref = body.ref});
    if (body.known != kNoEntity) {
      known_end_ = std::max(known_end_, body.end);
      scene_.focus.speak_of(body.known, scene_.in_title);
      // A paper without a symbol is most likely that of the organization it names first.
      const Entity& top = scene_.lexicon.entities[scene_.lexicon.entities[body.known].top];
      if (scene_.context.home.empty() && top.kind == "organization") scene_.context.home = top.id;
    } else {
      scene_.focus.speak_of(body.id, body.name, body.head);
    }
    // الدول الأعضاء في اللجنة الاقتصادية لأوروبا وفي X: a dual behind it means that commission.
    const bool part = body.known != kNoEntity && scene_.lexicon.entities[body.known].top != body.known;
    if (nested && outer_ == kNoEntity && part) remember_named(body);
    if (nested) return;
    // A Latin owner at the start of a longer name stands inside it: OSCE in "OSCE Mission to Georgia".
    if (scene_.token(body.first).kind == TokenKind::latin) add_owner_at_start(body);
    cover_ = body.end;
    outer_ = body.known;
    if (body.known != kNoEntity) {
      scene_.last_body = body.known;
      scene_.last_body_end = body.end;
      remember_named(body);
    }
    introduce(body);
    note_pair(body);
  }

  void remember_named(const Body& body) {
    std::vector<std::string>& named = scene_.context.named;
    if (named.size() >= kMostNamed) named.erase(named.begin(), named.begin() + kMostNamed / 2);
    named.push_back(body.id);
  }

  void add_owner_at_start(const Body& body) {
    const PhraseMatch* best = nullptr;
    const Sense* of = nullptr;
    for (const PhraseMatch& match : scene_.phrases.at(body.first)) {
      if (match.end >= body.end) continue;
      for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
        if (sense.use > PhraseUse::acronym || !spelled_as_name(scene_.text, match, sense, scene_.lexicon))
          continue;
        const Entity& entity = scene_.lexicon.entities[sense.index];
        if (entity.type == MentionType::place || sense.index == body.known) continue;
        best = &match;
        of = &sense;
      }
    }
    if (!best) return;
    // UNOSOM in UNOSOM II is another mission.
    if (body.known != kNoEntity && best->end + 1 == body.end &&
        entities_share_family(body.known, of->index)) {
      return;
    }
    // SPLM/A in SPLM/A-IO is no word of its own.
    if ((scene_.is(best->end, '-') || scene_.is(best->end, '/')) && !scene_.token(best->end).space_before)
      return;
    const Entity& entity = scene_.lexicon.entities[of->index];
    out_.push_back({.type = entity.type,
                    .place = {scene_.paragraph, {body.begin, scene_.token(best->end - 1).end}},
                    .entities = {entity.id},
                    .name = entity.name,
                    .ref = of->use == PhraseUse::acronym ? RefClass::acronym : RefClass::name});
  }

  bool entities_share_family(EntityIndex one, EntityIndex other) const {
    const Entities& entities = scene_.lexicon.entities;
    return entities[one].parent != kNoEntity && entities[one].parent == entities[other].parent;
  }

  // From here on a definite noun, alone or behind ب, means the body: بالأمانة.
  void call(const Body& body, std::size_t token) {
    if (scene_.token(token).kind != TokenKind::arabic) return;
    std::string head(scene_.folded(token));
    if (head.starts_with("بال")) head.erase(0, 2);
    const auto spoken = scene_.context.spoken_of.find(body.id);
    if (head.starts_with("ال") && head.size() > 8 && spoken != scene_.context.spoken_of.end()) {
      spoken->second.head = head;
    }
  }

  // تشير كلمة "المركز" إلى X: a list of terms gives the short form first.
  void introduce_before(const Body& body) {
    constexpr std::size_t kNearest = 5;
    const std::size_t first = body.first;
    for (std::size_t back = 1; back <= kNearest && back + 1 < first; ++back) {
      const std::size_t quote = first - back;
      if (!scene_.is(quote, '"') && !scene_.is(quote, 0x201D) && !scene_.is(quote, 0x00BB)) continue;
      const std::size_t word = quote - 1;
      const bool opens =
          scene_.is(word - 1, '"') || scene_.is(word - 1, 0x201C) || scene_.is(word - 1, 0x00AB);
      if (opens && back > 1) call(body, word);
      return;
    }
  }

  // "the Peace and Security Council of the African Union (AU)": the brackets stand behind the owner's name.
  bool is_owners_acronym(const Body& body, std::size_t at) const {
    if (body.known == kNoEntity) return false;
    for (const PhraseMatch& match : scene_.phrases.at(at)) {
      if (match.end != at + 1) continue;
      for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
        if (sense.use == PhraseUse::acronym && sense.is_entity() && sense.index != body.known &&
            scene_.lexicon.entities.belongs_to(body.known, sense.index)) {
          return true;
        }
      }
    }
    return false;
  }

  // (PCSU), (hereinafter "the Centre"), (المشار إليها فيما بعد بـ"الأمانة"): from here on a name of the body.
  void introduce(const Body& body) {
    introduce_before(body);
    std::size_t at = body.end;
    if (!scene_.is(at, '(') || scene_.context.introduced.size() >= kMostIntroduced) return;
    ++at;
    if (at < scene_.size() && scene_.folded(at) == "the") ++at;
    if (at + 1 < scene_.size() && scene_.token(at).all_capitals && scene_.is(at + 1, ')')) {
      const std::string acronym(scene_.folded(at));
      // "Chief of the Defence Forces (CDF)" is no acronym of the forces.
      const bool latin = scene_.token(body.first).kind == TokenKind::latin;
      const bool fits = !latin || body.known != kNoEntity || scene_.folded(body.first)[0] == acronym[0];
      if (acronym.size() <= kLongestAcronym && fits && !is_owners_acronym(body, at))
        scene_.context.introduced[acronym] = body.id;
      return;
    }
    for (std::size_t end = at; end < scene_.size() && end < body.end + kNearAnnouncement; ++end) {
      if (scene_.is(end, ')')) {
        // (المشار إليها فيما بعد بالأمانة), without quotation marks
        if (end > at + 2 && scene_.has(at, kAnnounces)) call(body, end - 1);
        return;
      }
      if (!scene_.is(end, '"') && !scene_.is(end, 0x201C) && !scene_.is(end, 0x00AB)) continue;
      std::size_t word = end + 1;
      if (word < scene_.size() && scene_.folded(word) == "the") ++word;
      if (word + 1 >= scene_.size() || !scene_.token(word).is_word() || scene_.token(word + 1).is_word())
        return;
      if (scene_.token(word).all_capitals) {
        scene_.context.introduced[std::string(scene_.folded(word))] = body.id;
      } else {
        const auto spoken = scene_.context.spoken_of.find(body.id);
        if (spoken != scene_.context.spoken_of.end()) spoken->second.head = scene_.folded(word);
      }
      return;
    }
  }

  // Two organizations named side by side; three are no pair, and bodies of one family are none either.
  void note_pair(const Body& body) {
    const Entities& entities = scene_.lexicon.entities;
    if (body.known == kNoEntity) return;
    if (scene_.in_title) note_title(entities[body.known].top);
    const bool joined = last_organization_ != kNoEntity &&
                        entities[last_organization_].top != entities[body.known].top &&
                        body.first - last_end_ <= kNearTogether;
    run_ = joined ? run_ + 1 : 1;
    if (run_ == 2) {
      before_[0] = scene_.context.pair[0];
      before_[1] = scene_.context.pair[1];
      scene_.context.pair[0] = entities[last_organization_].id;
      scene_.context.pair[1] = entities[body.known].id;
    } else if (run_ == 3 && !before_[0].empty()) {
      scene_.context.pair[0] = before_[0];
      scene_.context.pair[1] = before_[1];
    }
    last_organization_ = body.known;
    last_end_ = body.end;
  }

  void note_title(EntityIndex top) {
    title_tops_.push_back(top);
    std::string(&pair)[2] = scene_.context.title_pair;
    std::sort(title_tops_.begin(), title_tops_.end());
    title_tops_.erase(std::unique(title_tops_.begin(), title_tops_.end()), title_tops_.end());
    if (title_tops_.size() > 2) {
      if (titled_here_) pair[0] = pair[1] = "";
    } else if (title_tops_.size() == 2 && pair[0].empty()) {
      titled_here_ = true;
      for (int each = 0; each < 2; ++each) pair[each] = scene_.lexicon.entities[title_tops_[each]].id;
    }
  }

  Scene& scene_;
  BodyFinder bodies_;
  ReferenceFinder references_;
  PaperFinder papers_;
  std::vector<Mention>& out_;
  std::uint32_t cover_ = 0;      // tokens before this one belong to a name already found
  std::uint32_t state_end_ = 0;  // those before this one to the name of a State
  std::uint32_t paper_end_ = 0;  // those before this one to the title of a paper
  std::uint32_t known_end_ = 0;  // tokens before this one belong to the name of a body of data/
  EntityIndex outer_ = kNoEntity;
  EntityIndex last_organization_ = kNoEntity;
  std::uint32_t last_end_ = 0;
  int run_ = 0;              // organizations named side by side up to here
  std::string before_[2]{};  // the pair before them
  std::vector<EntityIndex> title_tops_{};
  bool titled_here_ = false;
};

// The organization whose paper a symbol says this is: A/55/98 and S/RES/… are papers of the United Nations,
// PC.DEC/1117 of the OSCE, PSC/PR/COMM.(…) of the African Union.
std::string home_of(const std::vector<Mention>& symbols, const Lexicon& lexicon) {
  for (const Mention& symbol : symbols) {
    for (const std::string_view organ : {"A/", "S/", "E/", "ST/"}) {
      if (symbol.value.starts_with(organ) && lexicon.entities.find("UN")) return "UN";
    }
    for (const std::string_view organ :
         {"PC.DEC/", "MC.DEC/", "FSC.DEC/", "PC.JOUR/", "MC.DOC/", "PC.GAL/"}) {
      if (symbol.value.starts_with(organ) && lexicon.entities.find("OSCE")) return "OSCE";
    }
    for (const std::string_view organ : {"PSC/PR/", "PSC/AHG/", "PSC/MIN/", "Assembly/AU/", "EX.CL/"}) {
      if (symbol.value.starts_with(organ) && lexicon.entities.find("AU")) return "AU";
    }
    if (symbol.name.starts_with("Security Council") || symbol.name.starts_with("General Assembly"))
      return "UN";
  }
  return {};
}

// An office named right beside its holder's name is his title, not another mention of him: معاون وزير خارجية
// X behind السيد Y. A secretary-general is mentioned even so, behind the name.
void drop_titles(std::vector<Mention>& names, std::string_view text, Context& context) {
  constexpr std::uint32_t kBehind = 4;             // bytes: a comma and a blank
  constexpr std::uint32_t kBefore = 30;            // and an honorific
  std::map<std::uint32_t, std::uint32_t> persons;  // where a named person begins -> ends
  std::map<std::uint32_t, std::size_t> named;      // where a named person begins -> place in `names`
  for (std::size_t each = 0; each < names.size(); ++each) {
    const Mention& mention = names[each];
    if (mention.type == MentionType::person && mention.ref != RefClass::office) {
      persons.emplace(mention.place.range.begin, mention.place.range.end);
      named.emplace(mention.place.range.begin, each);
    }
  }
  const auto is_title = [&](const Mention& office) {
    if (office.type != MentionType::person || office.ref != RefClass::office) return false;
    const bool bare = office.name.find("Secretary-General") != std::string::npos;
    const document::TextRange range = office.place.range;
    const auto next = persons.lower_bound(range.begin);
    if (!bare && next != persons.begin()) {
      const std::uint32_t end = std::prev(next)->second;
      if (end <= range.begin && range.begin - end <= kBehind) {
        const std::size_t at = named.at(std::prev(next)->first);
        if (context.holders.size() < kMostIntroduced) context.holders[office.entities[0]] = names[at].name;
        return true;
      }
    }
    if (next == persons.end() || next->first < range.end || next->first - range.end > kBefore) return false;
    const std::string_view between = text.substr(range.end, next->first - range.end);
    return between.find_first_of(".;:()") == std::string_view::npos && (!bare || between.size() <= 1);
  };
  std::vector<Mention> kept;
  for (const Mention& mention : names) {
    if (is_title(mention)) continue;
    kept.push_back(mention);
    // The director of a body whom this document has named with that office.
    if (mention.type == MentionType::person && mention.ref == RefClass::office) {
      const auto holder = context.holders.find(mention.entities[0]);
      if (holder != context.holders.end()) kept.back().name = holder->second;
    }
  }
  names = std::move(kept);
}

// "The Security Council," alone: the body that speaks in all that follows.
bool opens_resolution(const TokenizedText& text) {
  constexpr std::size_t kMostTokens = 8;
  return !text.tokens.empty() && text.tokens.size() <= kMostTokens &&
         (text.tokens.back().is(',') || text.tokens.back().is(0x060C));
}

// Paragraph lengths differ; the break itself makes what was said before more distant.
constexpr std::uint64_t kWordsPerBreak = 10;

}  // namespace

void find_mentions(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon, Context& context) {
  if (document.section == 0) read_metadata(document, texts, lexicon);
  PhraseTable phrases;
  Focus focus(lexicon, context);
  if (context.home.empty()) context.home = document.metadata.issuer;
  std::vector<Mention> mentions;
  for (std::size_t each = 0; each < texts.size(); ++each) {
    const document::ParagraphKind kind = document.paragraphs[each].kind;
    phrases.fill(texts[each], lexicon);
    Scene scene{.text = texts[each],
                .phrases = phrases,
                .lexicon = lexicon,
                .context = context,
                .focus = focus,
                .paragraph = static_cast<std::uint32_t>(each),
                .in_title = kind == document::ParagraphKind::title ||
                            kind == document::ParagraphKind::heading || opens_resolution(texts[each])};
    mentions.clear();
    find_symbols(texts[each], scene.paragraph, lexicon, document.metadata, mentions);
    if (context.home.empty()) context.home = home_of(mentions, lexicon);
    std::vector<Mention> names;
    NameReader(scene, names).run();
    find_persons(scene, names);
    drop_titles(names, texts[each].text, context);
    find_titles(scene, mentions, names);
    find_short_documents(texts[each], scene.paragraph, lexicon, names);
    const std::size_t doubts = document.doubts.size();
    find_dates(texts[each], scene.paragraph, lexicon, document.metadata, mentions, document.doubts);
    for (std::size_t at = doubts; at < document.doubts.size(); ++at) {
      document::Doubt& doubt = document.doubts[at];
      doubt.raw = document::raw_spans(document.paragraphs[each], doubt.place.range);
    }
    find_amounts(texts[each], scene.paragraph, lexicon, mentions);
    std::move(names.begin(), names.end(), std::back_inserter(mentions));
    settle_overlaps(mentions);
    std::move(mentions.begin(), mentions.end(), std::back_inserter(document.mentions));
    context.position += kWordsPerBreak;
  }
  resolve_document_references(texts, lexicon, document.mentions);
}

}  // namespace mithaq::reader
