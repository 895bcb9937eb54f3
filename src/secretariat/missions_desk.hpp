// The desk of missions: election observation and field operations to which States second people.
//
// The rules are in engines/missions; people are nominated and chosen by calls (calls_desk.hpp) that name the
// mission as their place.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/missions/missions.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/history.hpp"

namespace mithaq::secretariat {

class MissionsDesk : public Desk {
 public:
  //   data  the folder data/
  explicit MissionsDesk(const std::filesystem::path& data);
  MissionsDesk(const MissionsDesk&) = delete;  // its book points to its rules
  MissionsDesk& operator=(const MissionsDesk&) = delete;

  std::string_view name() const override { return "mission"; }
  Judgement judge(const Act& asked, const Secretariat& secretariat) const override;
  void enter(const Act& act, record::Seq seq, const Secretariat& secretariat) override;
  std::optional<RuleText> rule(std::string_view id) const override;
  std::vector<Notice> notices(const Act& act, record::Seq seq, const Secretariat& secretariat) const override;

  const missions::Rules& rules() const { return rules_; }
  const missions::Book& book() const { return book_; }

  const std::vector<HistoryLine>& history(std::string_view mission) const { return history_.of(mission); }

 private:
  missions::Rules rules_;
  missions::Book book_;
  Histories history_{};
};

}  // namespace mithaq::secretariat
