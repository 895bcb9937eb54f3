// A secretariat whose acts are judged and folded as the server does it, for tests of desks.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {

class DeskFixture : public ::testing::Test {
 protected:
  // The rule that an act was refused with, "!" behind it if the actor may never do it; "" if it was done. The
  // acts are then `done`, the subject of the last is `subject`.
  std::string act(std::string_view delegation, acts::Capacity capacity, const std::string& type,
                  const nlohmann::json& fields, const std::string& about = "") {
    const Act wanted{
        .type = type,
        .stamp = {.at = now,
                  .actor = {.by = "account:1", .delegation = std::string(delegation), .capacity = capacity},
                  .subject = about},
        .fields = fields};
    const Judgement judgement = state.judge(wanted);
    done.clear();
    if (judgement.refusal) return judgement.refusal->rule + (judgement.refusal->forbidden ? "!" : "");
    for (const Act& each : judgement.acts) {
      const record::ActBody body = body_of(each);
      entries.push_back(body);
      done.push_back(each);
      subject = each.stamp.subject;
      state.enter(entries.size(), body.type, body.json);
    }
    return "";
  }
  std::string office(const std::string& type, const nlohmann::json& fields, const std::string& about = "") {
    return act("", acts::Capacity::secretariat, type, fields, about);
  }
  std::string for_state(std::string_view delegation, const std::string& type, const nlohmann::json& fields,
                        const std::string& about = "") {
    return act(delegation, acts::Capacity::delegation, type, fields, about);
  }
  std::string open_fund() {
    return office("fund.opened", {{"series", "PF"},
                                  {"title", {{"ar", "صندوق الشراكة"}, {"en", "Partnership Fund"}}},
                                  {"organization", "OSCE"},
                                  {"currency", "EUR"},
                                  {"rates_per", "USD"}});
  }
  std::string open_project() {
    return office("fund.project_opened", {{"title", {{"ar", "أمن الحدود"}, {"en", "Border security"}}},
                                          {"themes", {"border"}},
                                          {"beneficiaries", {"TUN"}},
                                          {"starts", "2026-01-01"},
                                          {"ends", "2026-12-31"},
                                          {"budget", {"40000 EUR"}}});
  }
  nlohmann::json call_fields() const {
    return {{"kind", "sponsorship"},
            {"title", {{"ar", "رعاية مشاركين"}, {"en", "Sponsored participants"}}},
            {"organization", "OSCE"},
            {"closes", {{"local", "2026-03-29T12:00"}, {"zone", "Europe/Vienna"}}},
            {"places", 1},
            {"eligible_statuses", {"OSCE/partner_for_cooperation"}},
            {"criteria", {{{"id", "need"}, {"text", {{"en", "What the State gains"}}}}}},
            {"report_due", true}};
  }
  std::vector<Notice> told(std::string_view delegation) const {
    std::vector<Notice> out;
    for (const Notice* each : state.notices_to(delegation)) out.push_back(*each);
    return out;
  }

  Secretariat state{test::data()};
  std::vector<record::ActBody> entries{};
  std::vector<Act> done{};
  std::string subject{};
  Instant now = *parse_instant("2026-03-10T09:00:00Z");
};

}  // namespace mithaq::secretariat
