// The desk of funds: who may book what, numbers of pledges and projects, and what contributors and
// beneficiaries are told.
//
// The rules of the books are in engines/fund. The secretariat keeps them; a State, Partners among them, says
// itself what it pledges.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engines/fund/book.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"
#include "secretariat/rule_texts.hpp"

namespace mithaq::secretariat {

class FundDesk : public Desk {
 public:
  //   data  the folder data/
  explicit FundDesk(const std::filesystem::path& data);
  FundDesk(const FundDesk&) = delete;  // its books point to its tables
  FundDesk& operator=(const FundDesk&) = delete;

  std::string_view name() const override { return "fund"; }
  Judgement judge(const Act& wanted, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  // The funds by id, which is their series: "PF".
  const std::map<std::string, fund::Book, std::less<>>& books() const { return books_; }
  // The book that a subject (a fund, a pledge, a project) belongs to; of no subject, that of the only fund.
  // Null if there is none.
  const fund::Book* book_of(std::string_view subject) const;
  const fund::Currencies& currencies() const { return currencies_; }
  const fund::Chart& chart() const { return chart_; }

  // The acts about a subject, oldest first.
  const std::vector<HistoryLine>& history(std::string_view subject) const { return history_.of(subject); }

  // Who sees the accounts and the pledges of a fund: what its opening says, else the holders of any status of
  // its organization. A project is for everybody unless its opening says otherwise: its sheet is public.
  document::Handling handling_of(const fund::Book& book, const Secretariat& secretariat) const;
  document::Handling handling_of(const fund::Project& project) const { return project.said.handling; }

 private:
  std::string next_id(const fund::Book& book, bool project, Instant at) const;
  // A table of contributions, whole or not at all (engines/fund/contributions.hpp).
  Judgement judge_table(const Act& wanted, const Secretariat& secretariat) const;
  // The rule by which this actor may not do such an act, whatever the books say.
  std::optional<acts::Refusal> may(const Act& wanted, const fund::Fact& fact, const fund::Book* book,
                                   const Secretariat& secretariat) const;
  // What the act names beside the books: themes, States, organizations, nominations.
  //   throws  Error{invalid_input} naming what is not known
  void check_names(const fund::Fact& fact, const Secretariat& secretariat) const;

  fund::Currencies currencies_;
  fund::Chart chart_;
  RuleTexts rules_;
  std::set<std::string, std::less<>> themes_{}, states_{}, organizations_{};
  std::map<std::string, fund::Book, std::less<>> books_{};
  Histories history_{};
};

}  // namespace mithaq::secretariat
