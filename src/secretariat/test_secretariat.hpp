// For tests: a secretariat in which acts are done one after another, as service/convening does it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {

inline Instant instant(const char* text) {
  return parse_instant(text).value();
}

class TestSecretariat {
 public:
  explicit TestSecretariat(const char* now) : now_(instant(now)) {}

  // What an act was refused with, "" if it was done; with "!" behind it if it is forbidden for good.
  std::string act(std::string_view delegation, acts::Capacity capacity, const std::string& type,
                  const nlohmann::json& fields, const std::string& subject = "") {
    settle();
    const Act wanted{
        .type = type,
        .stamp = {.at = now_,
                  .actor = {.by = "t", .delegation = std::string(delegation), .capacity = capacity},
                  .subject = subject},
        .fields = fields};
    const Judgement judgement = state_.judge(wanted);
    if (judgement.refusal) return judgement.refusal->rule + (judgement.refusal->forbidden ? "!" : "");
    subject_ = judgement.acts.front().stamp.subject;
    for (const Act& each : judgement.acts) enter(each);
    settle();
    return "";
  }
  std::string of(std::string_view delegation, const std::string& type, const nlohmann::json& fields,
                 const std::string& subject = "") {
    return act(delegation, acts::Capacity::delegation, type, fields, subject);
  }
  std::string chair(std::string_view delegation, const std::string& type, const nlohmann::json& fields,
                    const std::string& subject = "") {
    return act(delegation, acts::Capacity::chair, type, fields, subject);
  }
  std::string desk(const std::string& type, const nlohmann::json& fields = nlohmann::json::object(),
                   const std::string& subject = "") {
    return act("", acts::Capacity::secretariat, type, fields, subject);
  }
  // What time brings by now.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      for (Act& due : state_.due(now_)) {
        due.stamp.at = now_;
        const Judgement judgement = state_.judge(due);
        if (judgement.refusal) continue;
        for (const Act& each : judgement.acts) enter(each);
        again = true;
      }
    }
  }
  void at(const char* now) {
    now_ = instant(now);
    settle();
  }
  // An open meeting of the Permanent Council, at its beginning.
  std::string open_council(const char* local) {
    EXPECT_EQ(desk("meeting.planned", {{"body", "OSCE_PC"}, {"begins", {{"local", local}}}}), "");
    const std::string id = subject_;
    EXPECT_EQ(desk("meeting.invited", nlohmann::json::object(), id), "");
    now_ = std::max(now_, state_.desks().meetings.meeting(id)->begins.at);
    EXPECT_EQ(desk("meeting.opened", {{"chairperson", "X"}}, id), "");
    return id;
  }

  const Secretariat& state() const { return state_; }
  const std::string& subject() const { return subject_; }  // of the last act of act()
  Instant now() const { return now_; }
  void wait(std::chrono::milliseconds time) { now_ += time; }
  const std::vector<record::ActBody>& entries() const { return entries_; }

  // The notices of one kind to a delegation.
  std::vector<const Notice*> told(std::string_view delegation, std::string_view kind) const {
    std::vector<const Notice*> out;
    for (const Notice* each : state_.notices_to(delegation)) {
      if (each->kind == kind) out.push_back(each);
    }
    return out;
  }
  std::vector<Task> tasks(std::string_view delegation, std::string_view kind) const {
    std::vector<Task> out;
    for (Task& each : state_.tasks_of(delegation, now_)) {
      if (each.kind == kind) out.push_back(std::move(each));
    }
    return out;
  }

 private:
  void enter(const Act& each) {
    const record::ActBody body = body_of(each);
    entries_.push_back(body);
    state_.enter(entries_.size(), body.type, body.json);
  }

  Secretariat state_{test::data()};
  std::vector<record::ActBody> entries_{};
  std::string subject_{};
  Instant now_{};
};

}  // namespace mithaq::secretariat
