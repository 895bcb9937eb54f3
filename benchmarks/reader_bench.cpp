// How fast each stage of the reader is, beside what the same bytes cost otherwise.
//
// Every stage reports bytes per second of raw text. The first two are the machine's own reference: a plain
// pass over the bytes, and ICU's NFKC normalization. Compare ratios from machine to machine, not figures.
//
// Usage: reader_bench [--benchmark_filter=Arabic]
#include <benchmark/benchmark.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cstdlib>
#include <iostream>

#include "base/fold.hpp"
#include "benchmarks/text_maker.hpp"
#include "reader/context.hpp"
#include "reader/mentions/mentions.hpp"
#include "reader/reader.hpp"
#include "reader/repair/repair.hpp"
#include "reader/statements/statements.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq {
namespace {

using benchmarks::TextLanguage;

constexpr std::size_t kTextBytes = 2 * 1024 * 1024;

const reader::Lexicon& lexicon() {
  static const reader::Lexicon loaded = reader::Lexicon::load(test::data());
  return loaded;
}

const std::string& text(TextLanguage language) {
  static const std::string arabic = benchmarks::make_text(lexicon(), TextLanguage::arabic, kTextBytes);
  static const std::string english = benchmarks::make_text(lexicon(), TextLanguage::english, kTextBytes);
  return language == TextLanguage::arabic ? arabic : english;
}

void set_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void reference_plain_pass(benchmark::State& state) {
  const std::string& bytes = text(TextLanguage::arabic);
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const char byte : bytes) sum = sum * 31 + static_cast<unsigned char>(byte);
    benchmark::DoNotOptimize(sum);
  }
  set_bytes(state, bytes.size());
}
BENCHMARK(reference_plain_pass);

void reference_icu_nfkc(benchmark::State& state) {
  const std::string& bytes = text(TextLanguage::arabic);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  for (auto _ : state) {
    const icu::UnicodeString normalized = nfkc->normalize(icu::UnicodeString::fromUTF8(bytes), status);
    benchmark::DoNotOptimize(normalized.length());
  }
  set_bytes(state, bytes.size());
}
BENCHMARK(reference_icu_nfkc);

void fold_arabic(benchmark::State& state) {
  const std::string& bytes = text(TextLanguage::arabic);
  for (auto _ : state) benchmark::DoNotOptimize(fold(bytes).size());
  set_bytes(state, bytes.size());
}
BENCHMARK(fold_arabic);

// A text read as far as the stage before the one that is measured.
struct Prepared {
  document::Document document{};
  std::vector<reader::TokenizedText> texts{};
};

void prepare(Prepared& prepared, TextLanguage language) {
  prepared.document.format = "text";
  prepared.document.raw = text(language);
  reader::repair(prepared.document, lexicon());
  prepared.texts.resize(prepared.document.paragraphs.size());
  for (std::size_t each = 0; each < prepared.texts.size(); ++each) {
    reader::tokenize(prepared.document.paragraphs[each].text, lexicon().vocabulary, prepared.texts[each]);
  }
}

void stage_repair(benchmark::State& state, TextLanguage language) {
  for (auto _ : state) {
    document::Document document;
    document.raw = text(language);
    reader::repair(document, lexicon());
    if (!document.edits.empty()) state.SkipWithError("an undamaged text was changed");
    benchmark::DoNotOptimize(document.paragraphs.size());
  }
  set_bytes(state, text(language).size());
}
BENCHMARK_CAPTURE(stage_repair, Arabic, TextLanguage::arabic);
BENCHMARK_CAPTURE(stage_repair, English, TextLanguage::english);

void stage_tokens(benchmark::State& state, TextLanguage language) {
  Prepared prepared;
  prepare(prepared, language);
  for (auto _ : state) {
    for (std::size_t each = 0; each < prepared.texts.size(); ++each) {
      reader::tokenize(prepared.document.paragraphs[each].text, lexicon().vocabulary, prepared.texts[each]);
    }
  }
  set_bytes(state, text(language).size());
}
BENCHMARK_CAPTURE(stage_tokens, Arabic, TextLanguage::arabic);
BENCHMARK_CAPTURE(stage_tokens, English, TextLanguage::english);

void stage_mentions(benchmark::State& state, TextLanguage language) {
  Prepared prepared;
  prepare(prepared, language);
  for (auto _ : state) {
    prepared.document.mentions.clear();
    reader::Context context;
    reader::find_mentions(prepared.document, prepared.texts, lexicon(), context);
  }
  state.counters["mentions"] = static_cast<double>(prepared.document.mentions.size());
  set_bytes(state, text(language).size());
}
BENCHMARK_CAPTURE(stage_mentions, Arabic, TextLanguage::arabic);
BENCHMARK_CAPTURE(stage_mentions, English, TextLanguage::english);

void stage_statements(benchmark::State& state, TextLanguage language) {
  Prepared prepared;
  prepare(prepared, language);
  reader::Context context;
  reader::find_mentions(prepared.document, prepared.texts, lexicon(), context);
  for (auto _ : state) {
    prepared.document.statements.clear();
    reader::find_statements(prepared.document, prepared.texts, lexicon(), context);
  }
  state.counters["statements"] = static_cast<double>(prepared.document.statements.size());
  set_bytes(state, text(language).size());
}
BENCHMARK_CAPTURE(stage_statements, Arabic, TextLanguage::arabic);
BENCHMARK_CAPTURE(stage_statements, English, TextLanguage::english);

void whole_reader(benchmark::State& state, TextLanguage language) {
  const std::string& bytes = text(language);
  for (auto _ : state) {
    const auto result = reader::read_document(bytes, lexicon(), {.name = "text.txt"});
    if (!std::holds_alternative<document::Document>(result)) state.SkipWithError("the text was refused");
    benchmark::DoNotOptimize(result.index());
  }
  set_bytes(state, bytes.size());
}
BENCHMARK_CAPTURE(whole_reader, Arabic, TextLanguage::arabic);
BENCHMARK_CAPTURE(whole_reader, English, TextLanguage::english);

void load_lexicon(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(reader::Lexicon::load(test::data()).entities.size());
}
BENCHMARK(load_lexicon)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mithaq

BENCHMARK_MAIN();
