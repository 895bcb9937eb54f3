// The desk of exchanges: information sent each year, corrections, questions, visits and inspections.
//
// The rules are in engines/exchanges; the desk says who holds which status at the instant of an act, gives
// visits their ids and papers their handling, and tells States what they have to send and to answer.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engines/exchanges/book.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"

namespace mithaq::secretariat {

class ExchangesDesk : public Desk {
 public:
  //   data  the folder data/
  explicit ExchangesDesk(const std::filesystem::path& data);
  ExchangesDesk(const ExchangesDesk&) = delete;  // its book points to its rules
  ExchangesDesk& operator=(const ExchangesDesk&) = delete;

  std::string_view name() const override { return "exchange"; }
  Judgement judge(const Act& asked, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::vector<Act> due(Instant now, const Secretariat& secretariat) const override;
  std::optional<Instant> next_due() const override { return book_.next_due(); }
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;
  std::vector<Task> tasks(std::string_view delegation, Instant now,
                          const Secretariat& secretariat) const override;

  const exchanges::Rules& rules() const { return rules_; }
  const exchanges::Book& book() const { return book_; }

  // The acts of a subject, a round or a visit, oldest first: what happened, for whom, by whom.
  const std::vector<HistoryLine>& history(std::string_view subject) const { return history_.of(subject); }

  // "Annual exchange of military information 2026" in every language.
  acts::Words title_of(std::string_view subject) const;
  // Who sees a round's papers, or a visit, where nobody said anything else.
  document::Handling handling_of(std::string_view subject, std::string_view originator) const;

 private:
  exchanges::Rules rules_;
  exchanges::Book book_;
  Histories history_{};
};

}  // namespace mithaq::secretariat
