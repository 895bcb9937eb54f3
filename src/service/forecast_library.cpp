#include "service/forecast_library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/beside.hpp"

namespace mithaq::service {

namespace {

using record::Blob;
using record::Database;
using record::Query;
using record::Transaction;

constexpr std::chrono::milliseconds kDatabasePatience{30'000};
// What is kept is read in less.
constexpr std::chrono::milliseconds kPatience{1500};
constexpr std::chrono::seconds kFailureQuiet{30};
constexpr std::size_t kPartBytes = 1 << 20;
constexpr std::size_t kInMemoryMax = 3;
constexpr std::size_t kKeptMax = 6;
constexpr std::size_t kAnswersMax = 12;
constexpr std::size_t kQueueMax = 16;

const record::Beside kBeside{
    .name = "forecasts",
    .tables = {"forecasts", "forecast_parts"},
    .sql =
        "create table if not exists forecasts(id text primary key, vintage text not null, origin integer not "
        "null, "
        "made_at text not null, made integer not null);"
        "create table if not exists forecast_parts(forecast text not null, part integer not null, "
        "bytes blob not null, primary key(forecast, part))"};

// Thrown out of the engine when the program ends.
struct Stopped {};

}  // namespace

// ---------------------------------------------------------------- one forecast

template <typename Value, typename Work>
std::shared_ptr<const Value> MadeForecast::once(
    std::map<std::pair<int, double>, std::shared_ptr<const Value>>& known, int window, double false_alarm,
    const Work& work) const {
  const std::pair key{window, false_alarm};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known.find(key); found != known.end()) return found->second;
  }
  auto made = std::make_shared<const Value>(work());
  const std::lock_guard lock(mutex_);
  if (known.size() >= kAnswersMax) known.erase(known.begin());
  known[key] = made;
  return made;
}

std::shared_ptr<const std::vector<forecast::Warning>> MadeForecast::warnings(int window,
                                                                             double false_alarm) const {
  return once(warnings_, window, false_alarm,
              [&] { return forecast::warnings_of(panel, forecast(), window, {.false_alarm = false_alarm}); });
}

std::shared_ptr<const std::vector<forecast::TrackRecord>> MadeForecast::track_record(
    int window, double false_alarm) const {
  return once(records_, window, false_alarm, [&] {
    return forecast::track_record(panel, forecast(), window, {.false_alarm = false_alarm});
  });
}

std::shared_ptr<const std::vector<forecast::Judged>> MadeForecast::judged(int window,
                                                                          double false_alarm) const {
  return once(judged_, window, false_alarm,
              [&] { return forecast::judged_past(panel, forecast(), window, {.false_alarm = false_alarm}); });
}

// ---------------------------------------------------------------- the library

ForecastLibrary::ForecastLibrary(WorkspaceOptions options, ForecastSettings settings)
    : options_(std::move(options)), settings_(settings) {
  options_.forecasts.reset();  // its own would hold it for ever
}

ForecastLibrary::~ForecastLibrary() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

ForecastLibrary::Wanted ForecastLibrary::wanted_of(Workspace& asker, const ForecastAsked& asked) const {
  Wanted wanted{.vintage = vintage_of(asker, asked.vintage)};
  const VintageInfo& vintage = wanted.vintage;
  if (vintage.kind == "grid_months")
    throw Error(
        ErrorKind::invalid_input,
        "the vintage \"" + vintage.id + "\" has grid cells, not countries: mithaq warn forecast --grid");
  wanted.origin = asked.origin == 0 ? vintage.newest : asked.origin;
  if (wanted.origin < vintage.first || wanted.origin > vintage.newest)
    throw Error(ErrorKind::not_found,
                "the vintage \"" + vintage.id + "\" has the months " + events::to_text(vintage.first) +
                    " to " + events::to_text(vintage.newest) + ", not " + events::to_text(wanted.origin));
  // Indicators join the panel; whichever came last, it may be another one.
  record::Seq indicators = 0;
  if (record::identity_of(options_.record)) {
    const auto acts = asker.record().view().acts("indicators.");
    if (!acts.empty()) indicators = acts.back().seq + 1;
  }
  wanted.id = to_hex(
      sha256(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", vintage.id, vintage.imported_at,
                         vintage.sha256, vintage.rows, vintage.newest, wanted.origin, settings_.horizon,
                         settings_.draws, settings_.windows, settings_.seed, kForecastMethod, indicators)));
  return wanted;
}

