// What symbols of documents may be: who writes which first part, and which sessions and years fit.
//
// From data/symbols.tsv and data/sessions.tsv. The order of the two numbers of a symbol is decided by
// sessions: "117/54" of December 1999 can only be 54/117, since the General Assembly met in its 54th session
// then.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mithaq::reader {

class SymbolRules {
 public:
  //   throws  Error{invalid_input} naming file and line
  static SymbolRules load(const std::filesystem::path& data_folder);

  // Who writes symbols that begin with this part ("A", "PC"): an entity id; null if nobody we know.
  const std::string* issuer_of_prefix(std::string_view prefix) const;

  // The year in which a session of a series opened; 0 if it is not listed.
  //   series  "UN.GA", "OIC.CFM", "UN.GA.emergency"
  int year_of_session(std::string_view series, int session) const;
  // A paper of this year may speak of a resolution of this session: it has opened by the year after.
  //   year  0 if unknown: then any listed session fits
  bool session_fits(std::string_view series, int session, int year) const;

  // The year in which the Security Council adopted a resolution, by its number; 0 if unknown.
  //   example  1244 gives 1999
  int year_of_security_council_resolution(int number) const;
  // True if the number is of that year; after the last listed year any higher number fits.
  bool security_council_fits(int number, int year) const;

 private:
  std::unordered_map<std::string, std::string> prefixes_;
  std::map<std::string, std::map<int, int>, std::less<>> sessions_;  // series -> session -> year
  std::vector<std::pair<int, int>> last_resolutions_;                // number, year; rising
};

}  // namespace mithaq::reader
