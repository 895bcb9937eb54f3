// mithaq-ocr: the lines of an image of text, by Tesseract.
//
// What it writes is described in README.md here. Arabic is tried first; lines that it is unsure of are tried
// again in English, and the surer reading is written.
//
//   mithaq-ocr < image
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/utf8.hpp"
#include "extractors/protocol.hpp"

namespace {

using mithaq::extractors::fail;

constexpr std::size_t kInputBytesMax = 512u << 20;
constexpr double kPixelsMax = 120e6;  // A2 at 300 dpi is 70 million
constexpr int kPagesMax = 2000;
constexpr float kSureEnough = 75;  // of 100: Tesseract's mean over clean lines is above 85
constexpr float kClearlySurer = 15;

struct FreePix {
  void operator()(PIX* image) const { pixDestroy(&image); }
};
using Image = std::unique_ptr<PIX, FreePix>;

struct Line {
  int left, top, right, bottom;
  float confidence;
  std::string text;
  bool ends_paragraph;
};

bool is_arabic_letter(char32_t letter) {
  return letter >= 0x620 && letter < 0x653;
}

std::string trimmed(const char* text) {
  std::string out = text == nullptr ? "" : text;
  while (!out.empty() && static_cast<unsigned char>(out.back()) <= ' ') out.pop_back();
  const std::size_t begin = out.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : out.substr(begin);
}

// Text without direction marks, with the Arabic comma where Tesseract put a Latin one behind Arabic letters.
std::string tidied(std::string_view text) {
  std::string out;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const mithaq::CodePoint point = mithaq::decode_utf8(text, at);
    at += point.length;
    if ((point.value >= 0x200E && point.value <= 0x200F) || (point.value >= 0x202A && point.value <= 0x202E))
      continue;
    const bool ends_word = at == text.size() || text[at] == ' ';
    mithaq::append_utf8(out,
                        point.value == ',' && is_arabic_letter(before) && ends_word ? 0x60C : point.value);
    before = point.value;
  }
  return out;
}

// A word in Latin letters or digits inside an Arabic line: what the Arabic model reads worst.
bool is_foreign(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    const mithaq::CodePoint point = mithaq::decode_utf8(word, at);
    at += point.length;
    if (is_arabic_letter(point.value)) return false;
    letters += point.value > ' ' && point.value < 0x100;
  }
  return letters >= 2;
}

// Reads a part of the page as one word or line.
Line read_part(tesseract::TessBaseAPI& engine, tesseract::PageSegMode mode, int left, int top, int right,
               int bottom) {
  constexpr int kMargin = 6;
  engine.SetPageSegMode(mode);
  engine.SetRectangle(std::max(0, left - kMargin), std::max(0, top - kMargin), right - left + 2 * kMargin,
                      bottom - top + 2 * kMargin);
  const std::unique_ptr<char[]> text(engine.GetUTF8Text());
  Line line{left, top, right, bottom, static_cast<float>(engine.MeanTextConf()), tidied(trimmed(text.get())),
            false};
  return line;
}

