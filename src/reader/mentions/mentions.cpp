#include "reader/mentions/mentions.hpp"

#include <algorithm>
#include <cmath>

#include "base/fold.hpp"
#include "reader/mentions/amounts.hpp"
#include "reader/mentions/bodies.hpp"
#include "reader/mentions/candidate.hpp"
#include "reader/mentions/dates.hpp"
#include "reader/mentions/focus.hpp"
#include "reader/mentions/names.hpp"
#include "reader/mentions/persons.hpp"
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

// The organizations, States, places, groups and offices of one paragraph, in the order of the text.
class NameReader {
 public:
  NameReader(Scene& scene, const std::vector<Mention>& symbols, std::vector<Mention>& out)
      : scene_(scene), bodies_(scene), references_(scene, bodies_), symbols_(symbols), out_(out) {}

  void run() {
    for (std::size_t token = 0; token < scene_.size(); ++token) {
      ++scene_.context.position;
      note_resolutions(scene_.token(token).begin);
      if (!scene_.token(token).is_word() && scene_.token(token).kind != TokenKind::number) continue;
      if (scene_.phrases.at(token).empty() && !scene_.token(token).capitalized && !is_resolution_word(token))
        continue;
      read(token);
    }
    note_resolutions(static_cast<std::uint32_t>(-1));
  }

 private:
  bool is_resolution_word(std::size_t token) const { return scene_.token(token).kind == TokenKind::arabic; }

  void read(std::size_t token) {
    const auto at = static_cast<std::uint32_t>(token);
    if (const auto group = references_.group_at(token)) {
      out_.push_back(group->mention);
      cover_ = std::max(cover_, group->end);
    }
    if (const auto office = references_.office_at(token)) {
      out_.push_back(office->mention);
      cover_ = std::max(cover_, office->end);
    }
    if (at >= cover_ || cover_ == 0) {
      if (const auto resolution = references_.resolution_at(token)) {
        out_.push_back(resolution->mention);
        return;
      }
    }
    std::optional<Body> body = bodies_.body_at(token);
    if (!body) body = bodies_.short_form_at(token, BodyFinder::Before::anything);
    const auto place = state_or_place_at(scene_, token);
    if (body && place && place->match.end >= body->end) body.reset();
    if (body) {
      add_body(*body);
    } else if (place) {
      add_place(*place);
    }
  }

  void add_place(const StateOrPlace& place) {
    const Entity& entity = scene_.lexicon.entities[place.entity];
    // Regions inside the name of a body (Europe in OSCE) are not spoken of.
    if (place.match.first < cover_ && entity.type == MentionType::place && entity.kind != "city" &&
        entity.kind != "disputed") {
      return;
    }
    out_.push_back({.type = entity.type,
                    .place = {scene_.paragraph,
                              {begin_of(scene_.text, place.match), scene_.token(place.match.end - 1).end}},
                    .entities = {entity.id},
                    .name = entity.name,
                    .ref = RefClass::name});
  }

  void add_body(const Body& body) {
    const bool nested = body.first < cover_;
    if (nested && (body.end > cover_ || (body.known != kNoEntity && body.known == outer_))) return;
    if (nested && body.end != cover_ && (body.known == kNoEntity || body.ref == RefClass::short_form)) return;
    out_.push_back({.type = MentionType::organization,
                    .place = {scene_.paragraph, {body.begin, scene_.token(body.end - 1).end}},
                    .entities = {body.id},
                    .name = body.name,
                    .ref = body.ref});
    if (body.known != kNoEntity) {
      scene_.focus.speak_of(body.known, scene_.in_title);
    } else {
      scene_.focus.speak_of(body.id, body.name, body.head);
    }
    if (nested) return;
    // A Latin owner at the start of a longer name stands inside it: OSCE in "OSCE Mission to Georgia".
    if (scene_.token(body.first).kind == TokenKind::latin) add_owner_at_start(body);
    cover_ = body.end;
    outer_ = body.known;
    introduce(body);
    note_pair(body);
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
    const Entity& entity = scene_.lexicon.entities[of->index];
    out_.push_back({.type = entity.type,
                    .place = {scene_.paragraph, {body.begin, scene_.token(best->end - 1).end}},
                    .entities = {entity.id},
                    .name = entity.name,
                    .ref = of->use == PhraseUse::acronym ? RefClass::acronym : RefClass::name});
  }

