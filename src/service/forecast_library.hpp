// The forecasts of a process: made, kept beside the record, given again.
//
// A forecast takes some twenty seconds of all cores, so it is made once for each state of the data: the
// vintage, the last month that is used, the settings and the method's version. What is kept goes along with
// backups; it can be made anew from the data at any time, with the same numbers.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engines/forecast/warnings.hpp"
#include "service/event_library.hpp"
#include "service/kept_forecast.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// To be raised with every change of src/engines/forecast that changes what is forecast.
inline constexpr int kForecastMethod = 1;

struct ForecastSettings {
  int horizon = 36;  // months ahead
  std::size_t draws = forecast::kDraws;
  int windows = 5;  // earlier origins
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: one for each core; changes no number
};

// Which one is meant.
struct ForecastAsked {
  std::string vintage{};     // its id; empty: vintage_of()'s choice
  events::Month origin = 0;  // the last month that is used; 0: the newest of the vintage
};

// A forecast with the data that it stands on. Used by many threads at once.
struct MadeForecast {
  VintageInfo vintage{};
  events::Panel panel{};
  KeptForecast kept{};
  std::string made_at{};  // "2026-11-22T17:30:00Z"

  const forecast::Forecast& forecast() const { return kept.forecast; }
  // Of every unit and condition that applies; worked out once for each window and cost, the last ones kept.
  //   window  months of it, 1 to the horizon
  std::shared_ptr<const std::vector<forecast::Warning>> warnings(int window, double false_alarm) const;
  std::shared_ptr<const std::vector<forecast::TrackRecord>> track_record(int window,
                                                                         double false_alarm) const;
  // Warnings as they would have been given at the earlier origins, judged by what followed.
  std::shared_ptr<const std::vector<forecast::Judged>> judged(int window, double false_alarm) const;

 private:
  template <typename Value, typename Work>
  std::shared_ptr<const Value> once(std::map<std::pair<int, double>, std::shared_ptr<const Value>>& known,
                                    int window, double false_alarm, const Work& work) const;
  mutable std::mutex mutex_{};
  mutable std::map<std::pair<int, double>, std::shared_ptr<const std::vector<forecast::Warning>>> warnings_{};
  mutable std::map<std::pair<int, double>, std::shared_ptr<const std::vector<forecast::TrackRecord>>>
      records_{};
  mutable std::map<std::pair<int, double>, std::shared_ptr<const std::vector<forecast::Judged>>> judged_{};
};

// Told how far it is: what is being done, in English, and the part of the whole, 0 to 1.
using ForecastProgress = std::function<void(const std::string& step, double part)>;

class ForecastLibrary {
 public:
  //   options  of the record; its lexicon is shared
  explicit ForecastLibrary(WorkspaceOptions options, ForecastSettings settings = {});
  // Breaks off what is being made.
  ~ForecastLibrary();
  ForecastLibrary(const ForecastLibrary&) = delete;
  ForecastLibrary& operator=(const ForecastLibrary&) = delete;

  // The forecast, or how far it is: a thread makes it, one at a time. What is kept already is waited for.
  struct State {
    std::shared_ptr<const MadeForecast> made{};  // nothing while it is being made
    std::string step{};                          // in English
    double part = 0;
  };
  //   asker   who sees only the vintages of their sight
  //   throws  Error{not_found} if there is no such vintage or month; Error{invalid_input} if too few months
  //   are
  //           known before the origin; Error{unavailable} if making it failed, which is tried again later
  State ask(Workspace& asker, const ForecastAsked& asked);

  // Made at once, by who asks, if it is not kept.
  std::shared_ptr<const MadeForecast> make(Workspace& asker, const ForecastAsked& asked,
                                           const ForecastProgress& progress = {});

 private:
  struct Wanted {
    VintageInfo vintage{};
    events::Month origin = 0;
    std::string id{};  // of the vintage's state, the origin, the settings and the method
  };
  struct Failure {
    ErrorKind kind = ErrorKind::unavailable;
    std::string message{};
    std::chrono::steady_clock::time_point at{};
  };
  Wanted wanted_of(Workspace& asker, const ForecastAsked& asked) const;
  events::Panel panel_of(const VintageInfo& vintage) const;
  std::shared_ptr<const MadeForecast> load_or_make(const Wanted& wanted, const ForecastProgress& progress);
  std::optional<std::pair<std::string, std::string>> load(const std::string& id) const;  // bytes, made_at
  void keep(const std::string& id, const VintageInfo& vintage, events::Month origin, const std::string& bytes,
            const std::string& made_at) const;
  std::shared_ptr<const MadeForecast> in_memory(const std::string& id);  // with mutex_ held
  void remember(const std::string& id, std::shared_ptr<const MadeForecast> made);
  void run();

  WorkspaceOptions options_;
  ForecastSettings settings_;

  std::mutex mutex_{};  // of what follows
  std::condition_variable wanted_{}, changed_{};
  std::deque<std::pair<std::string, std::shared_ptr<const MadeForecast>>> made_{};  // the last used first
  std::deque<Wanted> queue_{};                                                      // the first is being made
  std::string step_{};
  double part_ = 0;
  std::map<std::string, Failure> failures_{};
  bool stopping_ = false;
  std::thread thread_{};  // started when something is first asked for
};

}  // namespace mithaq::service
