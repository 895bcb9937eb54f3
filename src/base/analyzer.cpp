#include "base/analyzer.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

namespace mithaq {

namespace {

// Changes with every change of a rule in this file.
constexpr std::string_view kRules = "1";
// A longer word is cut: nobody asks for it, and it would only fill the index.
constexpr std::size_t kTermBytes = 80;
constexpr std::size_t kSymbolDigits = 6;
constexpr std::size_t kLettersWatched = 8;

enum class Script { number, arabic, latin, other };

// One word before its stem is taken.
struct Word {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
  std::uint32_t term_begin = 0;  // in the folded text
  std::uint32_t term_end = 0;
  Script script = Script::other;
  std::uint8_t plain_alefs = 0;  // bit n: letter n is an alef that carries no hamza or madda
  char joined = 0;               // '/', '-' or '.': it stands right after the word before, with this between
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// Two bytes for each Arabic letter.
constexpr std::size_t kLetter = 2;

bool take_suffix(std::string_view& word, std::string_view suffix) {
  if (word.size() < suffix.size() + 3 * kLetter || !word.ends_with(suffix)) return false;
  word.remove_suffix(suffix.size());
  return true;
}

// Takes conjunctions and the article off a folded Arabic word.
std::string_view without_arabic_prefix(std::string_view word, std::uint8_t plain_alefs) {
  // Ours: every leading waw goes where three letters stay, also a root's own, so that وزارة, الوزارة and
  // ووزارة meet.
  unsigned letter = 0;
  const auto take_waws = [&] {
    while (word.size() >= 4 * kLetter && word.starts_with("و")) {
      word.remove_prefix(kLetter);
      ++letter;
    }
  };
  take_waws();
  struct Article {
    std::string_view text;
    unsigned alef;  // the place of its alef, which must not carry a hamza: بآلية has no article
  };
  static constexpr std::array<Article, 4> kArticles{{{"بال", 1}, {"كال", 1}, {"فال", 1}, {"ال", 0}}};
  bool taken = false;
  for (const Article& article : kArticles) {
    if (word.size() < article.text.size() + 2 * kLetter || !word.starts_with(article.text)) continue;
    const unsigned place = letter + article.alef;
    if (place < kLettersWatched && (plain_alefs >> place & 1) == 0) continue;
    word.remove_prefix(article.text.size());
    letter += static_cast<unsigned>(article.text.size() / kLetter);
    taken = true;
    break;
  }
  if (!taken && word.size() >= 4 * kLetter && word.starts_with("لل")) {
    word.remove_prefix(2 * kLetter);
    letter += 2;
  }
  take_waws();
  return word;
}

std::string_view without_arabic_suffix(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kSuffixes{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"};
  for (const std::string_view suffix : kSuffixes) take_suffix(word, suffix);
  return word;
}

Script script_of(char32_t value) {
  if (digit_value(value) >= 0) return Script::number;
  if (value < 0x250) return Script::latin;
  return is_arabic_letter(value) ? Script::arabic : Script::other;
}

bool is_chinese(char32_t value) {
  return value >= 0x3400 && value <= 0x9FFF;
}

}  // namespace

struct Analyzer::Lists {
  std::unordered_set<std::string, TextHash, std::equal_to<>> stop{};
  std::unordered_set<std::string, TextHash, std::equal_to<>> before_symbol{};
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> stems{};
  // Snowball's stemmer holds a buffer, so each running analysis borrows its own.
  mutable std::mutex lock{};
  mutable std::vector<sb_stemmer*> idle{};

  ~Lists() {
    for (sb_stemmer* each : idle) sb_stemmer_delete(each);
  }
  sb_stemmer* borrow() const {
    const std::lock_guard guard(lock);
    if (idle.empty()) {
      sb_stemmer* made = sb_stemmer_new("english", "UTF_8");
      expect(made != nullptr, "Snowball knows English");
      return made;
    }
    sb_stemmer* last = idle.back();
    idle.pop_back();
    return last;
  }
  void give_back(sb_stemmer* stemmer) const {
    const std::lock_guard guard(lock);
    idle.push_back(stemmer);
  }
};

namespace {

class Run {
 public:
  explicit Run(std::string_view text) : text_(text) { split(); }

