#include "service/conflict_causes.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/table.hpp"

namespace mithaq::service {

namespace {

constexpr std::size_t kSearchAlternatives = 16;  // as many as the search takes

std::vector<std::string> texts(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string_view value : split_values(cell)) out.emplace_back(value);
  return out;
}

// A letter of the Latin or Cyrillic alphabet, or any other sign beyond ASCII, ends or begins at this byte.
bool is_letter_byte(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80 || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
}

}  // namespace

const std::string& ConflictCause::name(Language language) const {
  if (language == Language::arabic) return arabic;
  return language == Language::russian ? russian : english;
}

ConflictCauses ConflictCauses::load(const std::filesystem::path& data_folder) {
  const Table table = Table::read(data_folder / "conflict" / "causes.tsv");
  ConflictCauses out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    std::vector<Term> terms;
    for (const char* column : {"terms_ar", "terms_en", "terms_ru"}) {
      for (const std::string& term : texts(table.cell(row, column)))
        terms.push_back({.folded = fold(term), .arabic = column == std::string_view("terms_ar")});
    }
    const std::string_view kind = table.cell(row, "kind");
    if (kind == "conflict") {
      std::move(terms.begin(), terms.end(), std::back_inserter(out.conflicts_));
    } else if (kind == "deaths") {
      std::move(terms.begin(), terms.end(), std::back_inserter(out.deaths_));
    } else if (kind == "marker") {
      for (const char* column : {"terms_ar", "terms_en", "terms_ru"}) {
        for (std::string& term : texts(table.cell(row, column))) out.marker_words_.push_back(std::move(term));
      }
      std::move(terms.begin(), terms.end(), std::back_inserter(out.markers_));
    } else if (kind == "cause") {
      out.causes_.push_back({.id = std::string(table.cell(row, "id")),
                             .arabic = std::string(table.cell(row, "ar")),
                             .english = std::string(table.cell(row, "en")),
                             .russian = std::string(table.cell(row, "ru")),
                             .low = texts(table.cell(row, "low")),
                             .high = texts(table.cell(row, "high"))});
      out.cause_terms_.push_back(std::move(terms));
    } else {
      throw Error(ErrorKind::invalid_input, table.name() + ":" + std::to_string(table.line_of(row)) +
                                                ": a kind is conflict, deaths, marker or cause");
    }
  }
  return out;
}

bool ConflictCauses::occurs(const std::vector<Term>& terms, std::string_view folded_words) {
  return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
    for (std::size_t at = folded_words.find(term.folded); at != std::string_view::npos;
         at = folded_words.find(term.folded, at + 1)) {
      if (term.arabic || at == 0 || !is_letter_byte(folded_words[at - 1])) return true;
    }
    return false;
  });
}

bool ConflictCauses::speaks_of_conflicts(std::string_view words) const {
  return occurs(conflicts_, fold(words));
}

bool ConflictCauses::speaks_of_deaths(std::string_view words) const {
  return occurs(deaths_, fold(words));
}

bool ConflictCauses::speaks_of_root_causes(std::string_view words) const {
  return occurs(markers_, fold(words));
}

std::vector<std::size_t> ConflictCauses::named_in(std::string_view words) const {
  const std::string folded = fold(words);
  std::vector<std::size_t> out;
  for (std::size_t cause = 0; cause < causes_.size(); ++cause) {
    if (occurs(cause_terms_[cause], folded)) out.push_back(cause);
  }
  return out;
}

std::string ConflictCauses::search_words() const {
  std::string out;
  for (std::size_t each = 0; each < std::min(marker_words_.size(), kSearchAlternatives); ++each)
    out += (each == 0 ? "\"" : " OR \"") + marker_words_[each] + "\"";
  return out;
}

conflicts::Worse ConflictCauses::worse_end(std::string_view indicator) const {
  for (const ConflictCause& cause : causes_) {
    if (std::find(cause.low.begin(), cause.low.end(), indicator) != cause.low.end())
      return conflicts::Worse::low;
    if (std::find(cause.high.begin(), cause.high.end(), indicator) != cause.high.end())
      return conflicts::Worse::high;
  }
  return conflicts::Worse::unknown;
}

const ConflictCause* ConflictCauses::of_indicator(std::string_view indicator) const {
  for (const ConflictCause& cause : causes_) {
    for (const auto* list : {&cause.low, &cause.high}) {
      if (std::find(list->begin(), list->end(), indicator) != list->end()) return &cause;
    }
  }
  return nullptr;
}

}  // namespace mithaq::service
