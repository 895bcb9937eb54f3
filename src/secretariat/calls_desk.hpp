// The desk of calls: who may nominate, choose and report, numbers of calls and nominations, deadlines in the
// zone in which they were said, and what States are asked.
//
// The rules are in engines/selection. Calls are for sponsored participants, placements of young diplomats and
// secondments.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/selection/calls.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"
#include "secretariat/rule_texts.hpp"

namespace mithaq::secretariat {

class CallsDesk : public Desk {
 public:
  //   data  the folder data/
  explicit CallsDesk(const std::filesystem::path& data);

  std::string_view name() const override { return "call"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const selection::Calls& calls() const { return calls_; }
  // The call and the number of a nomination named "CALL-2026-001/3"; null if there is none.
  const selection::Nomination* nomination(std::string_view named) const;

  // The acts about a call, oldest first. The act that names a person is kept without its fields: who may see
  // them is asked where they are shown.
  const std::vector<HistoryLine>& history(std::string_view call) const { return history_.of(call); }

  // The States that may nominate now.
  std::vector<std::string> eligible(const selection::Call& call, Instant at,
                                    const Secretariat& secretariat) const;
  // Who sees a call: what its opening says, else whom it is open to.
  static document::Handling handling_of(const selection::Call& call);

 private:
  selection::Calls calls_{};
  RuleTexts rules_;
  Histories history_{};
};

// The report that a State owes on a nominee who returned has not come.
bool owes_report(const selection::Call& call, const selection::Nomination& nomination);

}  // namespace mithaq::secretariat