// The lines of the page that is set; `second`, if given, has the same page and reads foreign words again.
std::vector<Line> lines_of(tesseract::TessBaseAPI& engine, tesseract::TessBaseAPI* second) {
  constexpr int kSecondReadingsMax = 120;  // a word takes some 20 ms
  constexpr float kGoodWord = 80;
  int readings = 0;
  std::vector<Line> lines;
  if (engine.Recognize(nullptr) != 0) return lines;
  const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
  if (!at) return lines;
  bool begins = true;
  do {
    if (at->Empty(tesseract::RIL_WORD)) continue;
    if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE) || begins) {
      Line line{};
      at->BoundingBox(tesseract::RIL_TEXTLINE, &line.left, &line.top, &line.right, &line.bottom);
      line.confidence = std::clamp(at->Confidence(tesseract::RIL_TEXTLINE), 0.0F, 100.0F);
      line.ends_paragraph = at->IsAtFinalElement(tesseract::RIL_PARA, tesseract::RIL_TEXTLINE);
      lines.push_back(std::move(line));
      begins = false;
    }
    const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_WORD));
    std::string word = tidied(trimmed(text.get()));
    if (second != nullptr && is_foreign(word) && readings < kSecondReadingsMax) {
      Line box{};
      at->BoundingBox(tesseract::RIL_WORD, &box.left, &box.top, &box.right, &box.bottom);
      const Line again =
          read_part(*second, tesseract::PSM_SINGLE_WORD, box.left, box.top, box.right, box.bottom);
      ++readings;
      if (again.confidence >= kGoodWord && again.confidence > at->Confidence(tesseract::RIL_WORD) &&
          again.text.find(' ') == std::string::npos && !again.text.empty()) {
        word = again.text;
      }
    }
    if (word.empty()) continue;
    std::string& line = lines.back().text;
    if (!line.empty()) line += ' ';
    line += word;
  } while (at->Next(tesseract::RIL_WORD));
  std::erase_if(lines, [](const Line& line) { return line.text.empty(); });
  return lines;
}

// Whether no two lines of the page stand side by side. Tesseract's full layout analysis drops headings and
// digits at the edge; of one column its plain mode loses less.
bool is_one_column(tesseract::TessBaseAPI& engine, int width) {
  const std::unique_ptr<tesseract::PageIterator> at(engine.AnalyseLayout());
  if (!at) return true;
  struct Box {
    int left, top, right, bottom;
  };
  std::vector<Box> boxes;
  do {
    Box box{};
    if (at->BoundingBox(tesseract::RIL_TEXTLINE, &box.left, &box.top, &box.right, &box.bottom) &&
        box.right - box.left > width / 8) {
      boxes.push_back(box);
    }
  } while (at->Next(tesseract::RIL_TEXTLINE) && boxes.size() < 2000);
  std::sort(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.top < b.top; });
  std::size_t beside = 0;
  for (std::size_t each = 0; each < boxes.size(); ++each) {
    for (std::size_t other = each + 1; other < boxes.size() && boxes[other].top < boxes[each].bottom;
         ++other) {
      const bool apart = boxes[other].left > boxes[each].right || boxes[other].right < boxes[each].left;
      const int overlap = std::min(boxes[each].bottom, boxes[other].bottom) - boxes[other].top;
      if (apart && overlap * 2 > boxes[other].bottom - boxes[other].top) {
        ++beside;
        break;
      }
    }
  }
  return beside * 5 < boxes.size();
}

// Tesseract for images of printed pages, or nothing if the language is not installed.
std::unique_ptr<tesseract::TessBaseAPI> engine_for(const char* language) {
  auto engine = std::make_unique<tesseract::TessBaseAPI>();
  if (engine->Init(nullptr, language, tesseract::OEM_LSTM_ONLY) != 0) return nullptr;
  engine->SetPageSegMode(tesseract::PSM_AUTO);
  return engine;
}

// Grey, upright and large enough for letters of 10 points.
Image prepared(Image image, int& resolution) {
  Image grey(pixConvertTo8(image.get(), 0));
  if (!grey) return grey;
  resolution = pixGetXRes(image.get());
  const int width = pixGetWidth(grey.get());
  const int height = pixGetHeight(grey.get());
  // An image that does not say its resolution is taken for a page of A4, 8.3 by 11.7 inches.
  if (resolution < 70 || resolution > 1200) {
    resolution = std::clamp(static_cast<int>(std::min(width, height) / 8.3), 70, 600);
  }
  // Tesseract's errors grow eightfold from 300 to 200 dpi; enlarging gives most of them back.
  if (resolution < 280) {
    const float factor = 300.0F / static_cast<float>(resolution);
    if (static_cast<double>(width) * height * factor * factor <= kPixelsMax) {
      Image larger(pixScale(grey.get(), factor, factor));
      if (larger) {
        grey = std::move(larger);
        resolution = 300;
      }
    }
  }
  // A little softness keeps Tesseract from losing whole lines of sharp renderings (measured: Amiri at 300 dpi
  // 11.5 % character errors without, 5.3 % with it; Noto Naskh 3.5 % both ways).
  Image soft(pixBlockconv(grey.get(), 1, 1));
  return soft ? std::move(soft) : std::move(grey);
}

