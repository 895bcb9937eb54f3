// The gate: who sends a request, and what they may do. Every route is behind it.
//
// A request shows its session's cookie; here the session becomes a subject, the subject a sight of the
// record, and each act is put to the one decision function (engines/access/decide.hpp). What is refused, and
// what is read of documents that are not for everybody, becomes an entry of the record's log before the
// answer leaves.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "accounts/provider.hpp"
#include "engines/access/decide.hpp"
#include "record/sight.hpp"
#include "record/view.hpp"
#include "server/http.hpp"
#include "service/workspace.hpp"

namespace mithaq::server {

struct Call;

inline constexpr const char* kSessionCookie = "__Host-mithaq";
inline constexpr const char* kProviderCookie =
    "__Host-mithaq-oidc";  // between leaving for the provider and back

// Who has to stand before the gate for a route to be asked.
enum class Entry {
  anybody,    // also who did not sign in: to sign in, to ask whether the server lives. Sees nothing of the
              // record
  readers,    // who is signed in; visitors too if the server is opened to the public
  signed_in,  // who is signed in: what is their own
};

struct GateOptions {
  bool opened = false;  // to the public: visitors see what is for everybody
  // Appends an act to the record; returns when it is on disk.
  std::function<void(record::ActBody act)> append{};
  std::function<void(const std::string& line)> log{};  // for the keeper: one JSON object a line
  record::Clock clock{};
  std::string metrics_token{};             // "Authorization: Bearer …" of Prometheus; empty: none
  accounts::Provider* provider = nullptr;  // must outlive the gate; nothing if people sign in here alone
};

// For all workers of a server.
class Gate {
 public:
  //   accounts  must outlive the gate
  Gate(accounts::Accounts& accounts, GateOptions options);

  // Finds out who asks: fills the call's subject and session, and lets its view of the record show what they
  // may see.
  //   throws  HttpError{401} for whom this entry is not; HttpError{403} if a request that changes something
  //           lacks the token of its session; Error{forbidden} if this is an act that the subject could never
  //           do
  void admit(Call& call);
  // Goes on in the name of an account whose token was shown: with its rights of this instant.
  void look_as_owner(Call& call, const std::string& account);
  // Whether the counters are shown: to administrators, and to the program that has the token.
  //   throws  HttpError{401}, Error{forbidden}
  void admit_to_metrics(const Request& request);
  // The view refused what a route asked for: an entry "access.refused".
  void note_refusal(const Call& call);

  accounts::Accounts& accounts() { return accounts_; }
  accounts::Provider* provider() { return options_.provider; }
  bool opened() const { return options_.opened; }
  // The cookie of a session that was just opened, after an entry "session.opened".
  //   how  "password" or "provider"
  std::string opened_session(const std::string& token, std::string_view how);
  // An act of an account: "session.ended", with members beside "account" and "party".
  void append(std::string_view type, const access::Subject& subject,
              const std::map<std::string, std::string>& more = {});
  // The first of the same acts in a while: what somebody does again and again fills no log.
  void append_once(const std::string& what, std::chrono::seconds quiet, std::string_view type,
                   const access::Subject& subject, const std::map<std::string, std::string>& more);
  // The same for a refusal: an entry "access.refused". Who asks for ids that it makes up fills no log either:
  // of an account, so many in a minute are written down, and with the last of them that there were more.
  void append_refusal(const std::string& what, const access::Subject& subject,
                      std::map<std::string, std::string> more);
  // Appends that these documents were read, but for those of which the log has heard.
  void append_read(const Call& call, const std::vector<std::string>& documents);
  void log(std::string_view event, std::string_view problem) const;

 private:
  record::Sight sight_of(const access::Subject& subject, service::Workspace& workspace);
  // Of the vintages and indicators that were imported (service/event_library.hpp); they are looked at again
  // when an act was appended.
  std::vector<document::Handling> vintage_handlings(service::Workspace& workspace, record::Seq entries);
  bool was_told(const std::string& what);
  void told(const std::string& what, std::chrono::seconds quiet);

  accounts::Accounts& accounts_;
  GateOptions options_;
  std::mutex lock_{};  // of what follows
  std::map<std::string, Instant> told_{};
  // How many refusals of an account were written down in a minute.
  struct Refusals {
    Instant since{};
    std::size_t written = 0;
  };
  std::map<std::string, Refusals, std::less<>> refusals_{};
  // Sights of the record at a size, by what the decision looks at of a subject.
  bool vintages_known_ = false;
  record::Seq vintages_at_ = 0;
  std::vector<document::Handling> vintage_handlings_{};
  record::Seq sights_at_ = 0;
  std::vector<document::Handling> handlings_{};
  std::vector<std::string> bringers_{};
  std::map<std::string, record::Sight> sights_{};
};

// A refusal that stands in the record's log already.
class Refused : public Error {
 public:
  explicit Refused(const std::string& message) : Error(ErrorKind::forbidden, message) {}
};

// Whether the one who asks may do this.
bool may(const Call& call, access::Action action, const access::Object& object);
// The same for a route that stops if not.
//   document  its id, for the log of refusals
//   throws    HttpError{401} for visitors; Error{forbidden} saying what would open it, after an entry
//             "access.refused"
void require(const Call& call, access::Action action, const access::Object& object,
             std::string_view document = {});
// Something of this document goes out with the answer: an entry "document.read" unless it is for everybody.
// One entry stands for what a session reads of a document in ten minutes.
void note_read(const Call& call, const record::DocumentRow& document);
// The same for all documents that an answer cites ("document":"sha256-…"), in one entry: every route is held
// to it.
void note_citations(const Call& call, std::string_view json);

// A document as the decision sees it.
access::Object object_of(const record::DocumentRow& document);

// The Set-Cookie that ends a cookie in the browser.
std::string no_cookie(const char* name);

}  // namespace mithaq::server