std::shared_ptr<const MadeForecast> ForecastLibrary::in_memory(const std::string& id) {
  const auto found =
      std::find_if(made_.begin(), made_.end(), [&](const auto& each) { return each.first == id; });
  if (found == made_.end()) return nullptr;
  std::rotate(made_.begin(), found, found + 1);
  return made_.front().second;
}

void ForecastLibrary::remember(const std::string& id, std::shared_ptr<const MadeForecast> made) {
  const std::lock_guard lock(mutex_);
  if (in_memory(id) != nullptr) return;
  made_.emplace_front(id, std::move(made));
  if (made_.size() > kInMemoryMax) made_.pop_back();
}

std::optional<std::pair<std::string, std::string>> ForecastLibrary::load(const std::string& id) const {
  if (!record::identity_of(options_.record)) return std::nullopt;
  const auto database = Database::open(options_.record, Database::Mode::read, kDatabasePatience);
  if (!database->has_table("forecasts")) return std::nullopt;
  std::pair<std::string, std::string> out;
  Query made = database->query("select made_at from forecasts where id=?1", id);
  if (!made.step()) return std::nullopt;
  out.second = made.text(0);
  Query parts = database->query("select bytes from forecast_parts where forecast=?1 order by part", id);
  while (parts.step()) out.first += parts.blob(0);
  return out;
}

void ForecastLibrary::keep(const std::string& id, const VintageInfo& vintage, events::Month origin,
                           const std::string& bytes, const std::string& made_at) const {
  if (!record::identity_of(options_.record)) return;
  const auto database = Database::open(options_.record, Database::Mode::write, kDatabasePatience);
  record::create_beside(*database, kBeside);
  record::run_transaction(*database, Transaction::Kind::write, [&] {
    database->run("delete from forecast_parts where forecast=?1", id);
    const std::int64_t number = 1 + database->integer("select max(made) from forecasts", 0);
    database->run(
        "insert into forecasts values(?1,?2,?3,?4,?5) on conflict(id) do update set "
        "made_at=excluded.made_at, "
        "made=excluded.made",
        id, vintage.id, origin, made_at, number);
    for (std::size_t part = 0; part * kPartBytes < bytes.size(); ++part)
      database->run("insert into forecast_parts values(?1,?2,?3)", id, part,
                    Blob{std::string_view(bytes).substr(part * kPartBytes, kPartBytes)});
    // The oldest make room.
    const std::int64_t oldest =
        database->integer("select made from forecasts order by made desc limit 1 offset ?1", 0, kKeptMax - 1);
    database->run("delete from forecast_parts where forecast in (select id from forecasts where made<?1)",
                  oldest);
    database->run("delete from forecasts where made<?1", oldest);
  });
}

// One forecast is for all who may see its vintage, so it looks at nothing that some of them may not: of other
// data only at those with the same handling, and those that are for everybody. What documents of the record
// report is shown beside it, not in it: it would change with every paper that is read.
events::Panel ForecastLibrary::panel_of(const VintageInfo& vintage) const {
  Workspace workspace(options_);
  if (record::identity_of(options_.record)) {
    std::vector<document::Handling> visible;
    for (document::Handling& each : all_handlings(workspace)) {
      if (each.is_public() || each == vintage.handling) visible.push_back(std::move(each));
    }
    workspace.record().view().look_as(record::Sight::of(visible, ""));
  }
  return country_panel_of(workspace, vintage.id, {}, nullptr, {.field_reports = false});
}

