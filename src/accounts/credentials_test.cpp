// Passwords, one-time codes and the limits of attempts, each by itself.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "accounts/password.hpp"
#include "accounts/sign_in_limits.hpp"
#include "accounts/text_forms.hpp"
#include "accounts/totp.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::accounts {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(TextForms, AreThoseOfTheRfc) {
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(from_base32("mzxw 6ytb-oi"), "foobar");
  EXPECT_FALSE(from_base32("M1"));
  EXPECT_EQ(to_base64url("\xFB\xFF"), "-_8");
  EXPECT_EQ(from_base64url("-_8"), "\xFB\xFF");
  for (const char* wrong : {"-_8=", "+/8", "-_9", "-", "-_ 8"}) EXPECT_FALSE(from_base64url(wrong)) << wrong;
  EXPECT_EQ(to_nfc("e\xCC\x81"), "\xC3\xA9");
  EXPECT_FALSE(to_nfc("\xFF"));
  EXPECT_NE(random_bytes(32), random_bytes(32));
  EXPECT_EQ(random_words(20, 5).size(), 23u);
}

// RFC 6238, appendix B, SHA-1: eight digits there, the last six here.
TEST(Totp, GivesTheCodesOfTheRfc) {
  const std::string secret = "12345678901234567890";
  const std::pair<std::int64_t, const char*> kVectors[] = {{59, "287082"},         {1111111109, "081804"},
                                                           {1111111111, "050471"}, {1234567890, "005924"},
                                                           {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [time, code] : kVectors)
    EXPECT_EQ(totp_code(secret, totp_step(sys_seconds(seconds(time)))), code) << time;
}

TEST(Totp, TakesACodeOnceAndNotLate) {
  const std::string secret = new_totp_secret();
  const auto now = sys_seconds(seconds(1'800'000'000));
  const std::int64_t step = totp_step(now);
  for (const std::int64_t off : {-1, 0, 1}) {
    EXPECT_EQ(totp_accepts(secret, totp_code(secret, step + off), now, 0), step + off) << off;
  }
  EXPECT_FALSE(totp_accepts(secret, totp_code(secret, step), now, step)) << "used";
  EXPECT_FALSE(totp_accepts(secret, totp_code(secret, step - 1), now, step))
      << "older than the last one used";
  for (const std::int64_t off : {-3, -2, 2, 3}) {
    const std::string code = totp_code(secret, step + off);
    if (code == totp_code(secret, step) || code == totp_code(secret, step - 1) ||
        code == totp_code(secret, step + 1))
      continue;
    EXPECT_FALSE(totp_accepts(secret, code, now, 0)) << off;
  }
  EXPECT_FALSE(totp_accepts(secret, "", now, 0));
  EXPECT_NE(totp_uri(secret, "amina").find("secret=" + to_base32(secret)), std::string::npos);
}

TEST(PasswordRules, RefuseWhatManyPeopleHave) {
  const PasswordRules rules = PasswordRules::load(test::data() / "access");
  const std::vector<std::string> context = {"amina", "Amina Karimova", "OSCE"};
  for (const char* bad : {"", "kort", "elf letters", "password2024!", "Password2024!", "aaaaaaaaaaaa",
                          "xyzxyzxyzxyz", "abcdefghijkl", "210987654321", "amina1234567", "Amina Karimova 1",
                          "كلمةالسر1234", "\xFFnot utf8 at all"}) {
    EXPECT_TRUE(rules.refusal(bad, context)) << bad;
  }
  for (const char* good : {"horse battery mountain", "غيوم فوق النهر البعيد", "зелёный чайник летит",
                           "wq8#kd0-vm2!", "amina likes green mountains", "            x yz mq"}) {
    EXPECT_FALSE(rules.refusal(good, context)) << good << ": " << *rules.refusal(good, context);
  }
  EXPECT_TRUE(rules.refusal(std::string(kPasswordBytesMax + 1, 'x'), context));
}

TEST(PasswordHasher, KnowsItsHashes) {
  PasswordHasher hasher;
  const std::string hash = hasher.hash("green mountain kettle");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_EQ(hasher.matches(hash, "green mountain kettle"), true);
  EXPECT_EQ(hasher.matches(hash, "green mountain kettlf"), false);
  EXPECT_EQ(hasher.matches("", "green mountain kettle"), false);
  // The same password in another normal form, as another keyboard types it.
  EXPECT_EQ(hasher.matches(hasher.hash("caf\xC3\xA9 mountain kettle"), "cafe\xCC\x81 mountain kettle"), true);
}

TEST(PasswordHasher, RefusesACrowdInsteadOfLettingItWait) {
  PasswordHasher hasher;
  std::atomic<int> refused{0}, answered{0};
  std::vector<std::thread> crowd;
  for (int each = 0; each < 40; ++each) {
    crowd.emplace_back([&] { hasher.matches("", "guess") ? ++answered : ++refused; });
  }
  for (std::thread& one : crowd) one.join();
  EXPECT_GT(refused, 0);
  EXPECT_GE(answered, 2);
}

TEST(SignInLimits, DoubleTheWaitOfOneAddress) {
  SignInLimits limits;
  auto now = sys_seconds(seconds(1'800'000'000));
  for (int each = 0; each < 4; ++each) {
    EXPECT_EQ(limits.wait_seconds("amina", "192.0.2.1", now), 0) << each;
    limits.failed("amina", "192.0.2.1", now);
  }
  for (const std::int64_t wait : {1, 2, 4, 8, 16}) {
    EXPECT_EQ(limits.wait_seconds("amina", "192.0.2.1", now), wait);
    now += seconds(wait);
    EXPECT_EQ(limits.wait_seconds("amina", "192.0.2.1", now), 0);
    limits.failed("amina", "192.0.2.1", now);
  }
  EXPECT_EQ(limits.wait_seconds("amina", "192.0.2.2", now), 0) << "the owner is somewhere else";
  EXPECT_EQ(limits.wait_seconds("boris", "192.0.2.1", now), 0) << "a colleague behind the same address";
  EXPECT_EQ(limits.wait_seconds("amina", "192.0.2.1", now + std::chrono::hours(25)), 0) << "a day later";
}

TEST(SignInLimits, HoldAnAddressThatTriesManyAccounts) {
  SignInLimits limits;
  const auto now = sys_seconds(seconds(1'800'000'000));
  for (int each = 0; each < 40; ++each) limits.failed("account" + std::to_string(each), "2001:db8::1", now);
  EXPECT_GT(limits.wait_seconds("amina", "2001:db8::2", now), 0) << "the same network of 64 bits";
  EXPECT_EQ(limits.wait_seconds("amina", "2001:db8:1::2", now), 0);
}

TEST(SignInLimits, DoNotLetAnAttackerLockTheOwnerOut) {
  SignInLimits limits;
  auto now = sys_seconds(seconds(1'800'000'000));
  limits.succeeded("amina", "198.51.100.7", now);
  for (int each = 0; each < 2000; ++each)
    limits.failed("amina", "192.0." + std::to_string(each / 200) + "." + std::to_string(each % 200), now);
  EXPECT_GT(limits.wait_seconds("amina", "203.0.113.9", now), 0) << "one more of the attackers";
  EXPECT_EQ(limits.wait_seconds("amina", "198.51.100.7", now), 0) << "where the owner signed in before";
  EXPECT_LE(limits.wait_seconds("amina", "203.0.113.9", now), 30) << "and a short wait opens any address";
}

TEST(SignInLimits, CountIpv4InsideIpv6AsItself) {
  EXPECT_NE(SignInLimits::network_of("::ffff:192.0.2.1"), SignInLimits::network_of("::ffff:192.0.2.2"));
  EXPECT_EQ(SignInLimits::network_of("2001:db8::1"), SignInLimits::network_of("2001:db8::ffff"));
  EXPECT_EQ(SignInLimits::network_of("not an address"), "not an address");
}

}  // namespace
}  // namespace mithaq::accounts