  const std::vector<Word>& words() const { return words_; }
  std::string_view folded(const Word& word) const {
    return std::string_view(folded_).substr(word.term_begin, word.term_end - word.term_begin);
  }

 private:
  void split() {
    folded_.reserve(text_.size());
    std::size_t separator_at = 0;
    unsigned letters = 0;
    bool open = false;
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint point = decode_utf8(text_, at);
      const std::size_t next = at + point.length;
      if (is_dropped_by_fold(point.value)) {  // a mark inside a word, or nothing
        if (open) words_.back().end = static_cast<std::uint32_t>(next);
        at = next;
        continue;
      }
      if (!is_word_character(point.value)) {
        open = false;
        separator_at = at;
        at = next;
        continue;
      }
      const Script script = script_of(point.value);
      if (open && !continues(words_.back(), script, point.value)) {
        open = false;
        separator_at = text_.size();  // they touch: nothing joins them
      }
      if (!open) {
        Word word{.begin = static_cast<std::uint32_t>(at),
                  .term_begin = static_cast<std::uint32_t>(folded_.size())};
        word.script = script;
        // Joined: exactly one sign stands between this word and the one before.
        if (!words_.empty() && separator_at == words_.back().end && separator_at + 1 == at) {
          const char sign = text_[separator_at];
          if (sign == '/' || sign == '-' || sign == '.' || sign == '\'') word.joined = sign;
        }
        words_.push_back(word);
        open = true;
        letters = 0;
      }
      Word& word = words_.back();
      if (word.script == Script::number && script != Script::number) word.script = script;
      if (folded_.size() - word.term_begin < kTermBytes) {
        if (letters < kLettersWatched && point.value == 0x0627) {
          word.plain_alefs = static_cast<std::uint8_t>(word.plain_alefs | 1u << letters);
        }
        append_folded(folded_, point.value);
      }
      ++letters;
      word.end = static_cast<std::uint32_t>(next);
      word.term_end = static_cast<std::uint32_t>(folded_.size());
      at = next;
    }
  }

  static bool continues(const Word& word, Script script, char32_t value) {
    if (is_chinese(value)) return false;  // each character is a word
    if (script == Script::number) return word.script != Script::arabic;
    if (word.script == Script::number) return script == Script::latin;  // 53rd, but not ١٩٩٣م
    return word.script == script;
  }

