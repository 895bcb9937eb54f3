// How often somebody may try a password.
//
// Each wrong attempt doubles the wait of that account from that address; an address that tries many accounts
// waits too. An account that is attacked from many addresses at once asks newcomers for the second factor or
// for patience, but an attacker cannot lock its owner out: the owner's own address and a right second factor
// go on. Kept in memory, with a bound: a restart forgets.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace mithaq::accounts {

class SignInLimits {
 public:
  using Time = std::chrono::sys_seconds;

  // How long this attempt has to wait, in seconds; 0 if it may go on.
  std::int64_t wait_seconds(const std::string& account, const std::string& address, Time now);
  void failed(const std::string& account, const std::string& address, Time now);
  void succeeded(const std::string& account, const std::string& address, Time now);

  // What counts as one address: all of IPv4, the first 64 bits of IPv6.
  static std::string network_of(const std::string& address);

 private:
  struct Count {
    std::uint32_t failures = 0;
    Time last{};
    bool known = false;  // signed in from here before
  };
  static constexpr std::size_t kCountsMax = 100'000;
  Count& count(const std::string& key, Time now);

  std::mutex lock_{};
  std::map<std::string, Count, std::less<>> counts_{};
};

}  // namespace mithaq::accounts
