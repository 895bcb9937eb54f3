#include "engines/exchanges/rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.hpp"

namespace mithaq::exchanges {

namespace {

constexpr std::array<std::string_view, 16> kMeasures = {"total",
                                                        "total_per_units",
                                                        "total_max",
                                                        "same_state",
                                                        "same_state_part",
                                                        "same_state_small",
                                                        "unit",
                                                        "unit_same_state",
                                                        "at_once",
                                                        "stationed_share",
                                                        "notice_min",
                                                        "notice_max",
                                                        "reply",
                                                        "stay",
                                                        "report",
                                                        "not_counted"};

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

int number_of(const Table& table, std::size_t row, std::string_view cell) {
  int out = 0;
  const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  if (failed != std::errc() || end != cell.data() + cell.size())
    refuse(table, row, "\"" + std::string(cell) + "\" is no number");
  return out;
}

bool yes(const Table& table, std::size_t row, std::string_view column) {
  const std::string_view cell = table.cell(row, column);
  if (cell != "yes" && cell != "no") refuse(table, row, std::string(column) + " is yes or no");
  return cell == "yes";
}

std::vector<std::string> values(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string_view each : split_values(cell)) out.emplace_back(each);
  return out;
}

acts::Words words(const Table& table, std::size_t row) {
  acts::Words out;
  for (const char* language : {"ar", "en", "ru"}) {
    out[language] = table.cell(row, language);
    if (out[language].empty()) refuse(table, row, std::string("it has no words in ") + language);
  }
  return out;
}

// "12-15" or "budget_approved+3m"
Due due_of(const Table& table, std::size_t row) {
  const std::string cell(table.cell(row, "due"));
  if (const auto plus = cell.find('+'); plus != std::string::npos && cell.ends_with('m')) {
    return {.occasion = cell.substr(0, plus),
            .months = number_of(table, row, std::string_view(cell).substr(plus + 1, cell.size() - plus - 2))};
  }
  // A day that each year has: 29 February is none.
  const auto day = parse_day("2023-" + cell);
  if (!day)
    refuse(table, row, "\"" + cell + "\" is neither a day such as 12-15 nor such as budget_approved+3m");
  return {.day = day->month() / day->day()};
}

void add_zone(std::vector<Zone>& zones, const Table& table, std::size_t row) {
  const auto zone = Zone::named(table.cell(row, "zone"));
  if (!zone) refuse(table, row, "there is no zone \"" + std::string(table.cell(row, "zone")) + "\"");
  zones.push_back(*zone);
}

template <typename T>
const T* find(const std::vector<T>& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

bool Reminder::is_for(std::string_view exchange) const {
  return exchanges.empty() || std::find(exchanges.begin(), exchanges.end(), exchange) != exchanges.end();
}

Rules Rules::load(const std::filesystem::path& folder) {
  return Rules(Table::read(folder / "exchanges.tsv"), Table::read(folder / "reminders.tsv"),
               Table::read(folder / "visits.tsv"), Table::read(folder / "quotas.tsv"));
}

Rules::Rules(const Table& exchanges, const Table& reminders, const Table& visits, const Table& quotas) {
  for (std::size_t row = 0; row < exchanges.row_count(); ++row) {
    Exchange each{.id = std::string(exchanges.cell(row, "id")),
                  .name = words(exchanges, row),
                  .document = std::string(exchanges.cell(row, "document")),
                  .paragraph = std::string(exchanges.cell(row, "paragraph")),
                  .quote = std::string(exchanges.cell(row, "quote")),
                  .source = std::string(exchanges.cell(row, "source")),
                  .due = due_of(exchanges, row),
                  .about = number_of(exchanges, row, exchanges.cell(row, "about")),
                  .obliged = values(exchanges.cell(row, "obliged")),
                  .voluntary = values(exchanges.cell(row, "voluntary")),
                  .seen_by = values(exchanges.cell(row, "seen_by")),
                  .nil_allowed = yes(exchanges, row, "nil"),
                  .counts_units = yes(exchanges, row, "counts_units"),
                  .zone = std::string(exchanges.cell(row, "zone"))};
    if (each.id.empty() || exchange(each.id) != nullptr)
      refuse(exchanges, row, "an exchange has an id of its own");
    if (each.obliged.empty() && each.voluntary.empty()) refuse(exchanges, row, "nobody takes part");
    add_zone(zones_, exchanges, row);
    exchanges_.push_back(std::move(each));
  }
  for (std::size_t row = 0; row < reminders.row_count(); ++row) {
    Reminder each{.id = std::string(reminders.cell(row, "id")),
                  .exchanges = values(reminders.cell(row, "exchanges")),
                  .days = number_of(reminders, row, reminders.cell(row, "days")),
                  .kind = std::string(reminders.cell(row, "kind")),
                  .name = words(reminders, row),
                  .source = std::string(reminders.cell(row, "source"))};
    if (each.id.empty() || reminder(each.id) != nullptr)
      refuse(reminders, row, "a reminder has an id of its own");
    constexpr std::array<std::string_view, 4> kKinds = {"reminder", "late_notice", "announcement",
                                                        "chair_letter"};
    if (std::find(kKinds.begin(), kKinds.end(), each.kind) == kKinds.end())
      refuse(reminders, row, "there is no kind of reminder \"" + each.kind + "\"");
    if ((each.kind == "reminder") != (each.days <= 0))
      refuse(reminders, row, "a reminder comes before the last day, everything else after it");
    for (const std::string& id : each.exchanges)
      if (exchange(id) == nullptr) refuse(reminders, row, "there is no exchange \"" + id + "\"");
    reminders_.push_back(std::move(each));
  }
  std::stable_sort(reminders_.begin(), reminders_.end(),
                   [](const Reminder& a, const Reminder& b) { return a.days < b.days; });
  for (std::size_t row = 0; row < visits.row_count(); ++row) {
    VisitKind each{.id = std::string(visits.cell(row, "id")),
                   .name = words(visits, row),
                   .document = std::string(visits.cell(row, "document")),
                   .paragraph = std::string(visits.cell(row, "paragraph")),
                   .source = std::string(visits.cell(row, "source")),
                   .asked_by = values(visits.cell(row, "asked_by")),
                   .received_by = values(visits.cell(row, "received_by")),
                   .by_quota = visits.cell(row, "basis") == "quota",
                   .names_unit = yes(visits, row, "names_unit"),
                   .zone = std::string(visits.cell(row, "zone"))};
    if (each.id.empty() || visit(each.id) != nullptr) refuse(visits, row, "a visit has an id of its own");
    if (!each.by_quota && visits.cell(row, "basis") != "free")
      refuse(visits, row, "the basis is quota or free");
    add_zone(zones_, visits, row);
    visits_.push_back(std::move(each));
  }
  for (std::size_t row = 0; row < quotas.row_count(); ++row) {
    const auto measure = std::find(kMeasures.begin(), kMeasures.end(), quotas.cell(row, "measure"));
    if (measure == kMeasures.end())
      refuse(quotas, row, "there is no measure \"" + std::string(quotas.cell(row, "measure")) + "\"");
    QuotaRule each{.id = std::string(quotas.cell(row, "id")),
                   .visit = std::string(quotas.cell(row, "visit")),
                   .measure = static_cast<Measure>(measure - kMeasures.begin()),
                   .paragraph = std::string(quotas.cell(row, "paragraph")),
                   .quote = std::string(quotas.cell(row, "quote")),
                   .source = std::string(quotas.cell(row, "source")),
                   .says = words(quotas, row)};
    const bool needs_number =
        each.measure != Measure::stationed_share && each.measure != Measure::not_counted;
    if (needs_number) {
      each.number = number_of(quotas, row, quotas.cell(row, "number"));
      if (each.number < 1) refuse(quotas, row, "the number is at least 1");
    }
    if (each.measure == Measure::same_state_small)
      each.below = number_of(quotas, row, quotas.cell(row, "below"));
    if (visit(each.visit) == nullptr) refuse(quotas, row, "there is no visit \"" + each.visit + "\"");
    if (each.id.empty() || rule(each.id) != nullptr) refuse(quotas, row, "a rule has an id of its own");
    if (rule(each.visit, each.measure) != nullptr)
      refuse(quotas, row, "the visit has a rule of this measure already");
    quotas_.push_back(std::move(each));
  }
}

const Exchange* Rules::exchange(std::string_view id) const {
  return find(exchanges_, id);
}
const VisitKind* Rules::visit(std::string_view id) const {
  return find(visits_, id);
}
const Reminder* Rules::reminder(std::string_view id) const {
  return find(reminders_, id);
}
const QuotaRule* Rules::rule(std::string_view id) const {
  return find(quotas_, id);
}

const QuotaRule* Rules::rule(std::string_view visit, Measure measure) const {
  const auto found = std::find_if(quotas_.begin(), quotas_.end(), [&](const QuotaRule& each) {
    return each.visit == visit && each.measure == measure;
  });
  return found == quotas_.end() ? nullptr : &*found;
}

const Zone& Rules::zone(std::string_view name) const {
  const auto found =
      std::find_if(zones_.begin(), zones_.end(), [&](const Zone& each) { return each.name() == name; });
  expect(found != zones_.end(), "the zone of a rule was read with it");
  return *found;
}

std::optional<std::chrono::year_month_day> last_day(const Exchange& exchange, int year,
                                                    std::optional<std::chrono::year_month_day> occasion) {
  using namespace std::chrono;
  if (exchange.due.day) return std::chrono::year(year) / *exchange.due.day;
  if (!occasion) return std::nullopt;
  // Three months after 30 November is the last day of February.
  year_month_day day = *occasion + months(exchange.due.months);
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return day;
}

std::optional<Instant> deadline(const Rules& rules, const Exchange& exchange, int year,
                                std::optional<std::chrono::year_month_day> occasion) {
  // "not later than 15 December": the whole of that day is in time, so it is late from the midnight that ends
  // it.
  const auto day = last_day(exchange, year, occasion);
  if (!day) return std::nullopt;
  const LocalTime midnight{.day = std::chrono::sys_days(*day) + std::chrono::days(1)};
  return rules.zone(exchange.zone).instants_of(midnight).later;
}

int year_of(Instant at, const Zone& zone) {
  return static_cast<int>(zone.local(at).day.year());
}

}  // namespace mithaq::exchanges
