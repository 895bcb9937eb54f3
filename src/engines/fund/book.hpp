// The books of one fund: what was pledged, received, allotted and spent, and what may be done next.
//
// judge() says whether an act may be done; enter() folds one that was. Every sum that is told stands on the
// ledger (ledger.hpp), where it can be added up again. There is no clock and no store here; currencies and
// accounts are tables of data/fund.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/fund/facts.hpp"
#include "engines/fund/ledger.hpp"

namespace mithaq::fund {

struct Pledge {
  std::string id{};
  Pledged said{};  // as it was first made
  Instant at{};
  std::uint64_t entry = 0;
};

// A payment of a project, for lists and for IATI.
struct Payment {
  std::uint64_t entry = 0;  // of its transaction, which tells day, text and whether it was reversed
  Purpose purpose = Purpose::activity;
  std::string of{};  // the nomination
  Money paid{};      // what left the bank; below zero: what came back
  Money charged{};   // what the allotment bears
};

struct Project {
  std::string id{};
  ProjectOpened said{};
  Instant at{};
  std::uint64_t entry = 0;
  std::vector<Payment> payments{};
  bool closed = false;
  acts::Words report{};
  std::chrono::sys_days closed_on{};
};

// What is told of a currency; each is a sum of the ledger, above zero.
struct CurrencySums {
  std::string currency{};
  std::int64_t pledged = 0;
  std::int64_t outstanding = 0;  // pledged and not received
  std::int64_t received = 0;     // less what went back to contributors
  std::int64_t allotted = 0;
  std::int64_t spent = 0;
  std::int64_t cash = 0;
  std::int64_t balance = 0;  // cash that no project has: what can still be allotted
};

class Book {
 public:
  // The tables must outlive the book.
  Book(const Currencies& currencies, const Chart& chart);

  // Whether this act may be done at the instant of its stamp.
  //   returns  the rule of data/fund/rules.tsv that it breaks
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Fact& fact) const;
  // Folds an act that was judged.
  //   entry    of the record; greater than all before
  //   returns  false if it is passed over, because what it is about is not there: the body of an earlier act
  //            was erased
  bool enter(std::uint64_t entry, const acts::Stamp& stamp, const Fact& fact);

  bool is_open() const { return opened_.has_value(); }
  const std::string& id() const { return id_; }
  const Opened& opened() const;  // expects is_open()
  const std::map<std::string, Pledge, std::less<>>& pledges() const { return pledges_; }
  const std::map<std::string, Project, std::less<>>& projects() const { return projects_; }
  const Ledger& ledger() const { return ledger_; }
  const Rates& rates() const { return rates_; }
  const Currencies& currencies() const { return *currencies_; }
  const Chart& chart() const { return *chart_; }

  // The currencies of the ledger, sorted.
  std::vector<CurrencySums> sums() const;
  Money pledged(const Pledge& pledge) const;
  Money outstanding(const Pledge& pledge) const;
  std::vector<Money> received(const Pledge& pledge) const;  // by currency
  std::vector<Money> allotted(std::string_view project) const;
  std::vector<Money> spent(std::string_view project) const;
  std::vector<Money> unspent(std::string_view project) const;
  // Cash of a currency that is not allotted.
  std::int64_t available(std::string_view currency) const;
  // Spending of a purpose that stands (what came back taken off, reversed payments left out), by currency;
  // the sum over the purposes and what was posted by hand is the expenditure of the ledger.
  std::map<Purpose, std::map<std::string, std::int64_t>> spending_by_purpose() const;

 private:
  // The transaction that an act makes (without entry), or why it makes none.
  struct Plan {
    std::optional<acts::Refusal> refusal{};
    Transaction transaction{};  // without postings: the act makes none
    bool absent = false;        // what it is about is not there
  };
  Plan plan(const acts::Stamp& stamp, const Fact& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Opened& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Pledged& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const PledgeChanged& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Received& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const RateSet& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Converted& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const ProjectOpened& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Allotted& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Spent& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Returned& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Transferred& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Posted& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const Reversed& fact) const;
  void plan(Plan& out, const acts::Stamp& stamp, const ProjectClosed& fact) const;

  // What must hold after a transaction: nothing that it lowers falls below zero.
  std::optional<acts::Refusal> limits(const Transaction& transaction) const;
  bool is_amount(Plan& out, const Money& money) const;
  const Project* open_project(Plan& out, std::string_view id) const;
  const Pledge* pledge(Plan& out, std::string_view id) const;
  // The amount in another currency by the rates of a day; notes them in the transaction.
  std::optional<Money> converted(Plan& out, const Money& amount, std::string_view to) const;
  std::int64_t unspent(std::string_view project, std::string_view currency) const;

  const Currencies* currencies_;
  const Chart* chart_;
  std::string id_{};
  std::optional<Opened> opened_{};
  Rates rates_{""};
  std::map<std::string, Pledge, std::less<>> pledges_{};
  std::map<std::string, Project, std::less<>> projects_{};
  Ledger ledger_{};
};

// The day of an act: what it says, else the day of its receipt.
std::chrono::sys_days day_of(const acts::Stamp& stamp, Day said);

}  // namespace mithaq::fund
