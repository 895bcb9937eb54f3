// How fast the record appends, verifies and searches, beside what no record can go below: a plain SHA-256
// over the same bytes, and SQLite alone storing the same bodies in the same batches.
//
// FILE is a file or a postgresql:// URL.
//
//   record_bench append FILE [ENTRIES]    statements with their parties, in batches of 5,000
//   record_bench paragraphs FILE [COUNT]  documents of 40 paragraphs of 45 words
//   record_bench verify FILE              log, tree, signature and bodies; then the views too
//   record_bench search FILE              words from the most common to the rarest, phrases, filters; for who
//                                         sees everything and for who sees a part
//
// The file's key stands beside it as FILE.key, that of a database in the working folder as record_bench.key;
// the text is made up from a fixed seed, its words as unequal in frequency as those of a language (Zipf).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/database.hpp"
#include "record/ingest.hpp"
#include "record/sql_store.hpp"

namespace {

using namespace mithaq;
using namespace mithaq::record;
using Timer = std::chrono::steady_clock;

// Of this program alone: what a busy machine takes from it is not counted.
double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double seconds_since(Timer::time_point start) {
  return std::chrono::duration<double>(Timer::now() - start).count();
}

// A plain pass of SHA-256, in megabytes a second.
double sha256_speed() {
  const std::string bytes(16 << 20, 'x');
  const auto start = Timer::now();
  const auto digest = sha256(bytes);
  const double taken = seconds_since(start);
  expect(!digest.empty(), "a hash of the bytes");
  return static_cast<double>(bytes.size()) / 1e6 / taken;
}

class Words {
 public:
  Words() {
    static const char* kCommon[] = {"التعاون",     "المنظمة",      "الأمم",    "المتحدة", "السلام",
                                    "الأمن",       "الدول",        "الأعضاء",  "منظمة",   "المجلس",
                                    "الوساطة",     "القرار",       "مكتب",     "بعثة",    "the",
                                    "cooperation", "organization", "security", "Council", "mission"};
    for (const char* word : kCommon) words_.emplace_back(word);
    static const char* kLetters[] = {"ا", "ب", "ت", "ج", "ح", "د", "ر", "س", "ش", "ص", "ع", "ف",
                                     "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ط", "خ", "ذ", "غ"};
    static const char* kBefore[] = {"", "ال", "وال", "بال", "م", "ت"};
    static const char* kAfter[] = {"", "ات", "ة", "ية", "ين", "ها"};
    std::mt19937_64 random(7);
    while (words_.size() < 60'000) {
      std::string word = kBefore[random() % 6];
      for (std::size_t letter = 3 + random() % 3; letter > 0; --letter) word += kLetters[random() % 24];
      words_.push_back(word + kAfter[random() % 6]);
    }
    double sum = 0;
    for (std::size_t rank = 0; rank < words_.size(); ++rank)
      cumulated_.push_back(sum += 1.0 / static_cast<double>(rank + 3));
  }
  const std::string& any(std::mt19937_64& random) const {
    const double at = std::generate_canonical<double, 53>(random) * cumulated_.back();
    const auto found = std::lower_bound(cumulated_.begin(), cumulated_.end(), at);
    return words_[static_cast<std::size_t>(found - cumulated_.begin())];
  }
  const std::string& at(std::size_t rank) const { return words_[rank]; }

 private:
  std::vector<std::string> words_{};
  std::vector<double> cumulated_{};
};

document::Document make_document(std::size_t number, const Words& words, std::mt19937_64& random,
                                 std::size_t paragraphs, std::size_t words_each, std::size_t statements) {
  document::Document out;
  out.id = "sha256-" + to_hex(sha256("document " + std::to_string(number)));
  out.name = "document-" + std::to_string(number) + ".txt";
  out.format = "text";
  out.metadata = {.title = "وثيقة " + std::to_string(number),
                  .language = number % 5 == 0 ? "en" : "ar",
                  .date = std::to_string(1990 + number % 30),
                  .handling = {.tlp = number % 3 == 0 ? document::Tlp::green : document::Tlp::clear}};
  for (std::size_t at = 0; at < paragraphs; ++at) {
    std::string text;
    for (std::size_t word = 0; word < words_each; ++word) text += (word == 0 ? "" : " ") + words.any(random);
    const document::Span line{out.raw.size(), out.raw.size() + text.size()};
    out.raw += text + "\n";
    out.blocks.push_back({.lines = {line}});
    const auto index = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(text.find(' '));
    for (std::size_t mention = 0; mention < 3; ++mention) {
      out.mentions.push_back({.type = document::MentionType::organization,
                              .place = {index, {0, end}},
                              .entities = {"E" + std::to_string(random() % (mention == 0 ? 10 : 5000))},
                              .name = "entity"});
    }
    out.paragraphs.push_back(
        {.id = "p" + std::to_string(at + 1),
         .text = text,
         .pieces = {{.text = {0, static_cast<std::uint32_t>(text.size())}, .raw = line}}});
  }
  for (std::size_t at = 0; at < statements; ++at) {
    document::Statement statement;
    statement.evidence.paragraph = static_cast<std::uint32_t>(at % paragraphs);
    statement.evidence.range = {
        0, static_cast<std::uint32_t>(out.paragraphs[statement.evidence.paragraph].text.size())};
    statement.parties = {
        {.entity = "E" + std::to_string(random() % 500), .name = "Organization for Security"},
        {.role = document::PartyRole::counterpart,
         .entity = "E" + std::to_string(random() % 500),
         .name = "United Nations"}};
    statement.themes = {"mediation"};
    statement.topic = "منع النزاعات";
    statement.places = {"KGZ"};
    statement.place_names = {"Kyrgyzstan"};
    statement.time = std::to_string(1990 + random() % 30);
    statement.rule = "cooperate";
    out.statements.push_back(std::move(statement));
  }
  return out;
}

// SQLite alone with the same bodies: one table, the same batches, as durable.
class PlainTable {
 public:
  explicit PlainTable(const std::filesystem::path& file) {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + ending);
    database_ = Database::open(file, Database::Mode::create, std::chrono::milliseconds(0));
    database_->script(
        "pragma page_size=8192; pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-65536; "
        "pragma wal_autocheckpoint=8000; create table bodies(seq integer primary key, body text not null)");
  }
  void append(const std::vector<std::string>& bodies) {
    const auto start = Timer::now();
    const double processor = processor_seconds();
    Transaction transaction(*database_, Transaction::Kind::write);
    for (const std::string& body : bodies) database_->run("insert into bodies values(?1,?2)", count_++, body);
    transaction.commit();
    seconds += seconds_since(start);
    processor_taken += processor_seconds() - processor;
  }
  double seconds = 0, processor_taken = 0;

