// Drives a fuzz target without libFuzzer: the seeds, then mutations of them, always in the same order.
//
//   fuzz_html [--seconds N] SEED_FOLDER     prints how many inputs it ran
//   fuzz_html FILE                          runs one input, to look at a crash
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Numbers that look random and are the same each time (SplitMix64, public domain, S. Vigna 2015).
class Numbers {
 public:
  std::uint64_t next() {
    std::uint64_t value = (state_ += 0x9E3779B97F4A7C15);
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : next() % limit; }

 private:
  std::uint64_t state_ = 2018;
};

std::string mutated(const std::vector<std::string>& seeds, Numbers& numbers) {
  constexpr std::size_t kBytesMax = 1 << 16;
  std::string text = seeds[numbers.below(seeds.size())];
  const std::size_t changes = 1 + numbers.below(6);
  for (std::size_t each = 0; each < changes; ++each) {
    const std::size_t at = numbers.below(text.size() + 1);
    const std::size_t length = 1 + numbers.below(numbers.below(4) == 0 ? 200 : 8);
    switch (numbers.below(8)) {
      case 0:  // one bit
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << numbers.below(8)));
        break;
      case 1:  // one byte
        if (at < text.size()) text[at] = static_cast<char>(numbers.next());
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(numbers.below(text.size() + 1), length));
        break;
      case 4: {  // a piece of another seed
        const std::string& other = seeds[numbers.below(seeds.size())];
        text.insert(at, other.substr(numbers.below(other.size() + 1), length));
        break;
      }
      case 5: {  // many times the same
        const std::string piece = text.substr(at, 1 + length % 8);
        std::string many;
        for (std::size_t times = numbers.below(300); times > 0; --times) many += piece;
        text.insert(at, many);
        break;
      }
      case 6: {  // what parsers trip over
        constexpr const char* kPieces[] = {"\xEF\xBB\xBF",
                                           "\xE2\x80\xAE",
                                           "\xF4\x8F\xBF\xBF",
                                           "9999999999999999999",
                                           "-1",
                                           "<",
                                           ">",
                                           "&",
                                           "\"",
                                           "|",
                                           "\t",
                                           "\n\n",
                                           "\f",
                                           "\xD9\x84\xD8\xA7",
                                           "(",
                                           "/",
                                           "٠"};
        text.insert(at, kPieces[numbers.below(std::size(kPieces))]);
        break;
      }
      default:
        text.resize(at);
        break;
    }
    if (text.size() > kBytesMax) text.resize(kBytesMax);
  }
  return text;
}

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int count, char** words) {
  double seconds = 2;
  int first = 1;
  if (count >= 3 && std::strcmp(words[1], "--seconds") == 0) {
    seconds = std::atof(words[2]);
    first = 3;
  }
  if (count != first + 1) {
    std::fputs("usage: fuzz_TARGET [--seconds N] SEED_FOLDER|FILE\n", stderr);
    return 2;
  }
  if (fs::is_regular_file(words[first])) {
    run(read_file(words[first]));
    return 0;
  }
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(words[first])) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const fs::path& path : paths) seeds.push_back(read_file(path));
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds in %s\n", words[first]);
    return 2;
  }
  std::string input;
  const fs::path crash = fs::temp_directory_path() / (fs::path(words[0]).filename().string() + ".failed");
  std::size_t runs = 0;
  double slowest = 0;
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  try {
    Numbers numbers;
    while (runs < seeds.size() || passed() < seconds) {
      input = runs < seeds.size() ? seeds[runs] : mutated(seeds, numbers);
      const double before = passed();
      run(input);
      slowest = std::max(slowest, passed() - before);
      ++runs;
    }
  } catch (const std::exception& error) {
    std::ofstream(crash, std::ios::binary) << input;
    std::fprintf(stderr, "failed: %s\nthe input is in %s\n", error.what(), crash.c_str());
    return 1;
  }
  std::printf("%zu inputs in %.1f s, the slowest %.3f s\n", runs, passed(), slowest);
  // No input of 64 KB may take seconds.
  return slowest > 5 ? 1 : 0;
}
