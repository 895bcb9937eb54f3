// The commands of `mithaq`: what each is given, and the function that carries it out.
//
// Each function prints its answer to session.out and returns an exit code (exit_code.hpp). Errors that stop
// it are thrown; main() turns them into a message and a code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "service/conflicts.hpp"

namespace mithaq::cli {

// mithaq read PATH…
struct ReadCommand {
  std::vector<std::string> paths{};
  bool findings = false;  // print what was found instead of keeping it
  std::size_t threads = 0;
  bool quiet = false;
};
int run_read(Session& session, const ReadCommand& command);

// mithaq documents
struct DocumentsCommand {
  std::string reference{};
};
int run_documents(Session& session, const DocumentsCommand& command);

// mithaq show DOC
struct ShowCommand {
  std::string document{};
  bool raw = false;
  bool edits = false;
  bool doubts = false;
  bool statements = false;
  bool marks = false;
  std::string paragraph{};
};
int run_show(Session& session, const ShowCommand& command);

// mithaq who, mithaq leads
struct WhoCommand {
  std::vector<std::string> organizations{};
  std::string theme{};
  std::string place{};
  std::string at{};
  std::vector<std::string> types{};
  bool confirmed_only = false;
  std::size_t limit = 1000;
};
int run_who(Session& session, const WhoCommand& command);
int run_leads(Session& session, const WhoCommand& command);

// mithaq commitments DOC
struct CommitmentsCommand {
  std::string reference{};
};
int run_commitments(Session& session, const CommitmentsCommand& command);

// mithaq members ORG
struct MembersCommand {
  std::string organization{};
  std::string at{};
  std::string status{};
};
int run_members(Session& session, const MembersCommand& command);

// mithaq overlap ORG ORG …
struct OverlapCommand {
  std::vector<std::string> organizations{};
  std::string at{};
};
int run_overlap(Session& session, const OverlapCommand& command);

// mithaq find WORDS
struct FindCommand {
  std::vector<std::string> words{};
  std::string organization{};
  std::string place{};
  std::string theme{};
  std::string kind{};
  std::string status{};
  std::string from{};
  std::string to{};
  std::size_t limit = 20;
};
int run_find(Session& session, const FindCommand& command);

// mithaq review [confirm|correct|reject|merge|unmerge]
struct ReviewCommand {
  std::string action{};  // empty: the queue
  std::uint64_t statement = 0;
  std::string by{};
  std::string note{};
  std::vector<std::string> changes{};  // FIELD=VALUE
  std::string entity{}, into{};        // merge, unmerge
  std::string document{};              // the queue of one document
  std::size_t limit = 50;
};
int run_review(Session& session, const ReviewCommand& command);

// mithaq revise
struct ReviseCommand {
  std::string document{};
  std::string undo{}, redo{};  // ids of edits, one of the three
  std::string doubt{};         // the id of a doubt
  std::size_t reading = 0;     // from 1; 0 opens the doubt again
  std::string by{};
  std::string note{};
};
int run_revise(Session& session, const ReviseCommand& command);

// mithaq handling
struct HandlingCommand {
  std::string document{};
  std::string tlp{};              // empty: shows the handling
  std::vector<std::string> to{};  // statuses ("OSCE/participating_state") and named recipients
  std::string originator{};
  std::string by{};
  std::string reason{};
};
int run_handling(Session& session, const HandlingCommand& command);

// mithaq act TYPE [SUBJECT]: any act of the shared work, as programs send it
struct ActCommand {
  std::string type{};
  std::string subject{};
  std::string fields{};  // JSON
  std::string delegation{}, capacity{}, by{};
};
int run_act(Session& session, const ActCommand& command);

// mithaq notices: who was told what
struct NoticesCommand {
  std::string delegation{};
  std::string subject{};
  std::size_t limit = 1000;
};
int run_notices(Session& session, const NoticesCommand& command);

// mithaq events import|list|show|remove
struct EventsCommand {
  std::string action{};
  std::vector<std::string> files{};
  std::string vintage{};
  std::string name{}, source{}, licence{};
  std::string kind = "auto";
  bool world = false, countries_only = false;
  std::string tlp{};
  std::vector<std::string> to{};  // whom it is opened to; of `show` the last month is `to_month`
  std::string by{};
  bool force = false;
  bool quiet = false;
  std::string place{}, from{}, to_month{};
  bool single = false;  // events one by one instead of sums
  std::string multi_month = "date-end";
  int where_precision = 7, date_precision = 5;
  std::size_t limit = 1000;
};
int run_events(Session& session, const EventsCommand& command);

// mithaq erase
struct EraseCommand {
  std::string document{};
  std::vector<std::uint64_t> entries{};
  std::string reason{};
  std::string by{};
};
int run_erase(Session& session, const EraseCommand& command);

// mithaq verify, mithaq rebuild
struct VerifyCommand {
  std::string checkpoint_file{};
  bool log_only = false;
  std::optional<std::uint64_t> proof{};
};
int run_verify(Session& session, const VerifyCommand& command);
int run_rebuild(Session& session);

// mithaq export WHAT
struct ExportCommand {
  std::string what{};  // statements, wwww, documents, mentions, document, log
  std::string as{};    // jsonl, csv, hxl, akn
  std::string document{};
  std::string output{};  // a file; empty: standard output
};
int run_export(Session& session, const ExportCommand& command);

// mithaq serve
struct ServeCommand {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  bool unprotected = false;
  bool opened = false;
  std::string home{};
  std::string metrics_token{};
  std::string oidc_issuer{};
  std::string oidc_client_id{};
  std::string oidc_client_secret{};
  std::string public_address{};
  std::vector<std::string> names{};
  bool behind_proxy = false;
  std::string page{};  // a folder; empty: the installed one
  std::size_t readers = 1;
  std::uint64_t upload_mebibytes_max = 64;
  std::string mail_folder{}, smtp{}, mail_from{}, smtp_user{}, smtp_password{};
};
int run_serve(Session& session, const ServeCommand& command);

// mithaq work
struct WorkCommand {
  std::size_t threads = 0;  // 0: as many as the machine has
  bool once = false;        // end when nothing waits
};
int run_work(Session& session, const WorkCommand& command);

// mithaq accounts add|list|change|enable|disable|password|totp
struct AccountsCommand {
  std::string action{};
  std::string id{};
  std::string name{};
  std::string role{};
  std::optional<std::string> party{};
  std::vector<std::string> statuses{};
  std::optional<std::string> email{};
};
int run_accounts(Session& session, const AccountsCommand& command);

// mithaq conflicts, mithaq conflicts share ORG, mithaq conflicts threads
struct ConflictsCommand {
  std::string action{};  // empty: the map; share; threads
  service::ConflictRules rules{};
  std::string kinds{};  // as typed: "state_based,one_sided"
  std::string organization{};
  std::string place{};
  std::string from{}, to{};
  bool all = false;
  std::string course{};  // year or month: one row for each instead of one for each conflict
  std::string counted = "conflict";
  std::string where = "most";
  bool without_suspended = false;
  std::string thread{};  // actor, neighbour or driver
  bool governments = false;
  std::uint64_t seed = 1;
  std::size_t limit = 50;
  std::string as{};      // hxl, geojson or svg
  std::string output{};  // a file; empty: standard output
};
int run_conflicts(Session& session, const ConflictsCommand& command);

// mithaq warn [list|forecast|explain|issue|score|backtest|plot]
struct WarnCommand {
  std::string action = "list";
  std::string condition{};
  int within = 3;
  double cost = 1.0 / 3;  // of a false alarm, where a miss costs 1
  std::string vintage{};
  std::string origin{};  // "2022-10"; empty: the newest month
  std::string place{};
  std::string country{};        // of explain
  std::optional<int> months{};  // of forecast
  bool grid = false;
  bool hxl = false;
  bool geojson = false;
  bool past = false;  // of issue: although the data are old
  std::string by{};
  int year_from = 0, year_to = 0;  // of backtest
  std::string plot{};              // fan, map, calibration
  std::string file{};              // "-": standard output
  bool quiet = false;
};
int run_warn(Session& session, const WarnCommand& command);

// mithaq backup FILE, mithaq restore FILE
struct BackupCommand {
  std::string file{};
};
int run_backup(Session& session, const BackupCommand& command);
int run_restore(Session& session, const BackupCommand& command);

}  // namespace mithaq::cli
