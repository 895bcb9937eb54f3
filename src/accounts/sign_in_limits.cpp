#include "accounts/sign_in_limits.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace mithaq::accounts {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr auto kForgetAfter = hours(24);
// Attempts that cost nothing, and the longest wait after them: of one account from one address, of one
// address for whatever accounts, of one account from whatever addresses.
struct Limit {
  std::uint32_t free;
  std::int64_t wait_max_seconds;
};
constexpr Limit kPair = {4, 900};
constexpr Limit kAddress = {30, 300};
constexpr Limit kAccount = {50, 30};

// 1, 2, 4 … seconds from the last attempt on.
std::int64_t wait_after(std::uint32_t failures, Limit limit) {
  if (failures < limit.free) return 0;
  const std::uint32_t doublings = std::min<std::uint32_t>(failures - limit.free, 20);
  return std::min<std::int64_t>(std::int64_t{1} << doublings, limit.wait_max_seconds);
}

std::string pair_key(const std::string& account, const std::string& network) {
  return "p " + network + " " + account;
}

}  // namespace

std::string SignInLimits::network_of(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  static constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
  if (!std::equal(kMapped.begin(), kMapped.end(), bytes.begin()))
    std::fill(bytes.begin() + 8, bytes.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

SignInLimits::Count& SignInLimits::count(const std::string& key, Time now) {
  if (counts_.size() >= kCountsMax && !counts_.contains(key)) {
    std::erase_if(counts_, [&](const auto& each) { return each.second.last + kForgetAfter < now; });
    // Somebody fills the table: what is oldest goes.
    while (counts_.size() >= kCountsMax) {
      const auto oldest = std::min_element(
          counts_.begin(), counts_.end(),
          [](const auto& one, const auto& other) { return one.second.last < other.second.last; });
      const Time limit = oldest->second.last;
      std::erase_if(counts_, [&](const auto& each) { return each.second.last <= limit; });
    }
  }
  Count& found = counts_[key];
  if (found.last + kForgetAfter < now) found = {.failures = 0, .last = now, .known = found.known};
  return found;
}

std::int64_t SignInLimits::wait_seconds(const std::string& account, const std::string& address, Time now) {
  const std::string network = network_of(address);
  const std::lock_guard guard(lock_);
  const auto left = [&](const std::string& key, Limit limit) -> std::int64_t {
    const auto found = counts_.find(key);
    if (found == counts_.end() || found->second.last + kForgetAfter < now) return 0;
    const std::int64_t until = wait_after(found->second.failures, limit);
    return std::max<std::int64_t>(0, until - (now - found->second.last).count());
  };
  const std::int64_t wait = std::max(left(pair_key(account, network), kPair), left("a " + network, kAddress));
  const auto pair = counts_.find(pair_key(account, network));
  const bool known = pair != counts_.end() && pair->second.known;
  return known ? wait : std::max(wait, left("c " + account, kAccount));
}

void SignInLimits::failed(const std::string& account, const std::string& address, Time now) {
  const std::string network = network_of(address);
  const std::lock_guard guard(lock_);
  for (const std::string& key : {pair_key(account, network), "a " + network, "c " + account}) {
    Count& each = count(key, now);
    ++each.failures;
    each.last = now;
  }
}

void SignInLimits::succeeded(const std::string& account, const std::string& address, Time now) {
  const std::lock_guard guard(lock_);
  Count& pair = count(pair_key(account, network_of(address)), now);
  pair = {.failures = 0, .last = now, .known = true};
}

}  // namespace mithaq::accounts