 private:
  std::unique_ptr<Database> database_{};
  std::size_t count_ = 0;
};

// What stands beside a record that is a database.
std::filesystem::path beside(const Location& record, const char* ending) {
  return (record.is_file() ? record.text() : std::string("record_bench")) + ending;
}

SqlOptions options(const Location& record) {
  SqlOptions out;
  out.origin = "mithaq.example/bench";
  out.key = SigningKey::load_or_create(beside(record, ".key"), "mithaq.example/bench");
  out.clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); };
  return out;
}

void append(const Location& file, std::size_t entries) {
  const Words words;
  std::mt19937_64 random(1);
  const auto store = SqlStore::open(file, options(file));
  std::printf("SHA-256 here: %.0f MB/s\n", sha256_speed());
  double taken = 0, processor = 0;
  std::size_t count = 0, bytes = 0;
  PlainTable plain(beside(file, ".plain"));
  for (std::size_t number = 0; count < entries;) {
    std::vector<Body> batch;
    while (batch.size() < 5000) {
      for (Body& body : entries_of(make_document(number++, words, random, 10, 25, 200), true))
        batch.push_back(std::move(body));
    }
    std::vector<std::string> bodies;
    for (const Body& body : batch) bytes += bodies.emplace_back(to_canonical_json(body)).size();
    plain.append(bodies);
    const auto start = Timer::now();
    const double processor_start = processor_seconds();
    count += store->append(batch).count;
    taken += seconds_since(start);
    processor += processor_seconds() - processor_start;
  }
  std::printf(
      "append: %zu entries, %.0f MB of bodies, %.1f s: %.0f entries/s, "
      "with views and full-text index\n",
      count, static_cast<double>(bytes) / 1e6, taken, static_cast<double>(count) / taken);
  std::printf("of that %.1f s of processor: %.0f entries/s\n", processor,
              static_cast<double>(count) / processor);
  std::printf(
      "SQLite alone, the same bodies in one table: %.1f s, of that %.1f s of processor; the record takes "
      "%.1f "
      "times as long, %.1f times the processor\n",
      plain.seconds, plain.processor_taken, taken / plain.seconds, processor / plain.processor_taken);
  std::printf("plain SHA-256 of the bodies would take %.2f s\n",
              static_cast<double>(bytes) / 1e6 / sha256_speed());
}

void paragraphs(const Location& file, std::size_t count) {
  const Words words;
  std::mt19937_64 random(2);
  const auto store = SqlStore::open(file, options(file));
  Ingest ingest(*store);
  double taken = 0;
  std::size_t bytes = 0;
  for (std::size_t number = 0, done = 0; done < count; ++number, done += 40) {
    document::Document document = make_document(number, words, random, 40, 45, 8);
    bytes += document.raw.size();
    const auto start = Timer::now();
    ingest.add(std::move(document));
    ingest.finish_document();
    taken += seconds_since(start);
  }
  const auto start = Timer::now();
  ingest.flush();
  taken += seconds_since(start);
  std::printf(
      "load: %zu paragraphs, %.0f MB of text, %.1f s: %.0f "
      "paragraphs/s, %.1f MB/s\n",
      count, static_cast<double>(bytes) / 1e6, taken, static_cast<double>(count) / taken,
      static_cast<double>(bytes) / 1e6 / taken);
}

