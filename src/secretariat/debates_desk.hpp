// The desk that prepares debates and follows agenda items from one session to the next.
//
// The rules are in engines/debates; this desk finds out who presides (the meetings, or who opened the debate)
// and who is asked for a view at the instant (Standing). docs/partnership.md has the acts, debate.opened and
// on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/handling.hpp"
#include "engines/debates/debates.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"
#include "secretariat/names.hpp"

namespace mithaq::secretariat {

class DebatesDesk : public Desk {
 public:
  //   data    the folder data/
  //   throws  what reading its tables throws
  explicit DebatesDesk(const std::filesystem::path& data);
  DebatesDesk(const DebatesDesk&) = delete;
  DebatesDesk& operator=(const DebatesDesk&) = delete;

  std::string_view name() const override { return "debate"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::vector<Act> due(Instant now, const Secretariat& secretariat) const override;
  std::optional<Instant> next_due() const override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const debates::Calendar& calendar() const { return calendar_; }
  const debates::Book& book() const { return book_; }
  const Names& names() const { return names_; }
  const std::vector<HistoryLine>& history(std::string_view id) const { return history_.of(id); }
  // Who sees the debate: everybody who is signed in.
  document::Handling handling(const debates::Debate& about) const;
  // Who sees the views of States before it: those that were asked, and the presidency.
  document::Handling views_handling(const debates::Debate& about) const;
  // What the rules need to know of an act beside the debate.
  debates::Situation situation(const debates::Fact& fact, const Secretariat& secretariat) const;

 private:
  debates::Calendar calendar_;
  debates::Book book_;
  Names names_;
  Histories history_{};
  Instant last_{};  // of the acts folded so far: reminders that came before it went out or are over
};

}  // namespace mithaq::secretariat
