#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <sstream>

#include "cli/commands/commands.hpp"
#include "cli/commands/consult.hpp"
#include "cli/commands/exchange.hpp"
#include "cli/commands/fund.hpp"
#include "cli/commands/journal.hpp"
#include "cli/commands/mail.hpp"
#include "cli/commands/meetings.hpp"
#include "cli/commands/partnership.hpp"
#include "cli/commands/secondment.hpp"
#include "cli/completion.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"

namespace mithaq::cli {

namespace {

// Options that every command takes.
struct Common {
  std::string record{};
  std::string key{};
  std::string format = "table";
  std::string language{};
  std::string data{};
};

void add_common(CLI::App& app, Common& common) {
  app.add_option("--record,--store", common.record,
                 "The record: a file or postgresql://… (default: $MITHAQ_RECORD, else mithaq.record)");
  app.add_option("--key", common.key,
                 "The file of the key that signs the record (default: $MITHAQ_KEY, else beside the record)");
  app.add_option("--format", common.format, "How to print answers: table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv", "findings", "geojson"}));
  app.add_option("--lang", common.language, "Language of headings and messages: ar, en or ru")
      ->check(CLI::IsMember({"ar", "en", "ru"}));
  app.add_option("--data", common.data, "The folder with Mithaq's tables, if it is not the installed one");
}

void add_who_options(CLI::App& command, WhoCommand& who) {
  command.add_option("--org", who.organizations,
                     "An organization takes part (name, acronym or id); with its bodies");
  command.add_option("--on", who.theme,
                     "A theme: mediation, الوساطة, an id of data/themes.tsv, or any words");
  command.add_option("--in", who.place, "A place, with all that lies in it: Georgia, كوسوفو");
  command.add_option("--at", who.at, "At a time: 2000, 2000-06, 1999/2001");
  command.add_flag("--confirmed", who.confirmed_only, "Only what a person has confirmed or corrected");
  command.add_option("--limit", who.limit, "At most so many rows");
}

// How conflicts are counted: the same options for the map, the shares and the threads.
void add_conflict_options(CLI::App& command, ConflictsCommand& conflicts) {
  command.add_option("--from", conflicts.from, "From this year or month on: 2017, 2017-05");
  command.add_option("--to", conflicts.to, "Up to this year or month");
  command.add_option("--kinds", conflicts.kinds,
                     "Kinds of violence: state_based, non_state, one_sided or all; several with commas");
  command.add_option("--min-deaths", conflicts.rules.deaths_min,
                     "Deaths in a calendar year from which a conflict is active in it (default: 25)");
  command.add_option("--quiet-months", conflicts.rules.quiet_months,
                     "Quiet months that end an episode of a table of months (default: 12)");
  command
      .add_option("--multi-month", conflicts.rules.multi_month,
                  "Where an event of several months counts: date_end, even_split or ceil_split")
      ->check(CLI::IsMember({"date_end", "even_split", "ceil_split"}));
  command.add_option("--where-precision", conflicts.rules.where_precision_max,
                     "Only events whose place is at least so exact: 1 (exact) to 7 (default: 7)");
  command.add_option("--vintage", conflicts.rules.vintage, "Which release of data (mithaq events list)");
  command.add_option("--limit", conflicts.limit, "At most so many rows for people (default: 50; 0: all)");
  command.add_option("--as", conflicts.as, "hxl (CSV with HXL tags), geojson (the map) or svg (the shares)")
      ->check(CLI::IsMember({"hxl", "geojson", "svg"}));
  command.add_option("-o,--output", conflicts.output, "A file (default: standard output)");
}

OutputFormat format_named(const std::string& name) {
  if (name == "json") return OutputFormat::json;
  if (name == "csv") return OutputFormat::csv;
  return OutputFormat::table;
}

// The language that the words ask for, before they are understood: the help is written in it.
service::Language language_of(int count, const char* const* words, const std::string& otherwise) {
  std::string named = otherwise;
  for (int each = 1; each < count; ++each) {
    const std::string_view word = words[each];
    if (word == "--lang" && each + 1 < count) named = words[each + 1];
    if (word.starts_with("--lang=")) named = word.substr(std::string_view("--lang=").size());
  }
  if (named == "ar") return service::Language::arabic;
  return named == "ru" ? service::Language::russian : service::Language::english;
}

// The footer's lines are sentences, or a command with what it does behind two blanks or more.
std::string translated_footer(const std::string& footer, const service::Messages& messages) {
  std::istringstream lines(footer);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t command = line.find_first_not_of(' ');
    const std::size_t gap = command == std::string::npos ? command : line.find("   ", command);
    const std::size_t what = gap == std::string::npos ? 0 : line.find_first_not_of(' ', gap);
    out += (out.empty() ? "" : "\n") + line.substr(0, what) + messages.say(line.substr(what));
  }
  return out;
}

// Puts the help of a command, and of the commands under it, into the language of the interface.
void translate(CLI::App& app, const service::Messages& messages) {
  app.description(messages.say(app.get_description()));
  app.footer(translated_footer(app.get_footer(), messages));
  app.group(messages.say(app.get_group()));
  for (CLI::Option* option : app.get_options()) {
    option->description(messages.say(option->get_description()));
    option->group(messages.say(option->get_group()));
  }
  for (const char* label : {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "Positionals", "REQUIRED"})
    app.get_formatter()->label(label, messages.say(label));
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) translate(*command, messages);
}

