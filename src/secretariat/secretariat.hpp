// The state of the shared work, folded from the acts of the record: consultations, statuses, meetings, the
// fund.
//
// The same acts in the same order give the same state (a test folds them twice). Nothing here reads a clock
// or the store; service/convening.hpp keeps one of these for a process, as far as its record is, and lets one
// act be done at a time.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "secretariat/desk.hpp"
#include "secretariat/rule_texts.hpp"
#include "secretariat/standing.hpp"

namespace mithaq::secretariat {

struct Desks;  // secretariat/desks.hpp

class Secretariat {
 public:
  //   data    the folder data/
  //   throws  what reading its tables throws
  explicit Secretariat(const std::filesystem::path& data);
  ~Secretariat();
  Secretariat(const Secretariat&) = delete;
  Secretariat& operator=(const Secretariat&) = delete;

  // Folds one act of the record. What belongs to no desk, and a body that was erased, is passed over.
  //   json    of the ActBody
  //   throws  Error{corrupt} if an act of a desk cannot be read
  void enter(record::Seq seq, std::string_view type, std::string_view json);

  // Whether an act belongs here: "consultation.objected" does, "access.refused" does not.
  bool owns(std::string_view type) const;
  // Looks at an act. Its instant is not before last(): the caller sees to that.
  //   throws  Error{invalid_input} for an unknown type or wrong fields, Error{not_found} for an unknown
  //   subject
  Judgement judge(const Act& wanted) const;
  // What time and earlier acts bring by now.
  std::vector<Act> due(Instant now) const;
  std::optional<Instant> next_due() const;
  // The words of a rule that a refusal names.
  std::optional<RuleText> rule(std::string_view id) const;

  // The instant of the latest act; a clock that was set back does not go behind it.
  Instant last() const { return last_; }
  std::size_t acts_count() const { return acts_count_; }

  const Standing& standing() const { return standing_; }
  // For tests, which begin with a standing that no act of theirs brought; desks change it by
  // change_standing().
  Standing& standing() { return standing_; }
  const Desks& desks() const { return *desks_; }

  // What a delegation was told, oldest first.
  std::vector<const Notice*> notices_to(std::string_view delegation) const;
  const std::vector<Notice>& all_notices() const { return notices_; }
  // What it has to answer: what is not answered first, then by deadline.
  std::vector<Task> tasks_of(std::string_view delegation, Instant now) const;

 private:
  Desk* desk_of(std::string_view type) const;

  Standing standing_;
  RuleTexts rules_;  // that hold for every act
  std::unique_ptr<Desks> desks_;
  std::vector<Desk*> all_{};
  std::vector<Notice> notices_{};
  std::map<std::string, std::vector<std::size_t>, std::less<>> notices_to_{};  // places in notices_
  Instant last_{};
  std::size_t acts_count_ = 0;
};

// An act as the body of an entry, and back.
record::ActBody body_of(const Act& act);
//   throws  Error{corrupt}
Act act_of(std::string_view type, std::string_view json);

}  // namespace mithaq::secretariat
