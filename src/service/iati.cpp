#include "service/iati.hpp"

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "engines/fund/book.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/convening.hpp"

namespace mithaq::service {

namespace {

using fund::Book;
using fund::Money;
using fund::Project;
using std::chrono::sys_days;

// Codes of the IATI standard 2.03 (codelists), as this export uses them.
constexpr const char* kVersion = "2.03";
constexpr const char* kRoleFunding = "1";
constexpr const char* kRoleAccountable = "2";
constexpr const char* kRoleImplementing = "4";
constexpr const char* kStatusImplementation = "2";
constexpr const char* kStatusClosed = "4";
constexpr const char* kPlannedStart = "1";
constexpr const char* kActualStart = "2";
constexpr const char* kPlannedEnd = "3";
constexpr const char* kActualEnd = "4";
constexpr const char* kDacPurposeCodes = "1";  // SectorVocabulary
constexpr const char* kTransactionExpenditure = "4";
constexpr const char* kTransactionIncomingCommitment = "11";
constexpr int kPercentDigits = 2;

// XML 1.0 has no place for most control characters.
std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value == '\t' || point.value == '\n' || point.value == '\r' ||
        (point.value >= 0x20 && point.value != 0xFFFE && point.value != 0xFFFF))
      append_utf8(out, point.value);
    at += point.length;
  }
  return out;
}

struct Organization {
  std::string identifier{};
  std::string type{};
};

// What the export needs beside the books.
struct Tables {
  std::map<std::string, Organization> organizations{};
  std::map<std::string, std::string> sectors{};  // by theme
  std::map<std::string, std::string> iso2{};     // by State
};

Tables read_tables(const std::filesystem::path& data) {
  Tables tables;
  const Table organizations = Table::read(data / "fund" / "iati_organizations.tsv");
  for (std::size_t row = 0; row < organizations.row_count(); ++row)
    tables.organizations[std::string(organizations.cell(row, "id"))] = {
        .identifier = std::string(organizations.cell(row, "identifier")),
        .type = std::string(organizations.cell(row, "type"))};
  const Table sectors = Table::read(data / "fund" / "iati_sectors.tsv");
  for (std::size_t row = 0; row < sectors.row_count(); ++row)
    tables.sectors[std::string(sectors.cell(row, "theme"))] = sectors.cell(row, "sector");
  const Table states = Table::read(data / "states.tsv");
  for (std::size_t row = 0; row < states.row_count(); ++row)
    tables.iso2[std::string(states.cell(row, "id"))] = states.cell(row, "iso2");
  return tables;
}

// English first: it is the default language of the file, and a narrative in it needs no xml:lang.
void add_narratives(pugi::xml_node parent, const acts::Words& words) {
  for (const char* language : {"en", "ar", "ru", "fr", "es", "zh"}) {
    const auto found = words.find(language);
    if (found == words.end() || found->second.empty()) continue;
    pugi::xml_node narrative = parent.append_child("narrative");
    narrative.append_attribute("xml:lang") = language;
    narrative.text().set(xml_text(found->second).c_str());
  }
}

// Parts of a hundred that add up to it, with two digits.
std::vector<std::string> percentages(std::size_t count) {
  int scale = 100;
  for (int digit = 0; digit < kPercentDigits; ++digit) scale *= 10;
  std::vector<std::string> out;
  for (std::size_t each = 0; each < count; ++each) {
    const auto parts = static_cast<std::size_t>(scale);
    const std::size_t part = parts / count + (each < parts % count ? 1 : 0);
    std::string digits = std::to_string(part);
    if (digits.size() <= static_cast<std::size_t>(kPercentDigits))
      digits.insert(0, static_cast<std::size_t>(kPercentDigits) + 1 - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(kPercentDigits), ".");
    out.push_back(digits);
  }
  return out;
}

