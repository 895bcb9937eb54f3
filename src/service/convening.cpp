#include "service/convening.hpp"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace mithaq::service {

namespace {

using nlohmann::json;

// What is due can make other things due; more rounds than this are a circle.
constexpr int kRoundsMax = 100;
// How often an act is judged again because other processes write.
constexpr int kAttemptsMax = 50;
// Of one who acts, so many refusals in a minute are written down, and no text of them is longer.
constexpr std::size_t kRefusalsMax = 60;
constexpr auto kRefusalsWithin = std::chrono::minutes(1);
constexpr std::size_t kActorsMax = 10'000;
constexpr std::size_t kRefusedBytesMax = 500;

record::LogMark mark_of(const record::SqlStore& store) {
  record::LogMark mark{.size = store.size()};
  if (mark.size > 0) mark.first = record::to_canonical_json(store.entry(0).header);
  return mark;
}

// What a stranger sent, as it can stand in an entry: whole characters, and not many.
std::string shortened(const std::string& text) {
  if (text.size() <= kRefusedBytesMax) return valid_utf8(text);
  std::size_t end = kRefusedBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return valid_utf8(text.substr(0, end)) + "…";
}

record::ActBody refused_body(const secretariat::Act& wanted, const acts::Refusal& refusal, bool last) {
  json said = {{"act", shortened(wanted.type)},
               {"at", format_instant(wanted.stamp.at)},
               {"capacity", acts::name_of(wanted.stamp.actor.capacity)},
               {"reason", shortened(refusal.reason)},
               {"rule", refusal.rule}};
  if (!wanted.stamp.actor.by.empty()) said["by"] = shortened(wanted.stamp.actor.by);
  if (!wanted.stamp.actor.delegation.empty()) said["delegation"] = wanted.stamp.actor.delegation;
  if (!wanted.stamp.subject.empty()) said["subject"] = shortened(wanted.stamp.subject);
  if (last) said["more"] = "further refusals of this minute are not written down";
  return {.type = std::string(kActRefused), .json = said.dump()};
}

// What was judged and could not be read as an act.
acts::Refusal no_act(const Error& error) {
  if (const auto* named = dynamic_cast<const acts::NoAct*>(&error))
    return {.rule = named->rule(), .reason = error.what()};
  return {.rule = error.kind() == ErrorKind::not_found ? "acts/subject" : "acts/form",
          .reason = error.what()};
}

// Does it again if another process appended between the judgement and the append.
template <typename Work>
auto while_others_write(const Work& work) {
  for (int attempt = 1;; ++attempt) {
    try {
      return work();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::conflict || attempt == kAttemptsMax) throw;
    }
  }
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

ActOutcome Convening::refused(record::SqlStore& store, const secretariat::Act& wanted, acts::Refusal refusal,
                              ErrorKind as) {
  const Instant now = wanted.stamp.at;
  if (refusals_.size() >= kActorsMax)
    std::erase_if(refusals_, [&](const auto& each) { return now - each.second.since >= kRefusalsWithin; });
  Refusals& refusals = refusals_[wanted.stamp.actor.by];
  if (now - refusals.since >= kRefusalsWithin) refusals = {.since = now};
  if (refusals.written < kRefusalsMax) {
    const record::Body body = refused_body(wanted, refusal, refusals.written + 1 == kRefusalsMax);
    store.append_at(mark_.size, {&body, 1});
    take_in(store);
    ++refusals.written;
  }
  return {.refusal = std::move(refusal), .refused_as = as};
}

ActOutcome Convening::act(Workspace& writing, secretariat::Act wanted, Instant received) {
  expect(wanted.stamp.actor.capacity != acts::Capacity::system, "nobody asks in the name of the program");
  record::SqlStore& store = writing.record_to_write();
  const std::lock_guard guard(lock_);
  return while_others_write([&]() -> ActOutcome {
    take_in(store);
    // A clock that was set back does not make an act earlier than the one before it.
    wanted.stamp.at = std::max(received, state_->last());
    // What time brought before this act comes first: the end of a silence period that nobody has seen yet.
    append_due(store, wanted.stamp.at);
    secretariat::Judgement judgement;
    try {
      judgement = state_->judge(wanted);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::invalid_input && error.kind() != ErrorKind::not_found) throw;
      return refused(store, wanted, no_act(error), error.kind());
    }
    if (judgement.refusal)
      return refused(store, wanted, *judgement.refusal,
                     judgement.refusal->forbidden ? ErrorKind::forbidden : ErrorKind::conflict);
    ActOutcome outcome;
    outcome.done = append(store, std::move(judgement.acts));
    for (DoneAct& each : append_due(store, wanted.stamp.at)) outcome.done.push_back(std::move(each));
    return outcome;
  });
}

ActOutcome Convening::refuse(Workspace& writing, secretariat::Act wanted, const acts::NoAct& why,
                             Instant received) {
  record::SqlStore& store = writing.record_to_write();
  const std::lock_guard guard(lock_);
  return while_others_write([&] {
    take_in(store);
    wanted.stamp.at = std::max(received, state_->last());
    return refused(store, wanted, {.rule = why.rule(), .reason = why.what()}, why.kind());
  });
}

std::vector<DoneAct> Convening::settle(Workspace& writing, Instant now) {
  record::SqlStore& store = writing.record_to_write();
  const std::lock_guard guard(lock_);
  return while_others_write([&] {
    take_in(store);
    return append_due(store, now);
  });
}

std::string delegation_named(Workspace& workspace, std::string_view words) {
  try {
    return workspace.entity_named(words);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
    throw acts::NoAct(error.kind(), "acts/subject", error.what());
  }
}

std::optional<Instant> Convening::next_due(Workspace& workspace) {
  return read(workspace, [](const secretariat::Secretariat& state) { return state.next_due(); });
}

}  // namespace mithaq::service