void verify(const Location& file) {
  const auto opening = Timer::now();
  const auto store = SqlStore::open(file, options(file));
  std::printf("opened in %.0f ms\n", seconds_since(opening) * 1000);
  for (const bool views : {false, true}) {
    VerifyOptions with;
    with.views = views;
    const auto start = Timer::now();
    const double processor = processor_seconds();
    const VerifyReport report = store->verify(with);
    std::printf("verify%s: %llu entries, %s, %.1f s, of that %.1f s of processor\n",
                views ? " with views" : "", static_cast<unsigned long long>(report.entries),
                report.ok() ? "sound" : report.problems[0].message.c_str(), seconds_since(start),
                processor_seconds() - processor);
  }
}

void search_as(View& view, const Words& words, const Sight& sight) {
  view.look_as(sight);
  std::mt19937_64 random(3);
  struct Kind {
    const char* name;
    std::vector<double> times{};
    std::vector<double> processor{};
  };
  Kind kinds[] = {{"one word, common"},
                  {"one word, any"},
                  {"two words"},
                  {"two common words"},
                  {"either of three"},
                  {"phrase"},
                  {"prefix"},
                  {"word and common entity"},
                  {"word and rare entity"},
                  {"word, language and date"}};
  std::vector<double> all, all_processor;
  std::size_t hits = 0;
  for (int round = 0; round < 30; ++round) {
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
      std::vector<TextTerm> terms;
      ParagraphFilter filter;
      const std::string common = words.at(random() % 20);
      switch (kind) {
        case 0:
          terms = {{.text = common}};
          break;
        case 1:
          terms = {{.text = words.any(random)}};
          break;
        case 2:
          terms = {{.text = common + " " + words.any(random)}};
          break;
        case 3:
          terms = {{.text = words.at(random() % 20) + " " + words.at(random() % 20)}};
          break;
        case 4:
          for (int at = 0; at < 3; ++at)
            terms.push_back({.text = words.any(random), .need = TextTerm::Need::may});
          break;
        case 5:
          terms = {{.text = common + " " + words.at(random() % 20), .form = TextTerm::Form::phrase}};
          break;
        case 6:
          terms = {{.text = words.any(random).substr(0, 6), .form = TextTerm::Form::prefix}};
          break;
        case 7:
          terms = {{.text = common}};
          filter.entities = {"E" + std::to_string(random() % 10)};
          break;
        case 8:
          terms = {{.text = common}};
          filter.entities = {"E" + std::to_string(10 + random() % 4990)};
          break;
        default:
          terms = {{.text = common}};
          filter.languages = {"en"};
          filter.date = {.from = "1995", .to = "1999"};
          break;
      }
      const auto start = Timer::now();
      const double processor = processor_seconds();
      const ParagraphHits found = view.search_paragraphs(terms, filter, 20);
      for (const ParagraphHit& hit : found.hits)
        hits += view.paragraph(hit.row).paragraph.text.size() > 0 ? 1 : 0;
      kinds[kind].times.push_back(seconds_since(start) * 1000);
      kinds[kind].processor.push_back((processor_seconds() - processor) * 1000);
      all.push_back(kinds[kind].times.back());
      all_processor.push_back(kinds[kind].processor.back());
    }
  }
  const auto line = [](const char* name, std::vector<double> times, std::vector<double> processor) {
    std::sort(times.begin(), times.end());
    std::sort(processor.begin(), processor.end());
    std::printf(
        "%-26s median %7.1f ms  p95 %7.1f ms  max %7.1f ms  "
        "(processor: median %6.1f  p95 %6.1f)\n",
        name, times[times.size() / 2], times[times.size() * 95 / 100], times.back(),
        processor[processor.size() / 2], processor[processor.size() * 95 / 100]);
  };
  for (const Kind& kind : kinds) line(kind.name, kind.times, kind.processor);
  line("all", all, all_processor);
  std::printf("%zu paragraphs to be seen, %zu hits shown\n", view.statistics().paragraphs, hits);
}

void search(const Location& file) {
  const Words words;
  SqlOptions with = options(file);
  with.mode = SqlOptions::Mode::read;
  const auto store = SqlStore::open(file, with);
  search_as(store->view(), words, Sight::all());
  std::puts("the same for who may see two documents of three:");
  search_as(store->view(), words, Sight::of({document::Handling{}}, ""));
  std::puts("for who may see one of three:");
  search_as(store->view(), words, Sight::of({document::Handling{.tlp = document::Tlp::green}}, ""));
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 2 ? arguments[1] : "";
  try {
    const std::size_t size = count > 3 ? std::strtoull(arguments[3], nullptr, 10) : 100'000;
    if (what == "append") {
      append(arguments[2], size);
    } else if (what == "paragraphs") {
      paragraphs(arguments[2], size);
    } else if (what == "verify") {
      verify(arguments[2]);
    } else if (what == "search") {
      search(arguments[2]);
    } else {
      std::fputs("usage: record_bench append|paragraphs|verify|search FILE [COUNT]\n", stderr);
      return 2;
    }
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