// A budget covers at most a year (rule 7.5.3 of the standard's ruleset): one that is longer is parted by
// calendar years, by days, and the parts add up to it.
struct Part {
  sys_days from{}, to{};
  std::int64_t minor = 0;
};
std::vector<Part> by_years(const Money& budget, fund::Day starts, fund::Day ends) {
  std::vector<Part> parts;
  const sys_days last(ends);
  for (sys_days from(starts); from <= last;) {
    const std::chrono::year year = std::chrono::year_month_day(from).year();
    const sys_days year_end(year / std::chrono::December / 31);
    parts.push_back({.from = from, .to = std::min(year_end, last)});
    from = parts.back().to + std::chrono::days(1);
  }
  const std::int64_t days = (last - sys_days(starts)).count() + 1;
  std::int64_t rest = budget.minor;
  for (Part& part : parts) {
    const std::int64_t own = (part.to - part.from).count() + 1;
    // Amounts are below 10^15 and days of a project below 10^5: their product may not fit, their quotient's
    // does.
    part.minor = budget.minor / days * own + budget.minor % days * own / days;
    rest -= part.minor;
  }
  parts.back().minor += rest;
  return parts;
}

struct Export {
  Workspace& workspace;
  const Book& book;
  const Tables& tables;
  const Organization& reporting;
  sys_days today{};

  std::string number(const Money& money) const { return book.currencies().number(money); }

  void add_value(pugi::xml_node parent, const Money& money, sys_days day) const {
    pugi::xml_node value = parent.append_child("value");
    value.append_attribute("currency") = money.currency.c_str();
    value.append_attribute("value-date") = format_day(day).c_str();
    value.text().set(number(money).c_str());
  }

  void add_organization(pugi::xml_node activity, const std::string& id, const char* role,
                        const acts::Words& called) const {
    pugi::xml_node node = activity.append_child("participating-org");
    if (const auto known = tables.organizations.find(id); known != tables.organizations.end()) {
      node.append_attribute("ref") = known->second.identifier.c_str();
      node.append_attribute("type") = known->second.type.c_str();
    }
    node.append_attribute("role") = role;
    add_narratives(node, called);
  }

  acts::Words names_of_entity(const std::string& id) const {
    return {{"en", workspace.name_of(id, Language::english)},
            {"ar", workspace.name_of(id, Language::arabic)},
            {"ru", workspace.name_of(id, Language::russian)}};
  }

  void add_date(pugi::xml_node activity, const char* type, sys_days day) const {
    pugi::xml_node date = activity.append_child("activity-date");
    date.append_attribute("type") = type;
    date.append_attribute("iso-date") = format_day(day).c_str();
  }

  void add_transaction(pugi::xml_node activity, const char* type, sys_days day, const Money& money,
                       std::uint64_t entry, const std::string& text) const {
    pugi::xml_node node = activity.append_child("transaction");
    node.append_attribute("ref") = std::to_string(entry).c_str();
    node.append_child("transaction-type").append_attribute("code") = type;
    node.append_child("transaction-date").append_attribute("iso-date") = format_day(day).c_str();
    add_value(node, money, day);
    if (!text.empty()) add_narratives(node.append_child("description"), {{"en", text}});
  }

