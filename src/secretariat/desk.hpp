// One part of a secretariat's work: what may be done there, and what became of it.
//
// A desk judges an act that somebody wants to do and folds acts that were done. The rules are in the engine
// behind it; the desk puts together what the engine needs from the other desks (who is entitled, which
// meeting is open), so that engines do not know each other. What a desk holds is a function of the acts, in
// their order, and of data/.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "record/entry.hpp"

namespace mithaq::secretariat {

class Secretariat;
class Standing;

// An act with its fields, as it stands in an entry of the record.
struct Act {
  std::string type{};  // the desk's name, a dot, and what is done: "consultation.objected"
  acts::Stamp stamp{};
  nlohmann::json fields = nlohmann::json::object();  // of the kind of act; read by acts::read_fields

  // Behind the dot.
  std::string_view verb() const { return std::string_view(type).substr(type.find('.') + 1); }
};

// What a desk says of an act that somebody wants to do.
struct Judgement {
  std::optional<acts::Refusal> refusal{};
  // Accepted: the act, with what the desk found out itself (the entitled States, a number), then what follows
  // at once.
  std::vector<Act> acts{};

  static Judgement refused(std::string rule, std::string reason, bool forbidden = false) {
    return {.refusal =
                acts::Refusal{.rule = std::move(rule), .reason = std::move(reason), .forbidden = forbidden}};
  }
};

// The words of a rule that an act was held against.
struct RuleText {
  std::string quote{};
  std::string source{};
  acts::Words quotes{};  // by language, where data/ has it in several
};

// What a delegation is told. Made by the fold, so that there is exactly one for each delegation and act.
struct Notice {
  std::string delegation{};  // to whom: a State or an organization
  record::Seq entry = 0;     // the act that it is about
  Instant at{};
  std::string kind{};     // the type of the act
  std::string subject{};  // id of the consultation, the meeting …
  acts::Words title{};    // of the subject
  std::string
      said{};  // what happened and what can be done now, in a sentence, in English (data/messages.tsv)
  std::optional<Instant> deadline{};
};

// What a delegation has to answer, and before when.
struct Task {
  std::string kind{};     // "consultation", "factors", "invitation", "nomination", "exchange", "views", …
  std::string subject{};  // id of what it is about
  acts::Words title{};
  std::string said{};  // what is asked, in a sentence, in English
  std::optional<Instant> deadline{};
  std::string zone{};  // in which the deadline was said, "Europe/Vienna"
  bool done = false;   // the delegation has answered; it may still change its answer
};

class Desk {
 public:
  virtual ~Desk() = default;

  // The first part of the types of its acts: "consultation".
  virtual std::string_view name() const = 0;

  // Looks at an act without doing it. Its stamp is complete.
  //   throws  Error{invalid_input} if the fields are not such an act's; Error{not_found} for an unknown
  //           subject; as acts::NoAct where a rule says more than acts/form and acts/subject do
  virtual Judgement judge(const Act& wanted, const Secretariat& secretariat) const = 0;

  // Folds an act that stands in the record; it was judged before. `seq` is its entry.
  virtual void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) = 0;

  // What an act that was just entered changes in what States are: a status is granted or ends.
  virtual void change_standing(const Act& act, Standing& standing) const;

  // What time alone brings by now, or what acts of other desks bring: the end of a silence period, a status
  // that follows from a decision. Asked after every act and whenever next_due() has come; each is judged as
  // any other act.
  virtual std::vector<Act> due(Instant now, const Secretariat& secretariat) const;
  // When due() has something next, as far as known.
  virtual std::optional<Instant> next_due() const;

  // The words of a rule of this desk, by the id that its refusals name.
  virtual std::optional<RuleText> rule(std::string_view id) const;
  // What delegations are told of an act that was just folded.
  virtual std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const;
  // What a delegation has to answer.
  virtual std::vector<Task> tasks(std::string_view delegation, Instant now,
                                  const Secretariat& secretariat) const;
};

}  // namespace mithaq::secretariat
