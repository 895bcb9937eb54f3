// A double-entry ledger: every transaction is a set of postings that reconcile to zero in each currency, and
// no transaction is ever changed or taken out; a wrong one is reversed by another.
//
// A posting says an account and an amount; a debit is above zero, a credit below. What one account holds is
// the sum of its postings, so that whatever is told of the fund can be added up again by anybody.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "base/table.hpp"
#include "engines/fund/money.hpp"

namespace mithaq::fund {

// The accounts into which the acts of a fund post; data/fund/accounts.tsv names and explains each.
inline constexpr std::string_view kCash = "cash";
inline constexpr std::string_view kReceivable = "pledges_receivable";
inline constexpr std::string_view kPledged = "contributions_pledged";
inline constexpr std::string_view kSettled = "pledges_settled";
inline constexpr std::string_view kContributions = "contributions";
inline constexpr std::string_view kAppropriated = "appropriated";
inline constexpr std::string_view kAllotments = "allotments";
inline constexpr std::string_view kExpenditure = "expenditure";
inline constexpr std::string_view kExchange = "exchange";
inline constexpr std::string_view kExchangeDifference = "exchange_difference";

// One account of the chart.
struct Account {
  enum class Of { fund, pledge, project };
  std::string id{};
  std::string kind{};    // asset | memorandum | income | net_assets | expense | clearing
  Of of = Of::fund;      // whether it is kept for the whole fund or for each pledge or project
  bool by_hand = false;  // a posting by hand may name it; the others move by their own acts alone
  acts::Words names{};
};

class Chart {
 public:
  //   throws  Error{invalid_input} naming the line if an account is there twice or its kind is unknown, or if
  //           one into which acts post is missing
  static Chart of(const Table& table);
  const Account* find(std::string_view id) const;
  const std::vector<Account>& all() const { return accounts_; }  // in the order of the table

 private:
  std::vector<Account> accounts_{};
};

struct AccountKey {
  std::string account{};   // id of the chart
  std::string of{};        // the pledge or the project; empty for the fund's own accounts
  std::string currency{};  // ISO 4217
  friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

struct Posting {
  AccountKey key{};
  std::int64_t minor = 0;  // above zero a debit, below a credit; never zero
};

struct Transaction {
  std::uint64_t entry = 0;  // of the record; its number in every statement
  std::string kind{};       // the act: "received", "spent", …
  std::string subject{};    // pledge, project or fund
  Instant at{};             // when it was booked
  std::string by{};
  std::chrono::sys_days day{};  // the day that it is about: when the bank had it, when it was paid
  std::string text{};
  std::vector<Posting> postings{};
  std::vector<Rates::Line> rates{};  // by which it was converted
  std::uint64_t reverses = 0;        // the transaction that it takes back; 0: none
  std::uint64_t reversed_by = 0;     // and the other way round
};

class Ledger {
 public:
  static constexpr std::size_t kPostingsMax = 200;

  // Whether postings may stand as a transaction: some, none of zero, every currency at zero, nothing beyond
  // what can be counted.
  //   returns  fund/unbalanced, fund/amount or fund/too_large
  std::optional<acts::Refusal> check(const std::vector<Posting>& postings) const;
  //   expects  that check() has nothing against it and that its entry is greater than all before
  void post(Transaction transaction);

  std::int64_t balance(const AccountKey& key) const;
  // The sum of an account over all its pledges or projects in one currency.
  std::int64_t total(std::string_view account, std::string_view currency) const;
  const std::map<AccountKey, std::int64_t>& balances() const { return balances_; }
  const std::vector<Transaction>& transactions() const { return transactions_; }  // oldest first
  const Transaction* find(std::uint64_t entry) const;
  std::vector<std::string> currencies() const;  // in which there is any posting; sorted

  // Every currency at zero, every balance the sum of its postings: added up again from the transactions.
  bool reconciles() const;
  // The sums of each account up to a day, that day included.
  std::map<AccountKey, std::int64_t> balances_on(std::chrono::sys_days day) const;

 private:
  std::map<AccountKey, std::int64_t> balances_{};
  std::map<std::pair<std::string, std::string>, std::int64_t> totals_{};  // account, currency
  std::vector<Transaction> transactions_{};
};

}  // namespace mithaq::fund
