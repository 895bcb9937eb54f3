#include "reader/statements/statements.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::Document;
using document::Mention;
using document::MentionType;
using document::ParagraphKind;
using document::Party;
using document::RefClass;
using document::Statement;
using document::StatementType;

// The two organizations that a document speaks of most: who acts when a sentence leaves the actor out. The
// one whose paper it is comes first, if it is spoken of at all.
//   home  its id; empty if unknown
std::array<Party, 2> main_organizations(const Document& document, const std::string& home) {
  std::unordered_map<std::string_view, std::uint32_t> counts;
  std::array<const Mention*, 2> best{};
  const Mention* own = nullptr;
  for (const Mention& mention : document.mentions) {
    if (mention.type != MentionType::organization || mention.ref == RefClass::pair || mention.name.empty())
      continue;
    const std::uint32_t count = ++counts[mention.name];
    if (count < 3) continue;
    if (own == nullptr && !mention.entities.empty() && mention.entities.front() == home) own = &mention;
    if (best[0] == nullptr || mention.name == best[0]->name) {
      best[0] = &mention;
    } else if (count > counts[best[0]->name]) {
      best[1] = best[0];
      best[0] = &mention;
    } else if (best[1] == nullptr || count > counts[best[1]->name]) {
      best[1] = &mention;
    }
  }
  if (own != nullptr && best[0]->name != own->name) best = {own, best[0]};
  std::array<Party, 2> parties;
  for (std::size_t each = 0; each < 2; ++each) {
    if (best[each] == nullptr) continue;
    parties[each].name = best[each]->name;
    if (!best[each]->entities.empty()) parties[each].entity = best[each]->entities.front();
  }
  return parties;
}

// Whose papers the document names: by the acronym or the name that a paper's name starts with.
class Owners {
 public:
  explicit Owners(const Document& document) {
    for (const Mention& mention : document.mentions) {
      if (mention.type != MentionType::organization || mention.ref == RefClass::pair || mention.name.empty())
        continue;
      Party owner{.entity = mention.entities.empty() ? std::string{} : mention.entities.front(),
                  .name = mention.name};
      if (!owner.entity.empty()) by_key_.try_emplace(owner.entity, owner);
      by_key_.try_emplace(mention.name, owner);
    }
  }

  // "OIC resolution 53/45-POL" is the OIC's; "Security Council resolution 1244 (1999)" the Security
  // Council's.
  Party owner_of(std::string_view paper) const {
    for (std::size_t cut = paper.find(' '); cut != std::string_view::npos && cut < 80;
         cut = paper.find(' ', cut + 1)) {
      const std::string key(paper.substr(0, cut));
      for (const std::string& each : {key, "United Nations " + key}) {
        if (const auto found = by_key_.find(each); found != by_key_.end()) return found->second;
      }
    }
    return {};
  }

 private:
  std::unordered_map<std::string, Party> by_key_;
};

class Finder {
 public:
  Finder(Document& document, const std::vector<TokenizedText>& texts, const Lexicon& lexicon,
         const Context& context)
      : document_(document), texts_(texts), lexicon_(lexicon), home_(context.home), owners_(document) {}

  void run() {
    const auto main = main_organizations(document_, home_);
    flow_.main = main[0];
    flow_.second = main[1];
    std::size_t next = 0;
    for (std::uint32_t each = 0; each < document_.paragraphs.size(); ++each) {
      outer_.clear();
      while (next < document_.mentions.size() && document_.mentions[next].place.paragraph < each) ++next;
      std::uint32_t end = 0;
      for (; next < document_.mentions.size() && document_.mentions[next].place.paragraph == each; ++next) {
        const Mention& mention = document_.mentions[next];
        if (mention.nested || mention.place.range.begin < end) continue;
        end = mention.place.range.end;
        outer_.push_back(static_cast<std::uint32_t>(next));
      }
      read_paragraph(each);
    }
    document_.statements = std::move(found_);
  }

