#include "engines/meetings/bodies.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/table.hpp"
#include "base/zone.hpp"

namespace mithaq::meetings {

namespace {

constexpr std::string_view kChairRules[] = {"holder", "incoming", "outgoing", "both", "rotation", "named"};
constexpr std::size_t kRotationTermsMax = 2'000;  // how many terms ahead a rotation is followed

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

std::vector<std::string> values_of(const Table& table, std::size_t row, std::string_view column) {
  std::vector<std::string> out;
  for (const std::string_view value : split_values(table.cell(row, column))) out.emplace_back(value);
  return out;
}

acts::Words words_of(const Table& table, std::size_t row, const std::string& before = "") {
  acts::Words out;
  for (const char* language : {"ar", "en", "ru"}) {
    const std::string_view text = table.cell(row, before + language);
    if (text.empty()) refuse(table, row, "it has no name in " + std::string(language));
    out[language] = text;
  }
  return out;
}

std::optional<Day> day_of(const Table& table, std::size_t row, std::string_view column) {
  const std::string_view text = table.cell(row, column);
  if (text.empty()) return std::nullopt;
  const auto day = parse_day(text);
  if (!day) refuse(table, row, "\"" + std::string(text) + "\" is no day");
  return day;
}

Body body_of(const Table& table, std::size_t row) {
  const auto text = [&](std::string_view column) { return std::string(table.cell(row, column)); };
  Body body{.id = text("id"),
            .organization = text("organization"),
            .known_as = text("known_as"),
            .kind = text("kind"),
            .rule_set = text("rule_set"),
            .names = words_of(table, row),
            .members = values_of(table, row, "members"),
            .invited = values_of(table, row, "invited"),
            .zone = text("zone"),
            .languages = values_of(table, row, "languages"),
            .series = text("series"),
            .decisions = text("decisions"),
            .journals = text("journals"),
            .papers = text("papers"),
            .source = text("source")};
  if (body.id.empty() || body.organization.empty() || body.members.empty() || body.series.empty())
    refuse(table, row, "a body has an id, an organization, members and a series");
  if (!Zone::named(body.zone)) refuse(table, row, "there is no time zone \"" + body.zone + "\"");
  for (const std::string& each : values_of(table, row, "at_table")) {
    const std::size_t equals = each.find('=');
    const auto day = equals == std::string::npos ? std::nullopt : parse_day(each.substr(equals + 1));
    if (!day) refuse(table, row, "\"" + each + "\" is no status with a day");
    body.at_table[each.substr(0, equals)] = *day;
  }
  const auto tlp = document::tlp_named(text("tlp"));
  if (!tlp) refuse(table, row, "\"" + text("tlp") + "\" is no mark of the Traffic Light Protocol");
  body.handling = {
      .tlp = *tlp, .statuses = values_of(table, row, "seen_by"), .originator = body.organization};
  std::sort(body.handling.statuses.begin(), body.handling.statuses.end());
  return body;
}

Day months_later(Day day, int months) {
  return day.year() / day.month() / std::chrono::day(1) + std::chrono::months(months);
}

bool covers(const Term& term, Day day) {
  return term.from <= day && (!term.to || day < *term.to);
}

}  // namespace

std::span<const std::string_view> names_of(ChairRule) {
  return kChairRules;
}

Bodies Bodies::load(const std::filesystem::path& data) {
  Bodies out;
  const Table bodies = Table::read(data / "bodies.tsv");
  for (std::size_t row = 0; row < bodies.row_count(); ++row) {
    Body body = body_of(bodies, row);
    if (out.find(body.id) != nullptr) refuse(bodies, row, body.id + " is there twice");
    out.all_.push_back(std::move(body));
  }

  const Table chairs = Table::read(data / "meetings" / "chairs.tsv");
  for (std::size_t row = 0; row < chairs.row_count(); ++row) {
    const auto from = day_of(chairs, row, "from");
    if (!from || chairs.cell(row, "state").empty()) refuse(chairs, row, "a term has a State and a first day");
    std::vector<Term>& terms = out.terms_[std::string(chairs.cell(row, "chairmanship"))];
    Term term{.state = std::string(chairs.cell(row, "state")),
              .from = *from,
              .to = day_of(chairs, row, "to"),
              .source = std::string(chairs.cell(row, "source"))};
    if (term.to && *term.to <= term.from) refuse(chairs, row, "a term ends after it begins");
    if (!terms.empty() && (!terms.back().to || term.from < *terms.back().to))
      refuse(chairs, row, "terms stand in the order of time and do not overlap");
    terms.push_back(std::move(term));
  }

  const Table rotations = Table::read(data / "meetings" / "rotations.tsv");
  for (std::size_t row = 0; row < rotations.row_count(); ++row) {
    std::vector<std::string>& order = out.rotations_[std::string(rotations.cell(row, "rotation"))];
    if (rotations.cell(row, "place") != std::to_string(order.size() + 1))
      refuse(rotations, row, "places count from 1 without gaps");
    order.emplace_back(rotations.cell(row, "state"));
  }

  const Table rules = Table::read(data / "meetings" / "chair_rules.tsv");
  for (std::size_t row = 0; row < rules.row_count(); ++row) {
    const auto text = [&](std::string_view column) { return std::string(rules.cell(row, column)); };
    Rule rule{.body = text("body"),
              .from = day_of(rules, row, "from"),
              .to = day_of(rules, row, "to"),
              .chairmanship = text("chairmanship"),
              .says = words_of(rules, row),
              .source = text("source")};
    if (out.find(rule.body) == nullptr) refuse(rules, row, "there is no body \"" + rule.body + "\"");
    const auto kind = std::find(std::begin(kChairRules), std::end(kChairRules), text("rule"));
    if (kind == std::end(kChairRules)) refuse(rules, row, "there is no rule \"" + text("rule") + "\"");
    rule.kind = static_cast<ChairRule>(kind - std::begin(kChairRules));
    if (!out.terms_.contains(rule.chairmanship))
      refuse(rules, row, "nobody holds the chairmanship \"" + rule.chairmanship + "\"");
    if (rule.kind == ChairRule::rotation) {
      const std::string months = text("months");
      if (months.size() != 1 || months < "1" || months > "9" || !out.rotations_.contains(rule.chairmanship))
        refuse(rules, row, "a rotation has an order of States and terms of so many months");
      rule.months = months[0] - '0';
      if (!out.terms_[rule.chairmanship].back().to)
        refuse(rules, row, "a rotation goes on from the last term, which needs an end");
    }
    out.rules_.push_back(std::move(rule));
  }
  return out;
}

const Body* Bodies::find(std::string_view id) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Body& body) { return body.id == id; });
  return found == all_.end() ? nullptr : &*found;
}

