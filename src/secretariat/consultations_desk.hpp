// The desk of consultations: every decision from its draft to its number, by the rules of its body.
//
// The rules are engines/procedure. The desk finds out what a rule asks for and the engine cannot know: who is
// entitled at the instant at which the item opens, whose the Chair is, whether the meeting is open, which
// instant a local time means.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/procedure/book.hpp"
#include "secretariat/desk.hpp"

namespace mithaq::secretariat {

class ConsultationsDesk final : public Desk {
 public:
  //   data    the folder data/
  //   throws  what reading its tables throws
  explicit ConsultationsDesk(const std::filesystem::path& data);

  std::string_view name() const override { return "consultation"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Act> due(Instant now, const Secretariat& secretariat) const override;
  std::optional<Instant> next_due() const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const procedure::Book& book() const { return book_; }
  //   returns  nullptr if there is no such consultation
  const procedure::Case* find(std::string_view id) const { return book_.find(id); }
  // The entries of its history, one for each of Case::history.
  const std::vector<record::Seq>& entries(std::string_view id) const;
  // Whether a State holds the chair of the body that decides, at an instant.
  bool is_chair(const procedure::Case& item, std::string_view state, Instant at,
                const Secretariat& secretariat) const;

 private:
  // Puts into a fact what the desk finds out.
  //   returns  why that cannot be
  std::optional<acts::Refusal> fill_in(procedure::Fact& fact, const Secretariat& secretariat) const;
  std::optional<acts::Refusal> fill_in_opening(procedure::Fact& fact, const Secretariat& secretariat) const;
  std::string new_id(const procedure::Fact& opening, std::string_view prefix) const;

  procedure::Book book_;
  std::map<std::string, std::vector<record::Seq>, std::less<>> entries_{};
  std::map<std::string, int, std::less<>> ids_{};  // how many there are of a prefix and year
  // Whether the act that was entered last decided the matter: broke silence, or adopted.
  bool decided_now_ = false;
};

}  // namespace mithaq::secretariat
