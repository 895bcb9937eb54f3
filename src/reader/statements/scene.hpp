// What a frame sees: one sentence, the lists of parties in it, and what the document said before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/statements/units.hpp"

namespace mithaq::reader {

// Parties named one after another: "the UN, the OSCE and the Council of Europe".
struct PartyList {
  std::uint32_t first = 0;  // unit of the first party
  std::uint32_t end = 0;    // one past the last
  bool oblique = false;     // stands behind a preposition: no subject
  bool addressed = false;   // stands behind ل, إلى, على | to, upon
  bool of = false;          // follows a noun that it belongs to: مكتب X، وكالات X
  bool paired = false;      // stands behind "with" or "between"
  bool said = false;        // stands behind a verb of saying
  bool governs = false;     // stands behind "the Government of": a State that acts, not a place
  bool states_only = true;
  std::vector<document::Party> parties{};
};

// A paper that obliges somebody, and who.
struct Instrument {
  std::string name{};
  document::Party owner{};  // the organization whose paper it is; an empty name if unknown
  std::uint32_t paragraph = 0;
  bool known() const { return !name.empty(); }
};

// What is carried from sentence to sentence and from paragraph to paragraph.
struct Flow {
  std::vector<document::Party> subject{};     // who acted last, in this paragraph
  document::Party main{};                     // the organization spoken of most in the document
  document::Party second{};                   // and the next
  std::vector<document::Party> pair{};        // who co-operated last
  bool pair_here = false;                     // they did so in this paragraph
  std::vector<document::Party> title_pair{};  // of a document on the co-operation between two
  std::vector<document::Party> many{};        // three or more organizations named together last
  std::vector<document::Party> two_sides{};   // of an agreement or a joint statement: الطرفان
  bool number_line = false;                   // the paragraph before was a number and nothing else
  document::Party issuer{};                   // "The Security Council," above operative paragraphs
  std::string own_paper{};                    // the resolution that this document is
  Instrument instrument{};                    // the paper spoken of last
  bool obligations_follow = false;            // "the resolution aims to:" stood before these items
  document::Party obligations_debtor{};
  std::vector<std::string> places{}, place_names{};  // of a heading or a fronted frame
  std::string time{};
};

struct Scene {
  const document::Document& document;
  const Triggers& triggers;
  const Themes& themes;
  const TokenizedText& text;
  const Units& units;
  std::uint32_t paragraph = 0;
  Sentence sentence{};
  bool first_sentence = false;
  bool heading = false;
  bool arabic = false;
  std::vector<PartyList> lists{};
  Flow* flow = nullptr;
  std::vector<document::Statement>* out = nullptr;

  const Unit& unit(std::uint32_t at) const { return units.units[at]; }
  const document::Mention& mention(std::uint32_t at) const { return document.mentions[unit(at).mention]; }
  std::string_view folded(std::uint32_t at) const {
    return text.folded_of(text.tokens[unit(at).first_token]);
  }
  bool is_document(std::uint32_t at) const {
    return unit(at).kind == Unit::Kind::mention && mention(at).type == document::MentionType::document;
  }
};

// parties.cpp

// Finds every list of parties of the sentence. Linear in its length.
void find_lists(Scene& scene);
bool is_party(const Scene& scene, std::uint32_t at);
// معها, معه: "with" and whom it means.
bool with_pronoun(const Scene& scene, std::uint32_t with);
bool is_and(const Scene& scene, std::uint32_t at);
// Whether an Arabic word has the form of a verb of the third person; a guess, for words that no table knows.
bool looks_like_arabic_verb(std::string_view folded);
// The list that starts at a unit or right behind it, past words like "both" or كل من.
//   reach  how many units may stand before it
const PartyList* list_after(const Scene& scene, std::uint32_t at, std::uint32_t reach);
// The same, but words that are cues of their own may not stand between.
const PartyList* list_behind(const Scene& scene, std::uint32_t at, std::uint32_t reach);
// The nearest list that ends at or before a unit.
const PartyList* list_before(const Scene& scene, std::uint32_t at, std::uint32_t reach);
// Whom "it", "they" or "them" at a unit means: the nearest of that number before it in the sentence, else who
// acted in the sentence before. English only; an empty list if nobody can be told.
PartyList pronoun_list(const Scene& scene, std::uint32_t at);
// The parties behind "with" at a unit; also through their staff: مع موظفي حقوق الإنسان في X.
const PartyList* list_with(const Scene& scene, std::uint32_t with);
// Who does what the cue at a unit says, when the other side is known; nothing if nobody can be found.
//   carried  set when it comes from an earlier sentence
std::vector<document::Party> find_actor(const Scene& scene, std::uint32_t cue, std::uint32_t first,
                                        std::uint32_t end, const std::vector<document::Party>& others,
                                        bool& carried);
bool same_party(const document::Party& one, const document::Party& other);
// One body is the other, or belongs to it: "OSCE.ODIHR" and "OSCE".
bool same_family(const document::Party& one, const document::Party& other);
void add_parties(std::vector<document::Party>& to, const std::vector<document::Party>& from,
                 document::PartyRole role);

// slots.cpp

// Fills themes, topic, place, time, modality, negation, instrument and confidence from the evidence and adds
// the statement.
//   first, end  units of the evidence
//   cue         the unit that speaks for the statement
document::Statement& emit(Scene& scene, document::StatementType type, std::uint32_t first, std::uint32_t end,
                          std::uint32_t cue, std::vector<document::Party> parties, std::string_view rule);
document::Modality modality_at(const Scene& scene, std::uint32_t cue);
bool negated_at(const Scene& scene, std::uint32_t cue);
// Where the clause that begins at a unit ends: at a comma before a new verb or relative, or with the
// sentence.
std::uint32_t clause_end(const Scene& scene, std::uint32_t from);

// One function for each family of frames; each looks at every cue of the sentence once.
void find_cooperation(Scene& scene);
void find_lead(Scene& scene);
void find_commitments(Scene& scene);
void find_other_statements(Scene& scene);

}  // namespace mithaq::reader