const Bodies::Rule* Bodies::rule_of(std::string_view body, Day day) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) {
    return rule.body == body && (!rule.from || *rule.from <= day) && (!rule.to || day < *rule.to);
  });
  return found == rules_.end() ? nullptr : &*found;
}

std::string Bodies::chairmanship_of(std::string_view body, Day day) const {
  const Rule* rule = rule_of(body, day);
  return rule == nullptr ? std::string() : rule->chairmanship;
}

std::optional<Term> Bodies::holder(const Rule& rule, Day day) const {
  const std::vector<Term>& terms = terms_.at(rule.chairmanship);
  const auto named =
      std::find_if(terms.begin(), terms.end(), [&](const Term& term) { return covers(term, day); });
  if (named != terms.end()) return *named;
  if (rule.kind != ChairRule::rotation || day < terms.back().from) return std::nullopt;

  // The Forum: the next in the order, a trimester each, from the last whom the table names.
  const std::vector<std::string>& order = rotations_.at(rule.chairmanship);
  auto place = std::find(order.begin(), order.end(), terms.back().state);
  if (place == order.end()) return std::nullopt;
  Term term{.from = *terms.back().to, .expected = true, .source = rule.source};
  for (std::size_t step = 0; step < kRotationTermsMax; ++step) {
    if (++place == order.end()) place = order.begin();
    term.to = months_later(term.from, rule.months);
    if (covers(term, day)) {
      term.state = *place;
      return term;
    }
    term.from = *term.to;
  }
  return std::nullopt;
}