 private:
  void read_paragraph(std::uint32_t each) {
    const ParagraphKind kind = document_.paragraphs[each].kind;
    if (kind == ParagraphKind::furniture) return;
    cut_into_units(document_, outer_, texts_[each], lexicon_.triggers, units_);
    flow_.subject.clear();
    // A new paragraph speaks of the document's own pair until it names another.
    flow_.pair = flow_.title_pair;
    flow_.pair_here = false;
    if (flow_.pair.empty() && !flow_.main.name.empty() && !flow_.second.name.empty())
      flow_.pair = {flow_.main, flow_.second};
    flow_.places.clear();
    flow_.place_names.clear();
    flow_.time.clear();
    Scene scene{document_, lexicon_.triggers, lexicon_.themes, texts_[each], units_};
    scene.paragraph = each;
    scene.heading = kind == ParagraphKind::title || kind == ParagraphKind::heading;
    scene.arabic = units_.arabic;
    scene.flow = &flow_;
    scene.out = &found_;
    for (std::size_t sentence = 0; sentence < units_.sentences.size(); ++sentence) {
      scene.sentence = units_.sentences[sentence];
      scene.first_sentence = sentence == 0;
      find_lists(scene);
      notice_two_sides(scene);
      notice_frame(scene);
      notice_instrument(scene);
      const std::size_t before = found_.size();
      find_commitments(scene);
      find_lead(scene);
      const std::size_t middle = found_.size();
      find_cooperation(scene);
      merge(before, middle);
      find_other_statements(scene);
      remember_subject(scene);
    }
    notice_issuer(scene, each);
    flow_.number_line = std::all_of(units_.units.begin(), units_.units.end(), [](const Unit& unit) {
      return unit.kind == Unit::Kind::number || unit.kind == Unit::Kind::mark;
    });
  }

  // "The Security Council," alone above the paragraphs that it adopts.
  void notice_issuer(const Scene& scene, std::uint32_t each) {
    if (scene.lists.empty() || units_.sentences.size() != 1) return;
    const PartyList& list = scene.lists.front();
    if (list.parties.size() != 1 || list.first > 2 || units_.units.size() > list.end + 1) return;
    if (!units_.units.back().is_comma()) return;
    flow_.issuer = list.parties.front();
    // The paper named above is this one: its own, or the first of the body that adopts it.
    flow_.own_paper = document_.metadata.symbol;
    for (const Mention& mention : document_.mentions) {
      if (!flow_.own_paper.empty() || mention.place.paragraph >= each || mention.place.paragraph > 40) break;
      if (mention.type == MentionType::document && same_party(owners_.owner_of(mention.name), flow_.issuer)) {
        flow_.own_paper = mention.name;
      }
    }
  }

  // An agreement or a joint statement names its two sides at its head: بين حكومة X وحكومة Y.
  void notice_two_sides(const Scene& scene) {
    if (scene.heading && flow_.title_pair.empty() && scene.paragraph < 30) {
      for (const PartyList& list : scene.lists) {
        if (list.paired && list.parties.size() == 2 && !list.states_only) flow_.title_pair = list.parties;
      }
    }
    if (!flow_.two_sides.empty() || scene.paragraph > 12) return;
    for (const PartyList& list : scene.lists) {
      if (list.parties.size() != 2) continue;
      flow_.two_sides = list.parties;
      return;
    }
  }

  // A fronted frame sets place and time until the next one: وفي ألبانيا، "In Albania,"
  void notice_frame(Scene& scene) {
    const std::uint32_t first = scene.sentence.first;
    std::uint32_t at = first;
    bool frame = false;
    std::vector<std::string> places, names;
    std::string time;
    for (; at < std::min(scene.sentence.end, first + 8); ++at) {
      const Unit& unit = scene.unit(at);
      if (at == first) {
        const std::string_view word = scene.folded(at);
        if (unit.kind != Unit::Kind::word || !(unit.is(Signal::preposition) || word == "وفي")) return;
      }
      if (unit.is_comma()) {
        frame = true;
        break;
      }
      if (unit.kind != Unit::Kind::mention) continue;
      const Mention& mention = scene.mention(at);
      if (mention.type == MentionType::date) time = mention.value.empty() ? mention.name : mention.value;
      if (mention.type == MentionType::place ||
          (mention.type == MentionType::state && mention.ref != RefClass::group)) {
        places.push_back(mention.entities.empty() ? std::string{} : mention.entities.front());
        names.push_back(mention.name);
      } else if (mention.type == MentionType::organization) {
        return;
      }
    }
    // In Arabic the place may stand before the verb without a comma.
    if (!frame && !(scene.arabic && !names.empty())) return;
    if (!names.empty()) {
      flow_.places = std::move(places);
      flow_.place_names = std::move(names);
    }
    if (!time.empty()) flow_.time = std::move(time);
  }