  // (PCSU), (hereinafter "the Centre"), (المشار إليها فيما بعد بـ"الأمانة"): from here on a name of the body.
  void introduce(const Body& body) {
    std::size_t at = body.end;
    if (!scene_.is(at, '(') || scene_.context.introduced.size() >= kMostIntroduced) return;
    ++at;
    if (at < scene_.size() && scene_.folded(at) == "the") ++at;
    if (at + 1 < scene_.size() && scene_.token(at).all_capitals && scene_.is(at + 1, ')')) {
      const std::string acronym(scene_.folded(at));
      if (acronym.size() <= kLongestAcronym) scene_.context.introduced[acronym] = body.id;
      return;
    }
    for (std::size_t end = at; end < scene_.size() && end < body.end + kNearAnnouncement; ++end) {
      if (scene_.is(end, ')')) return;
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

  void note_pair(const Body& body) {
    const Entities& entities = scene_.lexicon.entities;
    if (body.known == kNoEntity || entities[body.known].top != body.known || body.ref == RefClass::short_form)
      return;
    if (last_organization_ != kNoEntity && last_organization_ != body.known &&
        body.first - last_end_ <= kNearTogether) {
      scene_.context.pair[0] = entities[last_organization_].id;
      scene_.context.pair[1] = entities[body.known].id;
    }
    last_organization_ = body.known;
    last_end_ = body.end;
  }

  // Remembers the resolutions cited before a byte.
  void note_resolutions(std::uint32_t before) {
    for (; next_symbol_ < symbols_.size() && symbols_[next_symbol_].place.range.begin < before;
         ++next_symbol_) {
      const Mention& symbol = symbols_[next_symbol_];
      if (symbol.type == MentionType::document && symbol.ref == RefClass::name &&
          symbol.name.find("esolution") != std::string::npos) {
        scene_.context.resolution = symbol;
      }
    }
  }

  Scene& scene_;
  BodyFinder bodies_;
  ReferenceFinder references_;
  const std::vector<Mention>& symbols_;
  std::vector<Mention>& out_;
  std::size_t next_symbol_ = 0;
  std::uint32_t cover_ = 0;  // tokens before this one belong to a name already found
  EntityIndex outer_ = kNoEntity;
  EntityIndex last_organization_ = kNoEntity;
  std::uint32_t last_end_ = 0;
};

// Paragraph lengths differ; the break itself makes what was said before more distant.
constexpr std::uint64_t kWordsPerBreak = 10;

}  // namespace

void find_mentions(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon, Context& context) {
  PhraseTable phrases;
  Focus focus(lexicon, context);
  std::vector<Mention> mentions;
  for (std::size_t each = 0; each < texts.size(); ++each) {
    const document::ParagraphKind kind = document.paragraphs[each].kind;
    phrases.fill(texts[each], lexicon);
    Scene scene{
        .text = texts[each],
        .phrases = phrases,
        .lexicon = lexicon,
        .context = context,
        .focus = focus,
        .paragraph = static_cast<std::uint32_t>(each),
        .in_title = kind == document::ParagraphKind::title || kind == document::ParagraphKind::heading};
    mentions.clear();
    find_symbols(texts[each], scene.paragraph, lexicon, document.metadata, mentions);
    std::vector<Mention> names;
    NameReader(scene, mentions, names).run();
    find_persons(scene, names);
    find_titles(scene, mentions, names);
    find_dates(texts[each], scene.paragraph, lexicon, document.metadata, mentions, document.doubts);
    find_amounts(texts[each], scene.paragraph, lexicon, mentions);
    std::move(names.begin(), names.end(), std::back_inserter(mentions));
    settle_overlaps(mentions);
    std::move(mentions.begin(), mentions.end(), std::back_inserter(document.mentions));
    context.position += kWordsPerBreak;
  }
  resolve_document_references(texts, lexicon, document.mentions);
}

}  // namespace mithaq::reader