// Whether an image has anything on it: letters of a page make for more than one dark pixel in 10,000.
bool is_blank(PIX* grey) {
  Image dark(pixThresholdToBinary(grey, 128));
  l_int32 count = 0;
  if (!dark || pixCountPixels(dark.get(), &count, nullptr) != 0) return false;
  const double all = static_cast<double>(pixGetWidth(grey)) * pixGetHeight(grey);
  return count < all / 20'000;
}

float mean_confidence(const std::vector<Line>& lines) {
  float sum = 0;
  for (const Line& line : lines) sum += line.confidence;
  return lines.empty() ? 0 : sum / static_cast<float>(lines.size());
}

// How much of what is dark on the page lies outside the lines, 0 to 1. Tesseract drops whole lines now and
// then.
double share_left_out(PIX* grey, const std::vector<Line>& lines, float scale) {
  const Image dark(pixThresholdToBinary(grey, 128));
  l_int32 all = 0, rest = 0;
  if (!dark || pixCountPixels(dark.get(), &all, nullptr) != 0 || all == 0) return 0;
  for (const Line& line : lines) {
    const auto at = [&](int value) { return static_cast<int>(static_cast<float>(value) / scale); };
    BOX* box = boxCreate(at(line.left), at(line.top), at(line.right - line.left) + 1,
                         at(line.bottom - line.top) + 1);
    if (box != nullptr) pixClearInRect(dark.get(), box);
    boxDestroy(&box);
  }
  pixCountPixels(dark.get(), &rest, nullptr);
  return static_cast<double>(rest) / all;
}

struct Reading {
  std::vector<Line> lines{};
  double left_out = 1;
  tesseract::PageSegMode mode = tesseract::PSM_AUTO;
};

//   scale  of the image to the page that is written about
Reading read_page(PIX* page, float scale, int resolution, tesseract::TessBaseAPI& arabic,
                  tesseract::TessBaseAPI* english) {
  Reading reading;
  Image scaled(scale == 1 ? pixClone(page) : pixScale(page, scale, scale));
  if (!scaled) return reading;
  const auto set = [&](tesseract::TessBaseAPI& engine) {
    engine.SetImage(scaled.get());
    engine.SetSourceResolution(resolution);
  };
  set(arabic);
  if (english != nullptr) set(*english);
  arabic.SetPageSegMode(tesseract::PSM_AUTO);
  reading.mode =
      is_one_column(arabic, pixGetWidth(scaled.get())) ? tesseract::PSM_SINGLE_BLOCK : tesseract::PSM_AUTO;
  // Set again: else the layout found above is kept, whatever the mode.
  set(arabic);
  arabic.SetPageSegMode(reading.mode);
  reading.lines = lines_of(arabic, english);
  reading.left_out = share_left_out(page, reading.lines, scale);
  return reading;
}