  // In the order that the schema asks for.
  void add_activity(pugi::xml_node parent, const Project& project, Instant changed) const {
    const fund::ProjectOpened& said = project.said;
    pugi::xml_node activity = parent.append_child("iati-activity");
    activity.append_attribute("xml:lang") = "en";
    activity.append_attribute("default-currency") = book.opened().currency.c_str();
    activity.append_attribute("last-updated-datetime") = format_instant(changed).c_str();
    activity.append_child("iati-identifier").text().set((reporting.identifier + "-" + project.id).c_str());
    pugi::xml_node reports = activity.append_child("reporting-org");
    reports.append_attribute("ref") = reporting.identifier.c_str();
    reports.append_attribute("type") = reporting.type.c_str();
    add_narratives(reports, names_of_entity(book.opened().organization));
    add_narratives(activity.append_child("title"), said.title);
    add_narratives(activity.append_child("description"),
                   said.description.empty() ? said.title : said.description);
    add_organization(activity, book.opened().organization, kRoleFunding, book.opened().title);
    add_organization(activity, book.opened().organization, kRoleAccountable,
                     names_of_entity(book.opened().organization));
    const std::string implementer = said.implementer.empty() ? book.opened().organization : said.implementer;
    add_organization(activity, implementer, kRoleImplementing, names_of_entity(implementer));
    activity.append_child("activity-status").append_attribute("code") = project.closed ? kStatusClosed
                                                                        : today < sys_days(said.starts)
                                                                            ? "1"
                                                                            : kStatusImplementation;
    add_date(activity, kPlannedStart, sys_days(said.starts));
    if (sys_days(said.starts) <= today) add_date(activity, kActualStart, sys_days(said.starts));
    add_date(activity, kPlannedEnd, sys_days(said.ends));
    if (project.closed && project.closed_on <= today && project.closed_on >= sys_days(said.starts))
      add_date(activity, kActualEnd, project.closed_on);
    std::vector<std::string> countries;
    for (const std::string& state : said.beneficiaries) {
      const auto code = tables.iso2.find(state);
      if (code != tables.iso2.end() && !code->second.empty()) countries.push_back(code->second);
    }
    const auto shares = percentages(std::max<std::size_t>(countries.size(), 1));
    for (std::size_t each = 0; each < countries.size(); ++each) {
      pugi::xml_node country = activity.append_child("recipient-country");
      country.append_attribute("code") = countries[each].c_str();
      country.append_attribute("percentage") = shares[each].c_str();
    }
    std::vector<std::string> sectors;
    for (const std::string& theme : said.themes) {
      const auto code = tables.sectors.find(theme);
      const std::string sector =
          code == tables.sectors.end() ? "99810" : code->second;  // sectors not specified
      if (std::find(sectors.begin(), sectors.end(), sector) == sectors.end()) sectors.push_back(sector);
    }
    const auto parts = percentages(sectors.size());
    for (std::size_t each = 0; each < sectors.size(); ++each) {
      pugi::xml_node sector = activity.append_child("sector");
      sector.append_attribute("vocabulary") = kDacPurposeCodes;
      sector.append_attribute("code") = sectors[each].c_str();
      sector.append_attribute("percentage") = parts[each].c_str();
    }
    for (const Money& each : said.budget) {
      for (const Part& part : by_years(each, said.starts, said.ends)) {
        pugi::xml_node budget = activity.append_child("budget");
        budget.append_attribute("type") = "1";    // original
        budget.append_attribute("status") = "1";  // indicative
        budget.append_child("period-start").append_attribute("iso-date") = format_day(part.from).c_str();
        budget.append_child("period-end").append_attribute("iso-date") = format_day(part.to).c_str();
        add_value(budget, {.minor = part.minor, .currency = each.currency}, part.from);
      }
    }
    for (const fund::Transaction& transaction : book.ledger().transactions()) {
      // A transaction and its reversal are together nothing; what will come is not reported.
      if (transaction.reversed_by != 0 || transaction.reverses != 0 || transaction.day > today) continue;
      for (const fund::Posting& posting : transaction.postings) {
        if (posting.key.of != project.id) continue;
        if (posting.key.account == fund::kAllotments)
          add_transaction(activity, kTransactionIncomingCommitment, transaction.day,
                          {.minor = -posting.minor, .currency = posting.key.currency}, transaction.entry, "");
        // The text of a payment is for the accounts; the public is told what and when.
        if (posting.key.account == fund::kExpenditure)
          add_transaction(activity, kTransactionExpenditure, transaction.day,
                          {.minor = posting.minor, .currency = posting.key.currency}, transaction.entry, "");
      }
    }
  }
};

}  // namespace

std::string iati_xml(Workspace& workspace, const std::string& fund) {
  const Tables tables = read_tables(workspace.options().data);
  const Instant now = std::chrono::floor<std::chrono::milliseconds>(workspace.options().clock());
  return workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
    const secretariat::FundDesk& desk = state.desks().funds;
    const Book* book = desk.book_of(fund);
    if (book == nullptr || !book->is_open()) throw Error(ErrorKind::not_found, "no fund is open");
    const auto reporting = tables.organizations.find(book->opened().organization);
    if (reporting == tables.organizations.end())
      throw Error(ErrorKind::not_found, "data/fund/iati_organizations.tsv has no identifier of \"" +
                                            book->opened().organization + "\"");
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("iati-activities");
    root.append_attribute("version") = kVersion;
    root.append_attribute("generated-datetime") = format_instant(now).c_str();
    const Export made{.workspace = workspace,
                      .book = *book,
                      .tables = tables,
                      .reporting = reporting->second,
                      .today = std::chrono::floor<std::chrono::days>(now)};
    for (const auto& [id, project] : book->projects()) {
      if (!desk.handling_of(project).is_public()) continue;
      const auto& history = desk.history(id);
      made.add_activity(root, project, history.empty() ? project.at : history.back().act.stamp.at);
    }
    std::ostringstream out;
    document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
  });
}

}  // namespace mithaq::service
