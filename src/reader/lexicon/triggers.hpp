// The words that carry a statement: who cooperates, leads, decides, asks, must; and the small words between.
//
// Tables data/languages/<language>/{triggers,frames,modality,status_words,negation}.tsv, all with the columns
// cue, kind, forms, modality, status, source (docs/statements.md lists the cues). Every written form, with
// the particles that Arabic writes onto it, is expanded here once, so that finding a cue costs one look-up a
// word.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "document/finding.hpp"
#include "reader/text/token_trie.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

// What a word or phrase does in a sentence. A phrase may have several.
enum class Signal : std::uint8_t {
  // grammar
  with,          // مع | with
  between,       // بين | between, among
  and_also,      // فضلا عن | as well as
  such_as,       // مثل | such as
  by,            // من قبل | by
  each_of,       // كل من | both, the Government of: passes over to the party behind
  preposition,   // في من إلى | in, from, to
  to,            // إلى | to
  that,          // أن | that, to
  relative,      // التي | which
  clause_break,  // في حين | while
  said,          // أشار إلى أن | noted that: what follows has a subject of its own
  possessive,    // its, their
  copula,        // تكون | be
  // cooperation
  cooperation_noun,
  relation_noun,  // weak: contacts, relations; needs between or with
  cooperation_verb,
  jointly,             // معا، بصفة مشتركة | jointly
  joint_adjective,     // مشترك | joint
  act_verb,            // نظم، أنشأ | organized: joint when two bodies are its subject
  support_verb,        // دعم، ساعد | supported
  participation_verb,  // شارك في | took part in
  participation_noun,
  give_verb,  // قدم، عين | with given_noun: قدمت X المساعدة إلى Y, عينت X ممثلا لدى Y
  given_noun,       // المساعدة، موظفين
  help_noun,        // بوسع X مساعدة Y
  brings_together,  // يضم X وY: of a body or a meeting
  directly_with,    // بدعم من، توزيعه على | supported by: the other party stands right behind
  // lead
  lead_role,
  lead_adjective,  // دور X القيادي
  led_by,          // برئاسة | chaired by
  lead_verb,
  chair_noun,      // رئاسته
  responsibility,  // المسؤولية الأولى | primary responsibility
  // commitment
  request,          // طلب إلى | requests
  decision,         // قرر | decides
  modal,            // ينبغي | should
  pledge,           // التزم | undertakes
  pledge_noun,      // التزام | commitment
  necessity,        // ضرورة قيام | need for X to
  call_noun,        // توصية إلى | recommendation to
  provides,         // القرار ينص على | the resolution provides for
  aims,             // يهدف إلى | aims to
  mandates,         // يمنح تفويضا | gives a mandate
  role_for,         // حدد دورا ل | assigns a role to
  task_noun,        // مهمة | task
  steps_noun,       // خطوات | steps: a list of obligations follows
  implementation,   // تنفيذ | implementation
  operative_other,  // يرحب | welcomes: operative, obliges nobody
  preambular,       // وإذ يشير | recalling
  action_noun,      // إنشاء، عقد | establishing: masdars that name what is to be done
  obliged,          // كما هو متوقع في | as provided for in: what stands before is the obligation
  // mood
  future,
  proposal,
  recommendation,
  need,
  possibility,
  past,
  negation,
  // status of a commitment
  status,
  // other frames
  membership_verb,
  membership_noun,
  signing,  // وقع، اعتمد، دخل حيز النفاذ
  deployment_verb,
  meeting_verb,
  meeting_noun,
  established_by,
  claim_verb,
  incident,  // هجوم، قصف | clash, shelling, were abducted
  casualty,  // مقتل | killed, dead
  count
};

// A set of cues.
struct CueSet {
  std::array<std::uint64_t, 2> bits{};
  bool has(Signal cue) const {
    return (bits[static_cast<unsigned>(cue) / 64] >> (static_cast<unsigned>(cue) % 64)) & 1u;
  }
  void add(Signal cue) {
    bits[static_cast<unsigned>(cue) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(cue) % 64);
  }
  void add(const CueSet& other) {
    bits[0] |= other.bits[0];
    bits[1] |= other.bits[1];
  }
  bool any() const { return (bits[0] | bits[1]) != 0; }
};
static_assert(static_cast<unsigned>(Signal::count) <= 128);

// One written form of a phrase, with its particles taken into account.
struct CueForm {
  CueSet cues{};
  bool conjunction = false;  // و or ف is written onto it
  char preposition = 0;      // 'b', 'l' or 'k': ب ل ك is written onto it
  bool future = false;       // س is written onto it
  bool pronoun = false;      // a possessive or object pronoun is written onto its end: تعاونها
  std::optional<document::Modality> modality{};
  std::optional<document::CommitmentStatus> status{};
};

// A noun for parties without a name ("regional organizations"), or a word that describes one.
struct PartyWord {
  // head: a plural noun; named: one that says enough alone; adjective, other, tail: words around it; pair:
  // the two parties of the document; these: the three or more organizations named together last
  enum class Kind : std::uint8_t { head, named, adjective, other, tail, pair, these } kind = Kind::head;
  bool conjunction = false;
  char preposition = 0;
  std::uint32_t english = 0;  // index into Triggers::english
};

struct Triggers {
  TokenTrie phrases;
  std::vector<CueForm> forms;  // by payload of `phrases`

  TokenTrie party_phrases;
  std::vector<PartyWord> party_words;  // by payload of `party_phrases`
  std::vector<std::string> english;

  // Reads the tables of every language that has them; words join the vocabulary.
  //   throws  Error{invalid_input} naming the file and line of an unknown cue or kind
  static Triggers load(const std::filesystem::path& data_folder, Vocabulary& vocabulary);
};

// The name of a cue in the tables ("cooperation_noun"), and back.
std::optional<Signal> cue_named(std::string_view name);

}  // namespace mithaq::reader