  void notice_instrument(const Scene& scene) {
    for (std::uint32_t at = scene.sentence.first; at < scene.sentence.end; ++at) {
      if (!scene.is_document(at)) continue;
      const Mention& paper = scene.mention(at);
      if (paper.ref == RefClass::planned || paper.ref == RefClass::title || paper.name.empty()) continue;
      Party owner = owners_.owner_of(paper.name);
      // "the Agreement" is nobody's decision.
      const bool taken_up =
          paper.ref == document::RefClass::short_form || paper.ref == document::RefClass::acronym;
      if (taken_up && owner.name.empty() && flow_.instrument.name != paper.name) continue;
      flow_.instrument.paragraph = scene.paragraph;
      if (flow_.instrument.name == paper.name) continue;
      flow_.instrument.name = paper.name;
      if (!owner.name.empty() || paper.ref == RefClass::name) flow_.instrument.owner = std::move(owner);
    }
  }

  void remember_subject(const Scene& scene) {
    for (const PartyList& list : scene.lists) {
      if (list.parties.size() >= 3 && !list.states_only) {
        // بين X وA وB وC: X is the one side, the three are the other.
        const bool sides = list.paired && list.parties.size() >= 4;
        flow_.many.assign(list.parties.begin() + (sides ? 1 : 0), list.parties.end());
      }
      if (list.parties.size() != 2 || list.states_only) continue;
      flow_.pair = list.parties;
      flow_.pair_here = true;
    }
    // The first party of the sentence that is no oblique is what the next sentence speaks of.
    for (const PartyList& list : scene.lists) {
      if (list.oblique || list.states_only) continue;
      flow_.subject = list.parties;
      return;
    }
  }

  static bool covers(const std::vector<Party>& all, const std::vector<Party>& some) {
    return std::all_of(some.begin(), some.end(), [&](const Party& party) {
      return std::any_of(all.begin(), all.end(), [&](const Party& has) { return same_party(has, party); });
    });
  }

  // Drops what says the same twice: co-operation inside an obligation, and the same parties in one stretch.
  //   first   the sentence's first statement; `middle` its first co-operation
  void merge(std::size_t first, std::size_t middle) {
    std::vector<bool> drop(found_.size() - first, false);
    for (std::size_t each = first; each < found_.size(); ++each) {
      for (std::size_t other = first; other < found_.size(); ++other) {
        if (each == other || drop[each - first] || drop[other - first]) continue;
        const Statement &one = found_[each], &two = found_[other];
        const auto &range = one.evidence.range, &wider = two.evidence.range;
        if (!range.overlaps(wider)) continue;
        const bool obligation = each >= middle && two.type == StatementType::commitment;
        if (obligation) {
          const std::uint32_t shared = std::min(range.end, wider.end) - std::max(range.begin, wider.begin);
          // "requests X, in consultation with Y, to": Y owes nothing, so that it is told apart.
          const bool beside = one.rule == "in cooperation with" && !covers(two.parties, one.parties);
          if (shared * 2 >= range.size() && !beside) drop[each - first] = true;
          continue;
        }
        if (one.type != two.type) continue;
        if (covers(two.parties, one.parties) && (one.parties.size() < two.parties.size() || each > other)) {
          if (one.type == StatementType::commitment && !wider.contains(range)) continue;
          drop[each - first] = true;
        }
      }
    }
    std::size_t kept = first;
    for (std::size_t each = first; each < found_.size(); ++each) {
      if (drop[each - first]) continue;
      if (kept != each) found_[kept] = std::move(found_[each]);
      ++kept;
    }
    found_.resize(kept);
  }

  Document& document_;
  const std::vector<TokenizedText>& texts_;
  const Lexicon& lexicon_;
  const std::string& home_;
  const Owners owners_;
  Units units_;
  Flow flow_;
  std::vector<std::uint32_t> outer_;
  std::vector<Statement> found_;
};

}  // namespace

void find_statements(document::Document& document, const std::vector<TokenizedText>& texts,
                     const Lexicon& lexicon, Context& context) {
  Finder(document, texts, lexicon, context).run();
}

}  // namespace mithaq::reader