// Says what was wrong with the words, unless they asked for help.
int explain(const CLI::App& app, const CLI::ParseError& error, const service::Messages& messages,
            std::ostream& out, std::ostream& err) {
  if (error.get_exit_code() == 0) return app.exit(error, out, err);
  const std::vector<std::string> unknown = app.remaining();
  const bool no_command = app.get_subcommands().empty() && !unknown.empty();
  err << "mithaq: "
      << visible(messages.say(no_command ? "there is no command \"" + unknown.front() + "\""
                                         : std::string(error.what())))
      << '\n'
      << messages.say("Run with --help for more information.") << '\n';
  return kExitUsage;
}

}  // namespace

int run_command_line(int count, const char* const* words, const Surroundings& surroundings, std::istream& in,
                     std::ostream& out, std::ostream& err) {
  const service::Language language = language_of(count, words, surroundings.language);
  CLI::App app{
      "Mithaq reads what organizations publish and keeps a cited, dated record of who does what for peace.",
      "mithaq"};
  app.set_version_flag("--version", "mithaq " MITHAQ_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Examples:\n"
      "  mithaq read papers/                         read a folder into the record\n"
      "  mithaq leads --in Georgia                   who leads there, with citations\n"
      "  mithaq who --on الوساطة --at 2018            who does what on mediation in 2018\n"
      "  mithaq commitments 53/45-POL                what a resolution asks for, and what became of it\n"
      "  mithaq members OSCE --at 2011-06-01         who took part that day\n"
      "  mithaq find '\"early warning\" OR الإنذار'     search in both scripts\n"
      "The manual: man mithaq. Each command has its own --help.");

  Common common;
  add_common(app, common);
  std::function<int(Session&)> chosen;
  const auto add = [&](const std::string& name, const std::string& what, const std::string& examples) {
    CLI::App* command = app.add_subcommand(name, what);
    command->fallthrough();
    command->footer(examples);
    return command;
  };

  ReadCommand read;
  CLI::App* read_app =
      add("read", "Read files or folders into the record; what it has already is not read again",
          "Examples:\n  mithaq read papers/ report.pdf\n"
          "  mithaq read report.txt --format findings > findings.jsonl");
  read_app->add_option("path", read.paths, "Files or folders")->required();
  read_app->add_option("--threads", read.threads, "How many files at once (default: one for each core)");
  read_app->add_flag("--quiet", read.quiet, "No progress bar");
  read_app->callback([&] {
    read.findings = common.format == "findings";
    chosen = [&](Session& session) { return run_read(session, read); };
  });

  DocumentsCommand documents;
  CLI::App* documents_app = add("documents", "The documents of the record", "Example:\n  mithaq documents");
  documents_app->add_option("reference", documents.reference, "Only these: a name, a symbol or an id");
  documents_app->callback(
      [&] { chosen = [&](Session& session) { return run_documents(session, documents); }; });

  ShowCommand show;
  CLI::App* show_app =
      add("show", "A document: repaired text, edits, doubts, statements",
          "Examples:\n  mithaq show A/55/98\n  mithaq show report.txt --marks --paragraph 7");
  show_app->add_option("document", show.document, "A document's name, symbol or id")->required();
  show_app->add_flag("--raw", show.raw, "The text as it came");
  show_app->add_flag("--edits", show.edits, "Only what was changed, and why");
  show_app->add_flag("--doubts", show.doubts, "Only what could not be settled");
  show_app->add_flag("--statements", show.statements, "Only the statements");
  show_app->add_flag("--marks", show.marks, "Names, dates and papers marked in the text");
  show_app->add_option("--paragraph", show.paragraph, "Only this paragraph");
  show_app->callback([&] { chosen = [&](Session& session) { return run_show(session, show); }; });

  FindCommand find;
  CLI::App* find_app = add(
      "find", "Search paragraphs and statements, in Arabic and English",
      "Words must all occur; \"side by side\"; either OR this; -without; begin*; a resolution in any form.\n"
      "Examples:\n  mithaq find التعاون كوسوفو\n  mithaq find '\"early warning\" -elections' --org OSCE\n"
      "  mithaq find 45/53-س");
  find_app->add_option("words", find.words, "What to search for")->required();
  find_app->add_option("--org", find.organization, "Paragraphs that name an organization");
  find_app->add_option("--in", find.place, "Paragraphs that name a place, or one in it");
  find_app->add_option("--on", find.theme, "Paragraphs with a statement on a theme");
  find_app->add_option("--kind", find.kind, "Paragraphs with a kind of statement: lead, commitment …");
  find_app->add_option("--status", find.status,
                       "Paragraphs with a commitment of this status: done, pending …");
  find_app->add_option("--from", find.from, "Documents from this date on");
  find_app->add_option("--to", find.to, "Documents up to this date");
  find_app->add_option("--limit", find.limit, "At most so many hits");
  find_app->callback([&] { chosen = [&](Session& session) { return run_find(session, find); }; });

  WhoCommand who;
  CLI::App* who_app =
      add("who", "Who does what with whom, on what, where and when",
          "Examples:\n  mithaq who --in Kosovo --on elections\n  mithaq who --org UNHCR --kind cooperation");
  add_who_options(*who_app, who);
  who_app->add_option("--kind", who.types,
                      "Kinds of statement: cooperation, lead, commitment, mandate, meeting …");
  who_app->callback([&] { chosen = [&](Session& session) { return run_who(session, who); }; });

  WhoCommand leads;
  CLI::App* leads_app = add("leads", "Who leads where and on what; contradictions side by side",
                            "Example:\n  mithaq leads --in Croatia");
  add_who_options(*leads_app, leads);
  leads_app->callback([&] { chosen = [&](Session& session) { return run_leads(session, leads); }; });

  MembersCommand members;
  CLI::App* members_app =
      add("members", "The States of an organization at a date, with sources",
          "Examples:\n  mithaq members OSCE --at 2011-06-01\n  mithaq members OSCE --status partner_asian");
  members_app->add_option("organization", members.organization, "Name, acronym or id")->required();
  members_app->add_option("--at", members.at, "The date (default: today)");
  members_app->add_option("--status", members.status,
                          "Only this status: member, observer, partner_mediterranean …");
  members_app->callback([&] { chosen = [&](Session& session) { return run_members(session, members); }; });

  OverlapCommand overlap;
  CLI::App* overlap_app = add("overlap", "Which States belong to which of several organizations",
                              "Example:\n  mithaq overlap OIC AU LAS --at 2018-11-29");
  overlap_app->add_option("organization", overlap.organizations, "Two organizations or more")
      ->required()
      ->expected(2, 8);
  overlap_app->add_option("--at", overlap.at, "The date (default: today)");
  overlap_app->callback([&] { chosen = [&](Session& session) { return run_overlap(session, overlap); }; });

  CommitmentsCommand commitments;
  CLI::App* commitments_app =
      add("commitments", "What a paper obliges whom to do, and what became of it",
          "Examples:\n  mithaq commitments 53/45-POL\n  mithaq commitments report.txt --format csv");
  commitments_app
      ->add_option("paper", commitments.reference, "A document of the record, or a resolution it speaks of")
      ->required();
  commitments_app->callback(
      [&] { chosen = [&](Session& session) { return run_commitments(session, commitments); }; });

  ConflictsCommand conflicts;
  CLI::App* conflicts_app =
      add("conflicts", "The map of conflicts: which there are, their course, where they stand",
          "Examples:\n  mithaq conflicts --org OIC --from 2015\n  mithaq conflicts --in Mali --course year\n"
          "  mithaq conflicts share OIC --from 2010 --to 2018\n"
          "  mithaq conflicts share OIC --kinds all --count country --as svg -o share.svg\n"
          "  mithaq conflicts threads --kind neighbour");
  add_conflict_options(*conflicts_app, conflicts);
  conflicts_app->add_option("--org", conflicts.organization,
                            "With an act of violence in a State while it belonged to this organization");
  conflicts_app->add_option("--in", conflicts.place, "With an act of violence in this country or region");
  conflicts_app->add_flag("--all", conflicts.all, "Also those that were never active");
  conflicts_app
      ->add_option("--course", conflicts.course,
                   "One row for each year or month of each conflict: year or month")
      ->check(CLI::IsMember({"year", "month"}));
  CLI::App* share_app = conflicts_app->add_subcommand(
      "share", "What share of the world's conflicts and deaths lies in an organization's members, by year");
  share_app->fallthrough();
  share_app->add_option("organization", conflicts.organization, "Name, acronym or id")->required();
  share_app->add_option("--count", conflicts.counted, "What is counted: conflict, or country (in conflict)")
      ->check(CLI::IsMember({"conflict", "country"}));
  share_app
      ->add_option("--where", conflicts.where,
                   "One counts as the members' where most, any or part of its deaths happened in them")
      ->check(CLI::IsMember({"most", "any", "part"}));
  share_app->add_flag("--without-suspended", conflicts.without_suspended,
                      "Suspended members do not count as members");
  share_app->callback([&] { conflicts.action = "share"; });
  CLI::App* threads_app = conflicts_app->add_subcommand(
      "threads", "What conflicts have in common: parties, neighbours, conditions, each with its evidence");
  threads_app->fallthrough();
  threads_app->add_option("--kind", conflicts.thread, "Only these: actor, neighbour or driver")
      ->check(CLI::IsMember({"actor", "neighbour", "driver"}));
  threads_app->add_flag("--governments", conflicts.governments,
                        "Also governments that fight in several conflicts");
  threads_app->add_option("--seed", conflicts.seed,
                          "Of the shuffles that neighbours are tested by (default: 1)");
  threads_app->callback([&] { conflicts.action = "threads"; });
  conflicts_app->callback(
      [&] { chosen = [&](Session& session) { return run_conflicts(session, conflicts); }; });

  ReviewCommand review;
  CLI::App* review_app = add(
      "review", "Confirm, correct or reject what was read; without an action: the queue, the doubtful first",
      "Examples:\n  mithaq review\n  mithaq review confirm 17 --by 'A. Karimova'\n"
      "  mithaq review correct 17 who='OSCE; UNHCR' where=Kosovo when=2000-06\n"
      "  mithaq review reject 17 --note 'the sentence is about the past'\n"
      "  mithaq review withdraw 17\n"
      "  mithaq review merge OLD-ID INTO-ID --note 'the same office'");
  review_app->fallthrough();
  review_app->add_option("--by", review.by, "Who reviews (default: the user)");
  review_app->add_option("--note", review.note, "Why");
  review_app->add_option("--document", review.document, "The queue of one document");
  review_app->add_option("--limit", review.limit, "At most so many");
  for (const char* action : {"confirm", "correct", "reject", "withdraw"}) {
    CLI::App* one = review_app->add_subcommand(action, std::string("To ") + action + " a statement");
    one->fallthrough();
    one->add_option("statement", review.statement, "Its number")->required();
    if (std::string(action) == "correct")
      one->add_option("changes", review.changes, "FIELD=VALUE …")->required();
    one->callback([&review, action] { review.action = action; });
  }
  CLI::App* merge_app =
      review_app->add_subcommand("merge", "Two ids mean the same: from now on one reads as the other");
  merge_app->fallthrough();
  merge_app->add_option("entity", review.entity, "The id that is given up")->required();
  merge_app->add_option("into", review.into, "The id that stays")->required();
  merge_app->callback([&] { review.action = "merge"; });
  CLI::App* unmerge_app = review_app->add_subcommand("unmerge", "Undo a merge");
  unmerge_app->fallthrough();
  unmerge_app->add_option("entity", review.entity, "The id that was given up")->required();
  unmerge_app->callback([&] { review.action = "unmerge"; });
  review_app->callback([&] { chosen = [&](Session& session) { return run_review(session, review); }; });

  ReviseCommand revise;
  CLI::App* revise_app =
      add("revise", "Undo an edit of the reader, make it again, or settle a doubt by one of its readings",
          "Examples:\n  mithaq show report.md --edits\n  mithaq revise report.md --undo 0-3 --note 'so in "
          "print'\n"
          "  mithaq revise report.md --redo 0-3\n  mithaq revise visit.txt --doubt 0-0 --reading 2");
  revise_app->add_option("document", revise.document, "Its name, symbol or id")->required();
  revise_app->add_option("--undo", revise.undo, "The id of an edit: its place reads as it came");
  revise_app->add_option("--redo", revise.redo, "The id of an edit that was undone");
  revise_app->add_option("--doubt", revise.doubt, "The id of a doubt; without --reading it is open again");
  revise_app->add_option("--reading", revise.reading, "Which of its readings is right, from 1");
  revise_app->add_option("--by", revise.by, "Who revises (default: the user)");
  revise_app->add_option("--note", revise.note, "Why");
  revise_app->callback([&] { chosen = [&](Session& session) { return run_revise(session, revise); }; });

  HandlingCommand handling;
  CLI::App* handling_app = add("handling", "Who may see a document; with --tlp it is said anew",
                               "Examples:\n  mithaq handling report.md\n"
                               "  mithaq handling report.md --tlp GREEN --reason 'as the chair asked'\n"
                               "  mithaq handling letter.txt --tlp AMBER --to OSCE/participating_state --to "
                               "KAZ --reason 'by the author'");
  handling_app->add_option("document", handling.document, "Its name, symbol or id")->required();
  handling_app->add_option("--tlp", handling.tlp, "The mark: CLEAR, GREEN, AMBER, AMBER+STRICT or RED");
  handling_app->add_option("--to", handling.to,
                           "For whom: a status in an organization (OSCE/participating_state), the id of an "
                           "organization or a State, or account:ID");
  handling_app->add_option("--originator", handling.originator, "Whose paper it is");
  handling_app->add_option("--by", handling.by, "Who says so (default: the user)");
  handling_app->add_option("--reason", handling.reason, "Why: this stays in the record");
  handling_app->callback([&] { chosen = [&](Session& session) { return run_handling(session, handling); }; });

  EraseCommand erase;
  CLI::App* erase_app =
      add("erase", "Destroy texts by law; the log still verifies",
          "Example:\n  mithaq erase --document letter.txt --reason 'request under article 17'");
  erase_app->add_option("--document", erase.document, "A document with all that was read from it");
  erase_app->add_option("--entry", erase.entries, "Single entries");
  erase_app->add_option("--reason", erase.reason, "Why: this stays in the record");
  erase_app->add_option("--by", erase.by, "Who (default: the user)");
  erase_app->callback([&] { chosen = [&](Session& session) { return run_erase(session, erase); }; });

  EventsCommand events;
  CLI::App* events_app =
      add("events", "Data on acts of violence and their causes: import, list, show, remove",
          "Examples:\n  mithaq events import GEDEvent_v23_1.csv\n"
          "  mithaq events import population.csv --kind indicators\n"
          "  mithaq events list\n"
          "  mithaq events show --in Mali --from 2020 --to 2023-06\n"
          "  mithaq events remove ged-23.1");
  events_app->require_subcommand(1);
  const std::pair<const char*, const char*> event_actions[] = {
      {"import", "Read files of events, of deaths by month or of indicators"},
      {"list", "All vintages and indicators, with their sources"},
      {"show", "Deaths by country, or of one country by month"},
      {"remove", "Remove a vintage or an indicator"}};
  for (const auto& [action, about] : event_actions) {
    CLI::App* one = events_app->add_subcommand(action, about);
    one->fallthrough();
    const std::string name = action;
    if (name == "import") {
      one->add_option("files", events.files, "Files: CSV or GeoJSON; together they are one vintage")
          ->required();
      one->add_option("--vintage", events.vintage, "What the vintage is called: ged-23.1");
      one->add_option("--name", events.name, "Its name for people");
      one->add_option("--source", events.source, "Whom to cite");
      one->add_option("--licence", events.licence, "Under which licence it may be used");
      one->add_option("--kind", events.kind, "The layout, if it must be this one")
          ->check(CLI::IsMember(
              {"auto", "ged", "candidate", "acled", "country-months", "grid-months", "indicators"}));
      one->add_flag("--world", events.world, "Where it says nothing, there was nothing");
      one->add_flag("--countries-only", events.countries_only, "It is only of the countries that it names");
      one->add_option("--tlp", events.tlp, "The mark: CLEAR, GREEN, AMBER, AMBER+STRICT or RED");
      one->add_option("--open-to", events.to,
                      "For whom: a status in an organization (OSCE/participating_state), the id of an "
                      "organization or a State, or account:ID");
      one->add_flag("--force", events.force, "Replace what is there; take a file with many bad rows");
      one->add_flag("--quiet", events.quiet, "Draw no progress");
    }
    if (name == "show") {
      one->add_option("--vintage", events.vintage,
                      "Of this vintage (default: the newest of the whole world)");
      one->add_option("--in", events.place, "A State: its months one by one");
      one->add_option("--from", events.from, "The first month or year: 2020-01, 2020");
      one->add_option("--to", events.to_month, "The last one");
      one->add_flag("--events", events.single, "Events one by one instead of sums");
      one->add_option("--multi-month", events.multi_month,
                      "Where events of several months count: date-end, even-split or ceil-split")
          ->check(CLI::IsMember({"date-end", "even-split", "ceil-split"}));
      one->add_option("--where-precision", events.where_precision,
                      "Only events whose place is so exact or better: 1 to 7")
          ->check(CLI::Range(1, 7));
      one->add_option("--date-precision", events.date_precision,
                      "Only events whose date is so exact or better: 1 to 5")
          ->check(CLI::Range(1, 5));
      one->add_option("--limit", events.limit, "At most so many rows");
    }
    if (name == "remove") one->add_option("vintage", events.vintage, "Its id")->required();
    if (name == "import" || name == "remove")
      one->add_option("--by", events.by, "Who says so (default: the user)");
    one->callback([&events, name] { events.action = name; });
  }
  events_app->callback([&] { chosen = [&](Session& session) { return run_events(session, events); }; });

  VerifyCommand verify;
  CLI::App* verify_app =
      add("verify", "Check that no entry was altered, dropped or moved",
          "Examples:\n  mithaq verify\n  mithaq verify --checkpoint saved.note\n  mithaq verify --proof 17");
  verify_app->add_option("--checkpoint", verify.checkpoint_file,
                         "A checkpoint kept elsewhere that must still hold");
  verify_app->add_flag("--log-only", verify.log_only, "Not the tables folded from the log");
  verify_app->add_option("--proof", verify.proof, "Print what proves that an entry is in the log");
  verify_app->callback([&] { chosen = [&](Session& session) { return run_verify(session, verify); }; });

  BackupCommand backup;
  CLI::App* backup_app = add("backup", "Write the whole record into one file, while others go on using it",
                             "Examples:\n  mithaq backup monday.backup\n  mithaq backup --record "
                             "postgresql:///mithaq monday.backup");
  backup_app->add_option("file", backup.file, "The file to write")->required();
  backup_app->callback([&] { chosen = [&](Session& session) { return run_backup(session, backup); }; });

  BackupCommand restore;
  CLI::App* restore_app = add("restore", "Make a record out of a backup, and verify it",
                              "Examples:\n  mithaq restore monday.backup --record restored.mithaq\n  mithaq "
                              "restore monday.backup --record "
                              "postgresql:///mithaq");
  restore_app->add_option("file", restore.file, "The file of the backup")->required();
  restore_app->callback([&] { chosen = [&](Session& session) { return run_restore(session, restore); }; });

  CLI::App* rebuild_app =
      add("rebuild", "Fold the tables and the search index anew from the log", "Example:\n  mithaq rebuild");
  rebuild_app->callback([&] { chosen = [&](Session& session) { return run_rebuild(session); }; });

  ExportCommand exported;
  CLI::App* export_app = add(
      "export", "Statements, who-does-what-where rows, documents, the log, for other programs",
      "Examples:\n  mithaq export statements --as jsonl\n  mithaq export wwww --as hxl -o 3w.csv\n"
      "  mithaq export document --document A/55/98 --as akn -o report.xml\n  mithaq export log --as jsonl");
  export_app->add_option("what", exported.what, "statements, wwww, document or log")
      ->required()
      ->check(CLI::IsMember({"statements", "wwww", "document", "log"}));
  export_app->add_option("--as", exported.as, "jsonl, csv, hxl (CSV with HXL tags) or akn (Akoma Ntoso XML)")
      ->required()
      ->check(CLI::IsMember({"jsonl", "csv", "hxl", "xlsx", "akn"}));
  export_app->add_option("--document", exported.document, "Of one document");
  export_app->add_option("-o,--output", exported.output, "A file (default: standard output)");
  export_app->callback([&] { chosen = [&](Session& session) { return run_export(session, exported); }; });

  ServeCommand serve;
  serve.page = surroundings.page.string();
  CLI::App* serve_app = add("serve",
                            "The record for a whole organization: a page to read, ask and review on, and the "
                            "same as JSON",
                            "Examples:\n  mithaq serve\n  mithaq serve --port 9000 2> requests.jsonl\n"
                            "  mithaq serve --record postgresql://db.example.org/mithaq --readers 0\n"
                            "  mithaq serve --behind-proxy --name mithaq.example.org");
  serve_app->add_option("--host", serve.host, "The address to listen on (default: 127.0.0.1)");
  serve_app->add_option("--port", serve.port, "The port (default: 8080; 0: any that is free)");
  serve_app->add_option("--name", serve.names,
                        "A name under which people reach it through a proxy; may be repeated");
  serve_app->add_flag("--behind-proxy", serve.behind_proxy,
                      "Believe a proxy on this machine about who asks (X-Forwarded-For)");
  serve_app->add_option("--page", serve.page, "The folder of the built page, if it is not the installed one");
  serve_app
      ->add_option("--readers", serve.readers,
                   "Threads that read what is handed in (default: 1; 0 leaves it to mithaq work)")
      ->check(CLI::Range(0, 64));
  serve_app
      ->add_option("--upload-max", serve.upload_mebibytes_max,
                   "The largest file that is taken, in MiB (default: 64)")
      ->check(CLI::Range(1, 1024));
  serve_app->add_flag("--unprotected", serve.unprotected,
                      "Listen beyond this machine although passwords travel there as they are");
  serve_app->add_flag("--public", serve.opened, "Show visitors without an account what is for everybody");
  serve_app->add_option(
      "--organization", serve.home,
      "The organization that keeps this record: its accounts are staff; kept for the next start");
  serve_app->add_option("--metrics-token-file", serve.metrics_token,
                        "A file with the token that shows /metrics to a program");
  serve_app->add_option("--oidc-issuer", serve.oidc_issuer,
                        "Sign in through the OpenID provider of the organization: its issuer");
  serve_app->add_option("--oidc-client-id", serve.oidc_client_id, "As the provider knows this server");
  serve_app->add_option("--oidc-client-secret-file", serve.oidc_client_secret,
                        "A file with the secret that the provider gave");
  serve_app->add_option("--public-address", serve.public_address,
                        "Where people reach this server, for the provider: https://mithaq.example.org");
  serve_app->add_option("--mail-folder", serve.mail_folder,
                        "Write notices to delegations as messages into this folder");
  serve_app->add_option("--smtp", serve.smtp,
                        "Hand them to this mail server: smtp://mail.example.org:25 or smtps://…");
  serve_app->add_option("--mail-from", serve.mail_from, "The address of the secretariat");
  serve_app->add_option("--smtp-user", serve.smtp_user, "The account at the mail server");
  serve_app->add_option("--smtp-password-file", serve.smtp_password, "A file with its password");
  serve_app->callback([&] { chosen = [&](Session& session) { return run_serve(session, serve); }; });

  WorkCommand work;
  CLI::App* work_app =
      add("work", "Read into the record what was handed in to the server; any number, on any machine",
          "Examples:\n  mithaq work --record postgresql://db.example.org/mithaq\n"
          "  mithaq work --threads 4\n  mithaq work --once");
  work_app
      ->add_option("--threads", work.threads,
                   "Files to read at once (default: as many as the machine has processors)")
      ->check(CLI::Range(0, 256));
  work_app->add_flag("--once", work.once, "End when nothing waits");
  work_app->callback([&] { chosen = [&](Session& session) { return run_work(session, work); }; });

  AccountsCommand accounts;
  CLI::App* accounts_app =
      add("accounts", "Who may sign in to the server; for the keeper of this machine",
          "Examples:\n  mithaq accounts list\n"
          "  mithaq accounts add amina --name 'Amina Karimova' --role officer --party KAZ\n"
          "  mithaq accounts disable amina\n  mithaq accounts password amina");
  accounts_app->require_subcommand(1);
  const std::pair<const char*, const char*> account_actions[] = {
      {"list", "All accounts"},
      {"add", "Make an account; its password is said once"},
      {"change", "Change what is given"},
      {"disable", "Let it in no more; its sessions end at once"},
      {"enable", "Let it in again"},
      {"password", "Make a new password, said once; its sessions end"},
      {"totp", "Take its second factor away, if its owner lost it"}};
  for (const auto& [action, about] : account_actions) {
    CLI::App* one = accounts_app->add_subcommand(action, about);
    const std::string name = action;
    if (name != "list") one->add_option("account", accounts.id, "Its id")->required();
    if (name == "add" || name == "change") {
      one->add_option("--name", accounts.name, "The name of its owner");
      one->add_option("--role", accounts.role, "reader, reviewer, officer or administrator")
          ->check(CLI::IsMember({"reader", "reviewer", "officer", "administrator"}));
      one->add_option("--party", accounts.party, "The organization or State for which it acts");
      one->add_option(
          "--status", accounts.statuses,
          "A status given by hand, e.g. OSCE/partner_for_cooperation; register: that of its State");
      one->add_option("--email", accounts.email, "For who signs in through the provider");
    }
    one->callback([&accounts, name] { accounts.action = name; });
  }
  accounts_app->callback([&] { chosen = [&](Session& session) { return run_accounts(session, accounts); }; });

  WarnCommand warn;
  CLI::App* warn_app =
      add("warn", "Early warning: where violence may rise, why, and how often that was right before",
          "Examples:\n  mithaq warn\n  mithaq warn --condition onset --within 6 --cost 0.2\n"
          "  mithaq warn explain Mali\n  mithaq warn forecast --in مالي --format csv --hxl\n"
          "  mithaq warn plot fan mali.svg --in Mali --lang ar\n  mithaq warn backtest 2018 2020");
  warn_app->add_option("--condition", warn.condition,
                       "What is warned of: at_least_25, at_least_100, at_least_1000, onset, doubling");
  warn_app->add_option("--within", warn.within, "In how many months: 1 to 12 (default: 3)")
      ->check(CLI::Range(1, 12));
  warn_app->add_option("--cost", warn.cost, "What a false alarm costs, where a miss costs 1 (default: 0.33)")
      ->check(CLI::Range(0.0001, 100.0));
  warn_app->add_option("--vintage", warn.vintage, "The vintage of the data: see mithaq events list");
  warn_app->add_option("--origin", warn.origin, "As if this month were the last that is known: 2022-10");
  warn_app->add_option("--in", warn.place, "A country");
  warn_app->add_flag("--hxl", warn.hxl, "CSV with a row of HXL tags");
  warn_app->add_flag("--quiet", warn.quiet, "No progress bar");
  const auto add_warn = [&](const char* name, const char* about) {
    CLI::App* one = warn_app->add_subcommand(name, about);
    one->fallthrough();
    one->callback([&warn, name] { warn.action = name; });
    return one;
  };
  add_warn("list", "The warnings that are given now");
  CLI::App* forecast_app = add_warn("forecast", "Deaths a month of each country, with probabilities");
  forecast_app->add_option("--months", warn.months, "So many months ahead")->check(CLI::Range(1, 36));
  forecast_app->add_flag("--grid", warn.grid, "Cells of PRIO-GRID instead of countries");
  add_warn("explain", "Why: what moved the forecast, past cases like it, documents that speak of it")
      ->add_option("country", warn.country, "A country by any of its names")
      ->required();
  CLI::App* issue_app = add_warn("issue", "Put the warnings that are given into the record");
  issue_app->add_flag("--past", warn.past, "Although the data are old: marked as issued afterwards");
  issue_app->add_option("--by", warn.by, "Who issues (default: the user)");
  add_warn("score", "Write down what became of warnings whose months are known, and show all of them");
  CLI::App* backtest_app =
      add_warn("backtest", "Forecast past years from the October before each, and score them");
  backtest_app->add_option("from", warn.year_from, "The first year")
      ->required()
      ->check(CLI::Range(1995, 2200));
  backtest_app->add_option("to", warn.year_to, "The last year")->required()->check(CLI::Range(1995, 2200));
  CLI::App* plot_app = add_warn("plot", "A picture as SVG");
  plot_app->add_option("what", warn.plot, "fan, map or calibration")
      ->required()
      ->check(CLI::IsMember({"fan", "map", "calibration"}));
  plot_app->add_option("file", warn.file, "Where it is written; - is standard output")->required();
  warn_app->callback([&] {
    warn.geojson = common.format == "geojson";
    chosen = [&](Session& session) { return run_warn(session, warn); };
  });

  BodyCommand body;
  CLI::App* body_app =
      add("body", "Bodies that meet: members, whom they invite, who chairs them by which rule",
          "Examples:\n  mithaq body list\n  mithaq body chairs OSCE_MED --year 2026");
  add_body_actions(*body_app, body);
  body_app->callback([&] { chosen = [&](Session& session) { return run_body(session, body); }; });

  MeetingCommand meeting;
  CLI::App* meeting_app =
      add("meeting", "Meetings: calendar, invitations, agenda, list of speakers, iCalendar",
          "Examples:\n  mithaq meeting calendar 2026 --body OSCE_PC\n"
          "  mithaq meeting plan OSCE_PC 2026-03-26T10:00\n  mithaq meeting invite PC-M-2026-001\n"
          "  mithaq meeting register PC-M-2026-001 --for Kazakhstan --name 'A. Omarov'\n"
          "  mithaq meeting speak PC-M-2026-001 --for France --item 2 --group EU\n"
          "  mithaq meeting feed --for Kazakhstan -o kaz.ics");
  add_meeting_actions(*meeting_app, meeting);
  meeting_app->callback([&] { chosen = [&](Session& session) { return run_meeting(session, meeting); }; });

  ActCommand act;
  CLI::App* act_app = add("act", "Do any act of the shared work, as a program would: docs/acts.md lists them",
                          "Example:\n  mithaq act consultation.objected PC-2026-0017 --for KAZ --fields "
                          "'{\"kind\":\"objection\",\"text\":\"…\"}'");
  act_app->add_option("type", act.type, "The kind of act: consultation.objected")->required();
  act_app->add_option("subject", act.subject, "The id of what it is about");
  act_app->add_option("--fields", act.fields, "What the kind of act needs, as an object in JSON");
  act_app->add_option("--for", act.delegation, "The State or organization for which this is done");
  act_app->add_option("--as", act.capacity, "In which capacity: delegation, chair or secretariat")
      ->check(CLI::IsMember({"delegation", "chair", "secretariat"}));
  act_app->add_option("--by", act.by, "Who does it (default: the user)");
  act_app->callback([&] { chosen = [&](Session& session) { return run_act(session, act); }; });

  ConsultCommand consult;
  CLI::App* consult_app =
      add("consult", "Decisions without a vote: consultation, silence, objection, statements, numbers",
          "Examples:\n  mithaq consult list --state under_silence\n"
          "  mithaq consult open --body OSCE_PC --title 'en=…' --text 'en=…'\n"
          "  mithaq consult silence PC-2026-0017 --until 2026-03-29T12:00\n"
          "  mithaq consult object PC-2026-0017 --for Kazakhstan --text '…'\n"
          "  mithaq consult status PC-2026-0017 --my-zone Asia/Almaty\n  mithaq consult rules osce_pc");
  add_consult(*consult_app, consult);
  consult_app->callback([&] { chosen = [&](Session& session) { return run_consult(session, consult); }; });

  NoticesCommand notices;
  CLI::App* notices_app =
      add("notices", "What delegations were told, each once: silence that ended, invitations, reminders",
          "Examples:\n  mithaq notices --for Kazakhstan\n  mithaq notices --about PC-2026-0017 --format csv");
  notices_app->add_option("--for", notices.delegation, "What this State or organization was told");
  notices_app->add_option("--about", notices.subject, "The id of what it is about");
  notices_app->add_option("--limit", notices.limit, "At most so many rows, the newest (default: 1000)");
  notices_app->callback([&] { chosen = [&](Session& session) { return run_notices(session, notices); }; });

  FundCommand fund;
  CLI::App* fund_app = add(
      "fund", "A fund in double entry: pledges, receipts, rates, projects, allotments, spending",
      "Examples:\n  mithaq fund open PF --title 'en=Partnership Fund' --organization OSCE --currency EUR\n"
      "  mithaq fund pledge --for Japan --amount '3000000 JPY'\n"
      "  mithaq fund receive PF-P-2026-001 --amount '3000000 JPY'\n"
      "  mithaq fund allot PF-2026-001 --amount '40000.00 EUR'\n  mithaq fund balance\n"
      "  mithaq fund export --as iati -o iati.xml");
  add_fund(*fund_app, fund);
  fund_app->callback([&] { chosen = [&](Session& session) { return run_fund(session, fund); }; });

  CallCommand call;
  CLI::App* call_app = add(
      "call", "Calls for sponsored participants, placements and secondments: nominations, choice, reports",
      "Examples:\n  mithaq call list --state open\n  mithaq call nominate CALL-2026-001 --for Tunisia --name "
      "'…'\n"
      "  mithaq call select CALL-2026-001 1 --outcome selected --reason 'need=…'");
  add_call(*call_app, call);
  call_app->callback([&] { chosen = [&](Session& session) { return run_call(session, call); }; });

  ExchangeCommand exchange;
  CLI::App* exchange_app =
      add("exchange", "Yearly exchanges of information: what is due and sent, corrections, visits and quotas",
          "Examples:\n  mithaq exchange calendar 2026\n  mithaq exchange send aemi-2026 --for Kazakhstan "
          "--units 130\n"
          "  mithaq exchange correct aemi-2026 --for Kazakhstan --version 1\n"
          "  mithaq exchange request inspection Poland --for Kazakhstan --enters 2026-05-11T12:00:00Z\n"
          "  mithaq exchange quotas 2026");
  add_exchange_options(*exchange_app, exchange);
  exchange_app->callback([&] { chosen = [&](Session& session) { return run_exchange(session, exchange); }; });

  SecondmentCommand secondment;
  CLI::App* secondment_app = add(
      "secondment", "Missions to which States second people: election observation and field operations",
      "Examples:\n  mithaq secondment missions\n"
      "  mithaq secondment open election --title Observation --in Kyrgyzstan --org ODIHR --from 2026-03-01"
      " --to 2026-04-20 --election-day 2026-04-12 --long-term 20 --short-term 150\n"
      "  mithaq secondment pledge MISSION-2026-001 --for Japan --short-term 4\n"
      "  mithaq secondment roster --speaks Arabic");
  add_secondment_options(*secondment_app, secondment);
  secondment_app->callback(
      [&] { chosen = [&](Session& session) { return run_secondment(session, secondment); }; });

  StatusCommand status;
  CLI::App* status_app = add(
      "status",
      "Becoming a partner: applications, factors in free words, decisions; who is what, and since when",
      "Examples:\n  mithaq status apply --for Lebanon --organization OSCE --status partner_mediterranean \\\n"
      "    --signed-by 'The Minister' --dated 2026-01-28 --letter 'ar=…'\n"
      "  mithaq status assess OSCE-APP-2026-001 --for KAZ --factor benefit --text '…'\n"
      "  mithaq status show OSCE-APP-2026-001 --for KAZ\n  mithaq status register OSCE --at 2026-03-29");
  add_status(*status_app, status);
  status_app->callback([&] { chosen = [&](Session& session) { return run_status(session, status); }; });

  DebateCommand debate;
  CLI::App* debate_app =
      add("debate", "Preparing a debate: concept note, speakers, views of States; items that come back",
          "Examples:\n  mithaq debate open --body UN.SC --presidency RUS --item un_csto \\\n"
          "    --begins 2026-10-28T10:00 --zone America/New_York\n"
          "  mithaq debate view DEB-2026-001 --for KAZ --text '…'\n  mithaq debate items");
  add_debate(*debate_app, debate);
  debate_app->callback([&] { chosen = [&](Session& session) { return run_debate(session, debate); }; });

  HomeCommand home;
  CLI::App* home_app =
      add("home", "A delegation's home: what needs its answer before when, notices, meetings",
          "Example:\n  mithaq home --for KAZ --zone Asia/Almaty");
  home_app->add_option("--for", home.delegation, "The State or the organization")->required();
  home_app->add_option("--zone", home.zone, "In which zone times are shown (default: that of the seat)");
  home_app->callback([&] { chosen = [&](Session& session) { return run_home(session, home); }; });

  JournalCommand journal;
  CLI::App* journal_app =
      add("journal", "The journal of the day of a meeting, or a decision, as a file",
          "Examples:\n  mithaq journal PC-M-2026-031 --as pdf --language ar\n"
          "  mithaq journal --consultation PC-2026-0017 --as docx --output decision.docx");
  add_journal(*journal_app, journal);
  journal_app->callback([&] { chosen = [&](Session& session) { return run_journal(session, journal); }; });

  MailCommand mail;
  CLI::App* mail_app = add("mail", "Notices to delegations as e-mail, as files or over SMTP",
                           "Examples:\n  mithaq mail address KAZ mission@example.org --language ru\n"
                           "  mithaq mail send --mail-folder outbox --mail-from secretariat@example.org\n"
                           "  mithaq mail outbox");
  add_mail(*mail_app, mail);
  mail_app->callback([&] { chosen = [&](Session& session) { return run_mail(session, mail); }; });

  std::string shell;
  CLI::App* completion_app = add("completion", "The script that completes commands in a shell",
                                 "Example:\n  source <(mithaq completion bash)");
  completion_app->add_option("shell", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion_app->callback([&] {
    chosen = [&](Session& session) {
      session.out << completion_script(app, shell);
      return static_cast<int>(kExitOk);
    };
  });

  service::Messages messages;
  try {
    messages = service::Messages::load(surroundings.data, language);
  } catch (const Error& error) {
    err << "mithaq: " << error.what() << '\n';
    return exit_code(error.kind());
  }
  translate(app, messages);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return explain(app, error, messages, out, err);
  }

  Session session{.workspace = service::Workspace(
                      {.record = common.record.empty() ? surroundings.record : common.record,
                       .data = common.data.empty() ? surroundings.data : std::filesystem::path(common.data),
                       .clock = surroundings.clock,
                       .key = common.key.empty() ? surroundings.key : common.key,
                       .notice = [&](const std::string& message) { err << messages.say(message) << '\n'; }}),
                  .messages = messages,
                  .style = {.format = format_named(common.format),
                            .language = language,
                            .terminal_columns = surroundings.terminal_columns},
                  .out = out,
                  .err = err,
                  .in = in,
                  .terminal = surroundings.terminal,
                  .user = surroundings.user};
  try {
    return chosen(session);
  } catch (const Error& error) {
    err << "mithaq: " << visible(messages.say(error.what())) << '\n';
    return exit_code(error.kind());
  } catch (const std::bad_alloc&) {
    err << "mithaq: " << messages.say("not enough memory for this") << '\n';
    return kExitUnavailable;
  }
}

}  // namespace mithaq::cli
