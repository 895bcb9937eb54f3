// The words of a text as full-text search compares them: one analyzer for all scripts, for the index and for
// the question.
//
// Arabic: folded (base/fold.hpp), prefixes and endings taken off lightly, so that التعاون, وتعاون and
// بالتعاون are one word. Latin: folded, Snowball's English stems. Other scripts: folded; Chinese by the
// character. Numbers in ASCII digits. A symbol gives its parts and one term for its pair of numbers without
// their order, since a right-to-left line may turn it round: "45/53-س", "53/45-POL", "POL-53/45" and
// "٥٣/٤٥" all give "#45/53".
//
// source  prefixes and endings after Larkey, Ballesteros & Connell (2007), "Light Stemming for Arabic
//         Information Retrieval" (light10); Ours: a stem keeps three letters, and words that this would
//         confuse are listed in data/languages/ar/stems.tsv
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq {

// One word of a text.
struct AnalyzedTerm {
  std::string_view term{};  // valid until the next one
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
  bool colocated = false;  // stands at the same place as the term before: a symbol's other form
};

enum class AnalyzeFor {
  index,     // every form under which a word may be asked for
  question,  // the most telling form only
};

class Analyzer {
 public:
  // Without word lists.
  Analyzer();
  // With data/languages/*/search_words.tsv of a data folder: words that are not searched for, and stems of
  // words that the rules would confuse.
  //   throws  Error{invalid_input} naming file and line of a wrong row
  static std::shared_ptr<const Analyzer> load(const std::filesystem::path& data);
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  // Gives each term of a text, in order, until `take` returns false. Safe to call from several threads.
  void analyze(std::string_view text, AnalyzeFor purpose,
               const std::function<bool(const AnalyzedTerm&)>& take) const;
  // The terms alone.
  //   example  terms("المنظمات والأمن", AnalyzeFor::question) == {"منظم", "امن"}
  std::vector<std::string> terms(std::string_view text, AnalyzeFor purpose) const;

  // Changes with every list and rule: an index made by another analyzer has to be made again.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Lists;
  std::unique_ptr<Lists> lists_;
  std::string fingerprint_;
};

}  // namespace mithaq