std::shared_ptr<const MadeForecast> ForecastLibrary::load_or_make(const Wanted& wanted,
                                                                  const ForecastProgress& progress) {
  auto out = std::make_shared<MadeForecast>();
  out->vintage = wanted.vintage;
  out->panel = panel_of(wanted.vintage);
  if (const auto kept = load(wanted.id)) {
    try {
      out->kept = unpacked(kept->first, out->panel);
      out->made_at = kept->second;
      return out;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
    }
  }
  forecast::Forecast made = forecast::make_forecast(out->panel, wanted.origin,
                                                    {.horizon = settings_.horizon,
                                                     .draws = settings_.draws,
                                                     .seed = settings_.seed,
                                                     .threads = settings_.threads,
                                                     .windows = settings_.windows,
                                                     .progress = progress});
  out->kept = kept_of(std::move(made));
  out->made_at = record::format_time(options_.clock());
  try {
    keep(wanted.id, wanted.vintage, wanted.origin, packed(out->kept, out->panel), out->made_at);
  } catch (const Error& error) {
    // Who may only read the record, or has no room, gets the answer all the same.
    if (error.kind() != ErrorKind::unavailable && error.kind() != ErrorKind::no_space &&
        error.kind() != ErrorKind::conflict)
      throw;
  }
  return out;
}

std::shared_ptr<const MadeForecast> ForecastLibrary::make(Workspace& asker, const ForecastAsked& asked,
                                                          const ForecastProgress& progress) {
  const Wanted wanted = wanted_of(asker, asked);
  {
    const std::lock_guard lock(mutex_);
    if (auto made = in_memory(wanted.id)) return made;
  }
  auto made = load_or_make(wanted, progress);
  remember(wanted.id, made);
  return made;
}

ForecastLibrary::State ForecastLibrary::ask(Workspace& asker, const ForecastAsked& asked) {
  Wanted wanted = wanted_of(asker, asked);
  const std::string id = wanted.id;
  std::unique_lock lock(mutex_);
  if (auto made = in_memory(id)) return {.made = std::move(made)};
  const auto failed = [&]() -> const Failure* {
    const auto found = failures_.find(id);
    return found == failures_.end() || std::chrono::steady_clock::now() - found->second.at > kFailureQuiet
               ? nullptr
               : &found->second;
  };
  if (const Failure* failure = failed()) throw Error(failure->kind, failure->message);
  const auto waiting = [&] {
    return std::find_if(queue_.begin(), queue_.end(), [&](const Wanted& each) { return each.id == id; });
  };
  if (waiting() == queue_.end()) {
    if (queue_.size() >= kQueueMax)
      throw Error(ErrorKind::unavailable, "many forecasts are being made: try again in a moment");
    queue_.push_back(std::move(wanted));
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    wanted_.notify_one();
    changed_.wait_for(lock, kPatience, [&] { return stopping_ || waiting() == queue_.end(); });
    if (auto made = in_memory(id)) return {.made = std::move(made)};
    if (const Failure* failure = failed()) throw Error(failure->kind, failure->message);
  }
  if (queue_.empty() || queue_.front().id != id) return {.step = "waiting for another forecast", .part = 0};
  return {.step = step_.empty() ? "reading the data" : step_, .part = part_};
}

void ForecastLibrary::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wanted_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const Wanted wanted = queue_.front();
    step_.clear();
    part_ = 0;
    lock.unlock();
    std::shared_ptr<const MadeForecast> made;
    std::optional<Failure> failure;
    try {
      made = load_or_make(wanted, [&](const std::string& step, double part) {
        const std::lock_guard told(mutex_);
        if (stopping_) throw Stopped();
        step_ = step;
        part_ = part;
      });
    } catch (const Stopped&) {
      return;
    } catch (const Error& error) {
      failure = {.kind = error.kind(), .message = error.what(), .at = std::chrono::steady_clock::now()};
    } catch (const std::bad_alloc&) {
      failure = {.kind = ErrorKind::unavailable,
                 .message = "not enough memory for a forecast",
                 .at = std::chrono::steady_clock::now()};
    }
    if (made) remember(wanted.id, made);
    lock.lock();
    failures_.erase(wanted.id);
    if (failure) failures_[wanted.id] = *failure;
    queue_.pop_front();
    changed_.notify_all();
  }
}

}  // namespace mithaq::service