  std::string_view text_;
  std::string folded_;
  std::vector<Word> words_;
};

}  // namespace

Analyzer::Analyzer() : lists_(std::make_unique<Lists>()), fingerprint_("rules " + std::string(kRules)) {}

Analyzer::~Analyzer() = default;

std::shared_ptr<const Analyzer> Analyzer::load(const std::filesystem::path& data) {
  auto analyzer = std::make_shared<Analyzer>();
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& language : std::filesystem::directory_iterator(data / "languages", none)) {
    const auto file = language.path() / "search_words.tsv";
    if (std::filesystem::exists(file, none)) files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  std::uint64_t hash = 14695981039346656037ull;  // FNV-1a over all rows
  const auto mix = [&hash](std::string_view text) {
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ull;
    hash = (hash ^ 0xFF) * 1099511628211ull;
  };
  for (const auto& file : files) {
    const Table table = Table::read(file);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const std::string word = fold(table.cell(row, "word"));
      const std::string_view use = table.cell(row, "use");
      const std::string stem = fold(table.cell(row, "stem"));
      const auto refuse = [&](const std::string& why) {
        throw Error(ErrorKind::invalid_input,
                    file.string() + ":" + std::to_string(table.line_of(row)) + ": " + why);
      };
      if (word.empty()) refuse("a row without a word");
      if (use == "stop") {
        analyzer->lists_->stop.insert(word);
      } else if (use == "before_symbol") {
        analyzer->lists_->before_symbol.insert(word);
      } else if (use == "stem") {
        if (stem.empty()) refuse("a stem is missing");
        analyzer->lists_->stems.emplace(word, stem);
      } else {
        refuse("the use of a word is stop, before_symbol or stem, not \"" + std::string(use) + "\"");
      }
      mix(word);
      mix(use);
      mix(stem);
    }
  }
  analyzer->fingerprint_ += " words " + std::to_string(hash);
  return analyzer;
}

void Analyzer::analyze(std::string_view text, AnalyzeFor purpose,
                       const std::function<bool(const AnalyzedTerm&)>& take) const {
  const Run run(text);
  const std::vector<Word>& words = run.words();
  sb_stemmer* stemmer = lists_->borrow();
  const auto return_stemmer = [this](sb_stemmer* borrowed) { lists_->give_back(borrowed); };
  const std::unique_ptr<sb_stemmer, decltype(return_stemmer)> guard(stemmer, return_stemmer);

  const auto listed = [this](std::string_view word) -> const std::string* {
    const auto found = lists_->stems.find(word);
    return found == lists_->stems.end() ? nullptr : &found->second;
  };
  const auto stem = [&](const Word& word) -> std::string_view {
    std::string_view folded = run.folded(word);
    if (word.script == Script::number || word.script == Script::other) return folded;
    if (const std::string* known = listed(folded)) return *known;
    if (word.script == Script::arabic) {
      folded = without_arabic_prefix(folded, word.plain_alefs);
      if (const std::string* known = listed(folded)) return *known;
      return without_arabic_suffix(folded);
    }
    if (folded.size() <= 2) return folded;
    const auto* stemmed = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(folded.data()),
                                          static_cast<int>(folded.size()));
    return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
  };
  const auto pair_at = [&](std::size_t at) {  // words at - 1 and at are the two numbers of a symbol
    return at > 0 && at < words.size() && words[at].joined == '/' && words[at].script == Script::number &&
           words[at - 1].script == Script::number && run.folded(words[at]).size() <= kSymbolDigits &&
           run.folded(words[at - 1]).size() <= kSymbolDigits;
  };
  std::string symbol;
  const auto give_symbol = [&](std::size_t at, bool colocated) {
    const auto plain = [](std::string_view number) {
      while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
      return number;
    };
    std::string_view low = plain(run.folded(words[at - 1])), high = plain(run.folded(words[at]));
    if (low.size() > high.size() || (low.size() == high.size() && low > high)) std::swap(low, high);
    symbol.assign("#").append(low).append("/").append(high);
    return take({symbol, words[at - 1].begin, words[at].end, colocated});
  };

  if (purpose == AnalyzeFor::index) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      const Word& word = words[at];
      if (lists_->stop.contains(run.folded(word))) continue;
      if (word.joined == '\'' && run.folded(word) == "s") continue;
      if (!take({stem(word), word.begin, word.end, false})) return;
      if (pair_at(at) && !give_symbol(at, true)) return;
    }
    return;
  }
  for (std::size_t at = 0; at < words.size();) {
    // A run of joined words that holds a symbol is asked for by the symbol alone.
    std::size_t after = at + 1;
    bool symbol_inside = false;
    while (after < words.size() && words[after].joined != 0 && words[after].joined != '\'') {
      symbol_inside = symbol_inside || pair_at(after);
      ++after;
    }
    if (symbol_inside) {
      for (std::size_t each = at + 1; each < after; ++each) {
        if (pair_at(each) && !give_symbol(each, false)) return;
      }
      at = after;
      continue;
    }
    const Word& word = words[at];
    const std::string_view folded = run.folded(word);
    const bool leads_symbol = lists_->before_symbol.contains(folded) && at + 1 < words.size() &&
                              (words[at + 1].script == Script::number || pair_at(at + 3) || pair_at(at + 2));
    const bool possessive = word.joined == '\'' && folded == "s";
    if (!leads_symbol && !possessive && !lists_->stop.contains(folded) &&
        !take({stem(word), word.begin, word.end, false})) {
      return;
    }
    ++at;
  }
}

std::vector<std::string> Analyzer::terms(std::string_view text, AnalyzeFor purpose) const {
  std::vector<std::string> out;
  analyze(text, purpose, [&out](const AnalyzedTerm& term) {
    out.emplace_back(term.term);
    return true;
  });
  return out;
}

}  // namespace mithaq
