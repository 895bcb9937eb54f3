// The desk of meetings: plans, invitations computed from what States are at the instant, chairs, and what
// happens in each meeting.
//
// The rules are engines/meetings. Other desks ask here who chairs a body at an instant, and which meeting is
// which.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/meetings/bodies.hpp"
#include "engines/meetings/book.hpp"
#include "engines/meetings/calendar.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"

namespace mithaq::secretariat {

class MeetingsDesk final : public Desk {
 public:
  //   data    the folder data/
  //   throws  what reading its tables throws
  explicit MeetingsDesk(const std::filesystem::path& data);

  std::string_view name() const override { return "meeting"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const meetings::Bodies& bodies() const { return tables_->bodies; }
  const meetings::Calendar& calendar() const { return tables_->calendar; }
  const meetings::Conduct& conduct() const { return tables_->conduct; }
  const meetings::Book& book() const { return book_; }
  // What a rule set of data/procedure is called; empty if there is none.
  acts::Words rule_set_name(std::string_view id) const;
  const meetings::Meeting* meeting(std::string_view id) const { return book_.find(id); }

  // The State that chairs a body at an instant, on the day that it is then in the body's zone: who was named
  // by an act, else who follows from the tables. Where two chair together, the first.
  //   example  chair_of("OSCE_MED", 2026-03-05T11:00Z) is "CYP"
  std::optional<std::string> chair_of(std::string_view body, Instant at) const;
  std::vector<meetings::Chair> chairs_of(std::string_view body, Instant at) const;
  bool is_chair(std::string_view body, std::string_view state, Instant at) const;
  // The day in a body's zone.
  meetings::Day day_in(std::string_view body, Instant at) const;

  // Who is invited by status to a body's meeting at an instant: members first, each in the French
  // alphabetical order in which delegations sit.
  std::vector<meetings::Invitee> invitees(const meetings::Body& body, Instant at,
                                          const Secretariat& secretariat) const;
  // What the rules ask of one who acts.
  meetings::Asker asker(const meetings::Body& body, std::string_view delegation, Instant at,
                        const Secretariat& secretariat) const;

  // An act of a meeting with its entry, for its history.
  const std::vector<HistoryLine>& history(std::string_view meeting) const { return history_.of(meeting); }
  // The meetings of a body or of all, by beginning; cancelled ones too.
  std::vector<const meetings::Meeting*> between(Instant from, Instant to, std::string_view body = {}) const;

 private:
  struct Tables {
    meetings::Bodies bodies;
    meetings::Calendar calendar;
    meetings::Conduct conduct;
    std::map<std::string, std::size_t, std::less<>> seats;      // States in the French alphabetical order
    std::map<std::string, bool, std::less<>> parties;           // States and organizations that there are
    std::map<std::string, acts::Words, std::less<>> rule_sets;  // their names
  };
  static std::unique_ptr<const Tables> tables_of(const std::filesystem::path& data);

  // What the desk itself finds out for a fact; why it cannot.
  struct Filling;

  std::unique_ptr<const Tables> tables_;
  meetings::Book book_;
  Histories history_{};
  std::vector<std::string> invited_now_{};  // by the act that was entered last: who was not invited before
};

}  // namespace mithaq::secretariat