std::optional<Term> Bodies::after(std::string_view chairmanship, Day day) const {
  const auto found = terms_.find(chairmanship);
  if (found == terms_.end()) return std::nullopt;
  const std::vector<Term>& terms = found->second;
  const auto next =
      std::find_if(terms.begin(), terms.end(), [&](const Term& term) { return day < term.from; });
  // Only who follows without a gap is the incoming Chair: a year that no table names yet has none.
  if (next == terms.end()) return std::nullopt;
  if (next != terms.begin() && !covers(*std::prev(next), day)) return std::nullopt;
  return *next;
}

std::optional<Term> Bodies::before(std::string_view chairmanship, Day day) const {
  const auto found = terms_.find(chairmanship);
  if (found == terms_.end()) return std::nullopt;
  const std::vector<Term>& terms = found->second;
  const auto now =
      std::find_if(terms.begin(), terms.end(), [&](const Term& term) { return covers(term, day); });
  if (now != terms.end()) return now == terms.begin() ? std::nullopt : std::optional(*std::prev(now));
  // The year after the last term that is known has an outgoing Chair, though none that holds it.
  const Term& last = terms.back();
  if (last.to && *last.to <= day && day < months_later(*last.to, 12)) return last;
  return std::nullopt;
}

Troika Bodies::troika(std::string_view chairmanship, Day day) const {
  Troika out{.outgoing = before(chairmanship, day), .incoming = after(chairmanship, day)};
  if (const auto found = terms_.find(chairmanship); found != terms_.end()) {
    const auto now = std::find_if(found->second.begin(), found->second.end(),
                                  [&](const Term& term) { return covers(term, day); });
    if (now != found->second.end()) out.holder = *now;
  }
  return out;
}

std::vector<Chair> Bodies::chairs_of(std::string_view body, Day day) const {
  const Rule* rule = rule_of(body, day);
  std::vector<Chair> out;
  if (rule == nullptr) return out;
  const auto add = [&](const std::optional<Term>& term, std::optional<Term> while_chairing, ChairRule kind) {
    if (!term) return;
    Chair chair{.state = term->state,
                .rule = kind,
                .chairmanship = rule->chairmanship,
                .says = rule->says,
                .term = *term,
                .source = rule->source};
    // The incoming Chair chairs the contact group until its own year begins, the outgoing one after it.
    if (while_chairing) {
      chair.term.from = while_chairing->from;
      chair.term.to = while_chairing->to;
    }
    out.push_back(std::move(chair));
  };
  const Troika three = troika(rule->chairmanship, day);
  if (rule->kind == ChairRule::holder || rule->kind == ChairRule::rotation)
    add(holder(*rule, day), std::nullopt, rule->kind);
  if (rule->kind == ChairRule::incoming || rule->kind == ChairRule::both)
    add(three.incoming, three.holder, ChairRule::incoming);
  if (rule->kind == ChairRule::outgoing || rule->kind == ChairRule::both)
    add(three.outgoing, three.holder, ChairRule::outgoing);
  return out;
}

std::vector<Chair> Bodies::chairs_in(std::string_view body, std::chrono::year year) const {
  std::vector<Chair> out;
  for (unsigned month = 1; month <= 12; ++month) {
    // A chairmanship may pass on within a month: the General Assembly's does in September.
    for (const unsigned day : {1u, 16u, 28u}) {
      for (Chair& chair : chairs_of(body, year / month / day)) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const Chair& each) {
          return each.state == chair.state && each.term.from == chair.term.from && each.rule == chair.rule;
        });
        if (!known) out.push_back(std::move(chair));
      }
    }
  }
  return out;
}

}  // namespace mithaq::meetings
