// A record with a fund, its project, a call and a few acts, for tests of what is shown of them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "secretariat/desks.hpp"
#include "service/convening.hpp"
#include "service/convening_reader.hpp"
#include "service/messages.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {

class FundFixture : public ::testing::Test {
 protected:
  using Json = nlohmann::json;

  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(::testing::TempDir()) /
        ("mithaq-fund-" + std::string(info->test_suite_name()) + info->name() + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    workspace_ =
        std::make_unique<Workspace>(WorkspaceOptions{.record = record::Location(folder_ / "record.mithaq"),
                                                     .data = test::data(),
                                                     .clock = [this] { return now_; },
                                                     .convening = convening_,
                                                     .key = folder_ / "record.mithaq.key"});
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }
  // The rule that refused it, or "".
  std::string act(const std::string& delegation, const std::string& type, const Json& fields,
                  const std::string& subject = "") {
    const ActOutcome outcome =
        convening_->act(*workspace_,
                        {.type = type,
                         .stamp = {.actor = {.by = "account:1",
                                             .delegation = delegation,
                                             .capacity = delegation.empty() ? acts::Capacity::secretariat
                                                                            : acts::Capacity::delegation},
                                   .subject = subject},
                         .fields = fields},
                        now_);
    return outcome.refusal ? outcome.refusal->rule : "";
  }
  void done(const std::string& delegation, const std::string& type, const Json& fields,
            const std::string& subject = "") {
    ASSERT_EQ(act(delegation, type, fields, subject), "") << type;
  }
  // A fund with a project of two years, two allotments and three payments, one of them reversed, and a call
  // whose nominee was sponsored.
  void a_running_fund() {
    done("", "fund.opened",
         {{"series", "PF"},
          {"title", {{"ar", "صندوق الشراكة"}, {"en", "Partnership Fund"}}},
          {"organization", "OSCE"},
          {"currency", "EUR"},
          {"rates_per", "USD"}});
    done("AUT", "fund.pledged", {{"amount", "50000 EUR"}, {"note", {{"en", "=1+1"}}}});
    done("", "fund.received", {{"amount", "50000 EUR"}, {"reference", "=HYPERLINK(\"http://x\")"}},
         "PF-P-2026-001");
    done("JPN", "fund.pledged", {{"amount", "3000000 JPY"}});
    done("", "fund.project_opened",
         {{"title",
           {{"ar", "أمن الحدود <وإدارتها>"},
            {"en", "Border security & management"},
            {"ru", "Безопасность границ"}}},
          {"description", {{"ar", "تدريب ثلاثين موظفاً"}, {"en", "Thirty officers are trained."}}},
          {"themes", {"border", "training", "gender"}},
          {"beneficiaries", {"TUN", "JOR", "MNG"}},
          {"starts", "2025-03-01"},
          {"ends", "2027-02-28"},
          {"activities", {{{"title", {{"en", "Workshop"}}}, {"starts", "2026-04-01"}, {"place", "Tunis"}}}},
          {"budget", {"40000.01 EUR"}}});
    done("", "fund.allotted", {{"amount", "30000 EUR"}}, "PF-2026-001");
    done("", "call.opened",
         {{"kind", "sponsorship"},
          {"title", {{"ar", "رعاية مشاركين"}, {"en", "Sponsored participants"}}},
          {"organization", "OSCE"},
          {"closes", {{"local", "2026-03-29T12:00"}, {"zone", "Europe/Vienna"}}},
          {"places", 1},
          {"eligible_statuses", {"OSCE/partner_for_cooperation"}},
          {"criteria", {{{"id", "need"}, {"text", {{"ar", "حاجة الدولة"}, {"en", "Need"}}}}}},
          {"project", "PF-2026-001"}});
    done("TUN", "call.nominated", {{"name", "ليلى مثال"}}, "CALL-2026-001");
    done("JOR", "call.nominated", {{"name", "Sami Example"}}, "CALL-2026-001");
    now_ = *parse_instant("2026-03-29T10:00:00Z");
    done("", "call.decided", {{"nomination", 1}, {"outcome", "selected"}, {"reason:need", "A new unit."}},
         "CALL-2026-001");
    done("", "fund.spent",
         {{"amount", "850.50 EUR"},
          {"purpose", "participant"},
          {"of", "CALL-2026-001/1"},
          {"text", "+cmd|'calc'!A0"}},
         "PF-2026-001");
    done("", "fund.spent", {{"amount", "100 EUR"}}, "PF-2026-001");
    std::uint64_t last = 0;
    convening_->read(*workspace_, [&](const secretariat::Secretariat& state) {
      last = state.desks().funds.book_of("")->ledger().transactions().back().entry;
    });
    done("", "fund.reversed", {{"transaction", last}, {"reason", "paid by another project"}});
  }
  ConveningReader reader(const std::string& party, bool secretariat = false, bool sees = true) {
    return {.asker = {.party = party, .secretariat = secretariat},
            .sees = [sees](const document::Handling& handling) { return sees || handling.is_public(); },
            .language = Language::arabic,
            .say = [this](std::string_view english) { return arabic_.say(english); }};
  }

  std::filesystem::path folder_{};
  std::shared_ptr<Convening> convening_ = std::make_shared<Convening>(test::data());
  std::unique_ptr<Workspace> workspace_{};
  Messages arabic_ = Messages::load(test::data(), Language::arabic);
  Instant now_ = *parse_instant("2026-03-10T09:00:00Z");
};

}  // namespace mithaq::service