//   english  may be null: not installed
void write_page(PIX* image, int resolution, tesseract::TessBaseAPI& arabic, tesseract::TessBaseAPI* english) {
  constexpr double kLeftOutMax = 0.06;
  Reading best = read_page(image, 1, resolution, arabic, english);
  float scale = 1;
  for (const float other : {0.75F, 1.2F}) {
    if (best.left_out <= kLeftOutMax) break;
    Reading again = read_page(image, other, resolution, arabic, english);
    if (again.left_out < best.left_out * 0.8) {
      best = std::move(again);
      scale = other;
    }
  }
  std::vector<Line> lines = std::move(best.lines);
  for (Line& line : lines) {
    for (int* value : {&line.left, &line.top, &line.right, &line.bottom}) {
      *value = static_cast<int>(static_cast<float>(*value) / scale);
    }
  }
  if (english != nullptr) {
    english->SetImage(image);
    english->SetSourceResolution(resolution);
  }
  constexpr float kPageSure = 80, kEnglishSure = 60;
  if (english != nullptr && mean_confidence(lines) < kPageSure) {
    // The whole page may be in English. On Arabic letters the English model gives 30 or less.
    english->SetPageSegMode(best.mode);
    std::vector<Line> others = lines_of(*english, nullptr);
    if (mean_confidence(others) >= kEnglishSure && mean_confidence(others) > mean_confidence(lines) + 5) {
      lines = std::move(others);
    }
  }
  if (english != nullptr) {
    for (Line& line : lines) {
      if (line.confidence >= kSureEnough) continue;
      const Line again =
          read_part(*english, tesseract::PSM_SINGLE_LINE, line.left, line.top, line.right, line.bottom);
      if (again.confidence >= kSureEnough && again.confidence > line.confidence + kClearlySurer &&
          !again.text.empty()) {
        line.text = again.text;
        line.confidence = again.confidence;
      }
    }
  }
  for (const Line& line : lines) {
    std::printf("line %d %d %d %d %.1f ", line.left, line.top, line.right, line.bottom,
                static_cast<double>(line.confidence));
    mithaq::extractors::write_text(line.text);
    if (line.ends_paragraph) std::puts("gap");
  }
}

int run() {
  const std::string bytes = mithaq::extractors::read_input(kInputBytesMax);
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  l_int32 format = 0, width = 0, height = 0, bits = 0, samples = 0, colours = 0;
  setMsgSeverity(L_SEVERITY_NONE);
  if (pixReadHeaderMem(data, bytes.size(), &format, &width, &height, &bits, &samples, &colours) != 0 ||
      width <= 0 || height <= 0) {
    return fail("damaged", "the image's header cannot be read");
  }
  if (static_cast<double>(width) * height > kPixelsMax) {
    return fail("too_large", "the image has " + std::to_string(width) + " by " + std::to_string(height) +
                                 " pixels; 120 million in all are read");
  }
  auto arabic = engine_for("ara");
  if (!arabic) return fail("missing", "Tesseract's Arabic data is not installed (package tesseract-ocr-ara)");
  const auto english = engine_for("eng");

  std::printf("pages 1\n");
  std::size_t offset = 0;
  const bool tiff = L_FORMAT_IS_TIFF(format);
  for (int page = 1; page <= kPagesMax; ++page) {
    Image image(tiff ? pixReadMemFromMultipageTiff(data, bytes.size(), &offset)
                     : pixReadMem(data, bytes.size()));
    if (!image) {
      if (page == 1) return fail("damaged", "the image cannot be decoded; it may be cut off");
      std::printf("page %d 0 0 unreadable\n", page);
      break;
    }
    int resolution = 0;
    const double pixels = static_cast<double>(pixGetWidth(image.get())) * pixGetHeight(image.get());
    const Image grey = pixels > kPixelsMax ? Image() : prepared(std::move(image), resolution);
    if (!grey) {
      std::printf("page %d 0 0 unreadable\n", page);
    } else {
      std::printf("page %d %d %d text\n", page, pixGetWidth(grey.get()), pixGetHeight(grey.get()));
      std::fflush(stdout);
      if (!is_blank(grey.get())) write_page(grey.get(), resolution, *arabic, english.get());
    }
    std::fflush(stdout);
    if (!tiff || offset == 0) break;
  }
  std::puts("end");
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace

int main() {
  try {
    return run();
  } catch (const std::bad_alloc&) {
    return fail("too_large", "the image needs more memory than a file may take");
  } catch (const std::exception& error) {
    return fail("damaged", error.what());
  }
}
