#include "engines/fund/ledger.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace mithaq::fund {

namespace {

// No account and no total goes beyond it, so that a few of them can be added without looking.
constexpr std::int64_t kSumMax = 1'000'000'000'000'000'000;
constexpr std::string_view kKinds[] = {"asset", "memorandum", "income", "net_assets", "expense", "clearing"};
constexpr std::string_view kPostedByActs[] = {kCash,          kReceivable,        kPledged,    kSettled,
                                              kContributions, kAppropriated,      kAllotments, kExpenditure,
                                              kExchange,      kExchangeDifference};

}  // namespace

Chart Chart::of(const Table& table) {
  const auto refuse = [&](std::size_t row, const std::string& reason) {
    throw Error(ErrorKind::invalid_input,
                table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
  };
  Chart chart;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Account account;
    account.id = table.cell(row, table.column("id"));
    account.kind = table.cell(row, table.column("kind"));
    const std::string_view of = table.cell(row, table.column("of"));
    if (account.id.empty() || chart.find(account.id) != nullptr)
      refuse(row, "an account has an id of its own");
    if (std::find(std::begin(kKinds), std::end(kKinds), account.kind) == std::end(kKinds))
      refuse(row, "\"" + account.kind + "\" is no kind of account");
    if (of == "pledge") {
      account.of = Account::Of::pledge;
    } else if (of == "project") {
      account.of = Account::Of::project;
    } else if (of != "fund") {
      refuse(row, "an account is kept for the fund, for each pledge or for each project");
    }
    account.by_hand = table.cell(row, table.column("by_hand")) == "yes";
    for (const char* language : {"ar", "en", "ru"})
      if (const auto name = table.cell(row, language); !name.empty()) account.names[language] = name;
    chart.accounts_.push_back(std::move(account));
  }
  for (const std::string_view id : kPostedByActs) {
    if (chart.find(id) == nullptr)
      throw Error(ErrorKind::invalid_input,
                  table.name() + ": the account " + std::string(id) + " is missing");
  }
  return chart;
}

const Account* Chart::find(std::string_view id) const {
  const auto found =
      std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& each) { return each.id == id; });
  return found == accounts_.end() ? nullptr : &*found;
}

std::optional<acts::Refusal> Ledger::check(const std::vector<Posting>& postings) const {
  if (postings.empty())
    return acts::Refusal{.rule = "fund/amount", .reason = "a transaction has postings; this one has none"};
  if (postings.size() > kPostingsMax)
    return acts::Refusal{.rule = "fund/too_large", .reason = "a transaction has at most 200 postings"};
  static const char* kTooLarge = "the sums are too large to be counted";
  std::map<std::string, std::int64_t> by_currency;
  std::map<AccountKey, std::int64_t> by_account;
  std::map<std::pair<std::string, std::string>, std::int64_t> by_total;
  for (const Posting& posting : postings) {
    if (posting.minor == 0)
      return acts::Refusal{.rule = "fund/amount", .reason = "a posting of nothing is none"};
    for (std::int64_t* sum : {&by_currency[posting.key.currency], &by_account[posting.key],
                              &by_total[{posting.key.account, posting.key.currency}]}) {
      const auto more = add(*sum, posting.minor);
      if (!more) return acts::Refusal{.rule = "fund/too_large", .reason = kTooLarge};
      *sum = *more;
    }
  }
  for (const auto& [currency, sum] : by_currency) {
    if (sum != 0)
      return acts::Refusal{.rule = "fund/unbalanced",
                           .reason = "the postings do not balance in " + currency +
                                     ": debits less credits are " + std::to_string(sum) +
                                     " in its minor unit, not zero"};
  }
  const auto fits = [](std::int64_t before, std::int64_t more) {
    const auto sum = add(before, more);
    return sum && *sum <= kSumMax && *sum >= -kSumMax;
  };
  for (const auto& [key, sum] : by_account) {
    if (!fits(balance(key), sum)) return acts::Refusal{.rule = "fund/too_large", .reason = kTooLarge};
  }
  for (const auto& [key, sum] : by_total) {
    if (!fits(total(key.first, key.second), sum))
      return acts::Refusal{.rule = "fund/too_large", .reason = kTooLarge};
  }
  return std::nullopt;
}

void Ledger::post(Transaction transaction) {
  expect(!check(transaction.postings), "a transaction balances before it is posted");
  expect(transactions_.empty() || transactions_.back().entry < transaction.entry,
         "transactions stand in the order of their entries");
  for (const Posting& posting : transaction.postings) {
    balances_[posting.key] += posting.minor;
    totals_[{posting.key.account, posting.key.currency}] += posting.minor;
  }
  if (transaction.reverses != 0) {
    const auto original =
        std::lower_bound(transactions_.begin(), transactions_.end(), transaction.reverses,
                         [](const Transaction& each, std::uint64_t entry) { return each.entry < entry; });
    expect(original != transactions_.end() && original->entry == transaction.reverses,
           "what is reversed was posted");
    original->reversed_by = transaction.entry;
  }
  transactions_.push_back(std::move(transaction));
}

std::int64_t Ledger::balance(const AccountKey& key) const {
  const auto found = balances_.find(key);
  return found == balances_.end() ? 0 : found->second;
}

std::int64_t Ledger::total(std::string_view account, std::string_view currency) const {
  const auto found = totals_.find({std::string(account), std::string(currency)});
  return found == totals_.end() ? 0 : found->second;
}

const Transaction* Ledger::find(std::uint64_t entry) const {
  const auto found =
      std::lower_bound(transactions_.begin(), transactions_.end(), entry,
                       [](const Transaction& each, std::uint64_t e) { return each.entry < e; });
  return found == transactions_.end() || found->entry != entry ? nullptr : &*found;
}

std::vector<std::string> Ledger::currencies() const {
  std::set<std::string> found;
  for (const auto& [key, unused] : totals_) found.insert(key.second);
  return {found.begin(), found.end()};
}

std::map<AccountKey, std::int64_t> Ledger::balances_on(std::chrono::sys_days day) const {
  std::map<AccountKey, std::int64_t> sums;
  for (const Transaction& transaction : transactions_) {
    if (transaction.day > day) continue;
    for (const Posting& posting : transaction.postings) sums[posting.key] += posting.minor;
  }
  return sums;
}

bool Ledger::reconciles() const {
  std::map<AccountKey, std::int64_t> sums;
  for (const Transaction& transaction : transactions_) {
    std::map<std::string, std::int64_t> by_currency;
    for (const Posting& posting : transaction.postings) {
      sums[posting.key] += posting.minor;
      by_currency[posting.key.currency] += posting.minor;
    }
    for (const auto& [currency, sum] : by_currency)
      if (sum != 0) return false;
  }
  return sums == balances_;
}

}  // namespace mithaq::fund
