// The desk that keeps applications for a status: who is consulted, what became of the decision, and what a
// State is from the instant of adoption on.
//
// The rules of a case are in engines/partnership; this desk finds out what they need to know: who is entitled
// at the instant of an act (Standing), who chairs the body (the meetings), what became of a consultation.
// docs/partnership.md has the acts, application.received and on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "document/handling.hpp"
#include "engines/partnership/cases.hpp"
#include "engines/partnership/law.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"
#include "secretariat/names.hpp"

namespace mithaq::secretariat {

class PartnershipsDesk : public Desk {
 public:
  //   data    the folder data/
  //   throws  what reading its tables throws
  explicit PartnershipsDesk(const std::filesystem::path& data);
  PartnershipsDesk(const PartnershipsDesk&) = delete;
  PartnershipsDesk& operator=(const PartnershipsDesk&) = delete;

  std::string_view name() const override { return "application"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  void change_standing(const Act& act, Standing& standing) const override;
  std::vector<Act> due(Instant now, const Secretariat& secretariat) const override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const partnership::Law& law() const { return law_; }
  const partnership::Book& book() const { return book_; }
  const Names& names() const { return names_; }
  const std::vector<HistoryLine>& history(std::string_view id) const { return history_.of(id); }

  // What the title of a case says of its status: "Asian Partner for Co-operation".
  const partnership::Path& path_of(const partnership::Case& about) const;
  // Who sees the case: those that consider it, and the applicant.
  document::Handling handling(const partnership::Case& about) const;
  // Who sees what States say of the factors: those that consider it, and not the applicant.
  document::Handling assessments_handling(const partnership::Case& about) const;

  // What the rules need to know of an act beside the case.
  partnership::Situation situation(const partnership::Fact& fact, const Secretariat& secretariat) const;

 private:
  partnership::Law law_;
  partnership::Book book_;
  Names names_;
  Histories history_{};
  std::set<std::string, std::less<>> waiting_{};  // cases with a decision that may be adopted
};

// What became of a consultation.
partnership::Outcome outcome_of(const Secretariat& secretariat, std::string_view consultation);
// Whether a State holds the chair of a body at an instant.
bool chairs(const Secretariat& secretariat, std::string_view body, std::string_view state, Instant at);

}  // namespace mithaq::secretariat
