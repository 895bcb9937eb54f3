// A made year of a secretariat, for tests of size and speed: 57 States, 11 Partners, 100 meetings, 150
// decisions, 40 projects.
//
// Every act goes the way that people's acts go (service/convening.hpp), by a clock that is moved forward, so
// that the year cannot hold what the rules of procedure refuse.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "service/convening.hpp"

namespace mithaq::test {

struct YearSize {
  int meetings = 100;
  int decisions = 150;
  int projects = 40;
  int statements = 20;  // of each meeting
};

class YearMaker {
 public:
  // The workspace's clock is to be `clock()`.
  explicit YearMaker(YearSize size = {}) : size_(size) {}

  record::Clock clock() {
    return [this] { return now_; };
  }
  std::size_t acts() const { return acts_; }
  const std::vector<std::string>& meetings() const { return meetings_; }
  const std::vector<std::string>& decisions() const { return decisions_; }
  const std::vector<std::string>& projects() const { return projects_; }

  void make(service::Workspace& workspace) {
    workspace_ = &workspace;
    now_ = parse_instant("2026-01-05T07:00:00Z").value();
    workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
      members_ = state.standing().holders({"OSCE/participating_state"}, now_);
      partners_ = state.standing().holders({"OSCE/partner_for_cooperation"}, now_);
    });
    open_fund();
    for (int at = 0; at < size_.meetings; ++at) {
      hold_meeting(at);
      while (static_cast<int>(projects_.size()) * size_.meetings < size_.projects * (at + 1)) open_project();
    }
  }

 private:
  using Json = nlohmann::json;

  static Json words(const std::string& english, const std::string& arabic) {
    return {{"en", english}, {"ar", arabic}};
  }

  // Does an act and gives the id of what it is about.
  std::string act(const std::string& type, const std::string& subject, Json fields, acts::Capacity capacity,
                  const std::string& delegation = "") {
    now_ += std::chrono::milliseconds(250);
    const service::ActOutcome outcome = workspace_->convening().act(
        *workspace_,
        {.type = type,
         .stamp = {.actor = {.by = "account:maker", .delegation = delegation, .capacity = capacity},
                   .subject = subject},
         .fields = std::move(fields)},
        now_);
    if (outcome.refusal)
      throw std::logic_error(type + " " + subject + " " + delegation + ": " + outcome.refusal->rule + " " +
                             outcome.refusal->reason);
    acts_ += outcome.done.size();
    return outcome.done.front().act.stamp.subject;
  }
  std::string by_secretariat(const std::string& type, const std::string& subject,
                             Json fields = Json::object()) {
    return act(type, subject, std::move(fields), acts::Capacity::secretariat);
  }
  std::string by_delegation(const std::string& delegation, const std::string& type,
                            const std::string& subject, Json fields = Json::object()) {
    return act(type, subject, std::move(fields), acts::Capacity::delegation, delegation);
  }

  static Json deadline(Instant at) {
    const Zone vienna = Zone::named("Europe/Vienna").value();
    return {{"local", format_local_time(vienna.local(at)).substr(0, 16)}, {"zone", "Europe/Vienna"}};
  }

  void hold_meeting(int at) {
    // Wednesdays and Thursdays at ten in Vienna, from the second week of January.
    const Instant first = parse_instant("2026-01-14T09:00:00Z").value();
    const Instant begins = first + std::chrono::days(7 * (at / 2) + at % 2);
    now_ = std::max(now_, begins - std::chrono::days(2));
    const std::string body = at % 2 == 0 ? "OSCE_FSC" : "OSCE_PC";
    const std::string meeting = by_secretariat("meeting.planned", "",
                                               {{"body", body},
                                                {"begins", deadline(begins)},
                                                {"ends", deadline(begins + std::chrono::hours(3))},
                                                {"place", "Hofburg"}});
    meetings_.push_back(meeting);
    by_secretariat("meeting.invited", meeting);
    std::vector<std::string> tabled;
    while (static_cast<int>(decisions_.size()) * size_.meetings < size_.decisions * (at + 1)) {
      const int number = static_cast<int>(decisions_.size()) + 1;
      tabled.push_back(by_secretariat("consultation.opened", "",
                                      {{"rule_set", body == "OSCE_PC" ? "osce_pc" : "osce_fsc"},
                                       {"body", body},
                                       {"zone", "Europe/Vienna"},
                                       {"title", words(fmt::format("Draft decision {} of the year", number),
                                                       fmt::format("مشروع المقرر {} لهذه السنة", number))},
                                       {"text", words(fmt::format("The body decides on matter {}.", number),
                                                      fmt::format("تقرر الهيئة في المسألة {}.", number))}}));
      decisions_.push_back(tabled.back());
    }
    Json items = Json::array();
    for (int item = 1; item <= 6; ++item) {
      Json one = {{"title", words(fmt::format("Item {}", item), fmt::format("البند {}", item))}};
      if (item == 4 && !tabled.empty()) one["consultations"] = tabled;
      items.push_back(one);
    }
    by_secretariat("meeting.agenda_proposed", meeting, {{"items", items}});
    for (const std::vector<std::string>* side : {&members_, &partners_}) {
      for (const std::string& state : *side)
        by_delegation(
            state, "meeting.registered", meeting,
            {{"names", Json::array({{{"name", "Representative of " + state}, {"function", "Ambassador"}}})}});
    }
    now_ = std::max(now_, begins);
    by_secretariat("meeting.opened", meeting, {{"chairperson", "The Chairperson"}});
    by_secretariat("meeting.agenda_adopted", meeting);
    for (int speech = 0; speech < size_.statements; ++speech) {
      const auto turn = static_cast<std::size_t>(at * 7 + speech * 3);
      const std::string& state =
          speech % 10 == 9 ? partners_[turn % partners_.size()] : members_[turn % members_.size()];
      by_delegation(state, "meeting.inscribed", meeting, {{"item", 1 + speech * 3 / size_.statements}});
    }
    std::vector<std::string> silent;
    for (int item = 1; item <= 6; ++item) {
      by_secretariat("meeting.item_opened", meeting, {{"item", item}});
      for (int speech = 0; speech < size_.statements; ++speech) {
        if (1 + speech * 3 / size_.statements != item) continue;
        by_secretariat("meeting.floor_given", meeting, {{"item", item}});
        now_ += std::chrono::minutes(1);
        by_secretariat("meeting.spoke", meeting);
      }
      if (item == 4) {
        for (std::size_t each = 0; each < tabled.size(); ++each) {
          by_secretariat("consultation.proposed", tabled[each], {{"meeting", meeting}});
          // Most in the room, every third by silence.
          if (each % 3 == 2) {
            silent.push_back(tabled[each]);
          } else {
            by_secretariat("consultation.adopted_in_meeting", tabled[each], {{"meeting", meeting}});
          }
        }
      }
      by_secretariat("meeting.item_closed", meeting, {{"item", item}});
    }
    for (const std::string& each : silent)
      by_secretariat("consultation.silence_opened", each,
                     {{"meeting", meeting}, {"deadline", deadline(now_ + std::chrono::hours(20))}});
    by_secretariat("meeting.closed", meeting);
    for (const std::string& each : issue_later_) {
      const bool announced = state_of(each) == "adopted";
      if (announced)
        by_secretariat("consultation.announced", each, {{"meeting", meeting}, {"journal", "JOUR"}});
    }
    issue_later_ = silent;
  }

  std::string state_of(const std::string& consultation) {
    return workspace_->convening().read(*workspace_, [&](const secretariat::Secretariat& state) {
      return std::string(procedure::name_of(state.desks().consultations.book().find(consultation)->state));
    });
  }

  void open_fund() {
    by_secretariat("fund.opened", "",
                   {{"series", "PF"},
                    {"title", words("Partnership Fund", "صندوق الشراكة")},
                    {"organization", "OSCE"},
                    {"currency", "EUR"},
                    {"rates_per", "USD"}});
    for (std::size_t at = 0; at < 25; ++at) {
      const std::string pledge =
          by_delegation(members_[at * 2], "fund.pledged", "", {{"amount", "50000 EUR"}});
      by_secretariat("fund.received", pledge, {{"amount", "50000 EUR"}, {"day", "2026-01-05"}});
    }
  }

  void open_project() {
    static constexpr const char* kThemes[] = {"elections", "border", "terrorism", "migration"};
    const auto number = projects_.size();
    const std::string project = by_secretariat(
        "fund.project_opened", "",
        {{"title", words(fmt::format("Project {}", number + 1), fmt::format("المشروع {}", number + 1))},
         {"description", words("A seminar and visits.", "ندوة وزيارات.")},
         {"themes", {kThemes[number % 4]}},
         {"beneficiaries", {partners_[number % partners_.size()]}},
         {"starts", "2026-02-01"},
         {"ends", "2026-12-31"},
         {"budget", "20000 EUR"}});
    projects_.push_back(project);
    by_secretariat("fund.allotted", project, {{"amount", "20000 EUR"}});
    for (int each = 0; each < 6; ++each)
      by_secretariat("fund.spent", project,
                     {{"amount", "1500.50 EUR"}, {"purpose", each % 2 ? "travel" : "activity"}});
  }

  YearSize size_;
  service::Workspace* workspace_ = nullptr;
  Instant now_{};
  std::vector<std::string> members_{}, partners_{}, meetings_{}, decisions_{}, projects_{}, issue_later_{};
  std::size_t acts_ = 0;
};

}  // namespace mithaq::test
