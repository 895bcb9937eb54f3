#include "service/convening.hpp"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using nlohmann::json;

// What is due can make other things due; more rounds than this are a circle.
constexpr int kRoundsMax = 100;
// How often an act is judged again because other processes write.
constexpr int kAttemptsMax = 50;

record::LogMark mark_of(const record::SqlStore& store) {
  record::LogMark mark{.size = store.size()};
  if (mark.size > 0) mark.first = record::to_canonical_json(store.entry(0).header);
  return mark;
}

record::ActBody refused_body(const secretariat::Act& wanted, const acts::Refusal& refusal) {
  json said = {{"act", wanted.type},
               {"at", format_instant(wanted.stamp.at)},
               {"capacity", acts::name_of(wanted.stamp.actor.capacity)},
               {"reason", refusal.reason},
               {"rule", refusal.rule}};
  if (!wanted.stamp.actor.by.empty()) said["by"] = wanted.stamp.actor.by;
  if (!wanted.stamp.actor.delegation.empty()) said["delegation"] = wanted.stamp.actor.delegation;
  if (!wanted.stamp.subject.empty()) said["subject"] = wanted.stamp.subject;
  return {.type = std::string(kActRefused), .json = said.dump()};
}

}  // namespace

Convening::Convening(std::filesystem::path data) : data_(std::move(data)) {}

void Convening::start_anew() {
  state_ = std::make_unique<secretariat::Secretariat>(data_);
  mark_ = {};
}

void Convening::take_in(record::SqlStore& store) {
  const record::Seq size = store.size();
  // Another record, or one that was taken back to an earlier day.
  if (!state_ || size < mark_.size || (mark_.size > 0 && mark_of(store).first != mark_.first)) start_anew();
  if (size == mark_.size) return;
  store.each_act(mark_.size, [&](record::Seq seq, const record::ActBody& body) {
    state_->enter(seq, body.type, body.json);
  });
  mark_ = mark_of(store);
}

void Convening::catch_up(Workspace& workspace) {
  if (!record::identity_of(workspace.options().record)) {
    // Without a record there is no act yet, and everything that data/ says stands.
    const std::lock_guard guard(lock_);
    if (!state_) start_anew();
    return;
  }
  record::SqlStore& store = workspace.record();
  {
    const std::shared_lock guard(lock_);
    if (state_ && mark_of(store) == mark_) return;
  }
  const std::lock_guard guard(lock_);
  take_in(store);
}

std::vector<DoneAct> Convening::append(record::SqlStore& store, std::vector<secretariat::Act> acts) {
  std::vector<record::Body> bodies;
  for (const secretariat::Act& act : acts) bodies.emplace_back(secretariat::body_of(act));
  const record::Appended appended = store.append_at(mark_.size, bodies);
  take_in(store);
  std::vector<DoneAct> done;
  for (std::size_t at = 0; at < acts.size(); ++at)
    done.push_back({.entry = appended.first + at, .act = std::move(acts[at])});
  return done;
}

std::vector<DoneAct> Convening::append_due(record::SqlStore& store, Instant now) {
  std::vector<DoneAct> done;
  for (int round = 0;; ++round) {
    expect(round < kRoundsMax, "what is due comes to an end");
    const std::size_t before = done.size();
    for (secretariat::Act& act : state_->due(now)) {
      act.stamp.at = std::max(now, state_->last());
      // Judged on the state that the ones before it left, which may have made it needless. If it was wrong
      // from the start, people's acts go on all the same.
      secretariat::Judgement judgement = state_->judge(act);
      if (judgement.refusal || judgement.acts.empty()) continue;
      for (DoneAct& each : append(store, std::move(judgement.acts))) done.push_back(std::move(each));
    }
    if (done.size() == before) return done;
  }
}

ActOutcome Convening::act(Workspace& writing, secretariat::Act wanted, Instant received) {
  expect(wanted.stamp.actor.capacity != acts::Capacity::system, "nobody asks in the name of the program");
  record::SqlStore& store = writing.record_to_write();
  const std::lock_guard guard(lock_);
  for (int attempt = 1;; ++attempt) {
    try {
      take_in(store);
      ActOutcome outcome;
      // A clock that was set back does not make an act earlier than the one before it.
      wanted.stamp.at = std::max(received, state_->last());
      // What time brought before this act comes first: the end of a silence period that nobody has seen yet.
      append_due(store, wanted.stamp.at);
      secretariat::Judgement judgement = state_->judge(wanted);
      if (judgement.refusal) {
        const record::Body body = refused_body(wanted, *judgement.refusal);
        store.append_at(mark_.size, {&body, 1});
        take_in(store);
        outcome.refusal = std::move(judgement.refusal);
        return outcome;
      }
      outcome.done = append(store, std::move(judgement.acts));
      for (DoneAct& each : append_due(store, wanted.stamp.at)) outcome.done.push_back(std::move(each));
      return outcome;
    } catch (const Error& error) {
      // Another process appended between the judgement and the append.
      if (error.kind() != ErrorKind::conflict || attempt == kAttemptsMax) throw;
    }
  }
}

std::vector<DoneAct> Convening::settle(Workspace& writing, Instant now) {
  record::SqlStore& store = writing.record_to_write();
  const std::lock_guard guard(lock_);
  for (int attempt = 1;; ++attempt) {
    try {
      take_in(store);
      return append_due(store, now);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::conflict || attempt == kAttemptsMax) throw;
    }
  }
}

std::optional<Instant> Convening::next_due(Workspace& workspace) {
  return read(workspace, [](const secretariat::Secretariat& state) { return state.next_due(); });
}

}  // namespace mithaq::service
