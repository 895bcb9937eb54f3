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
constexpr float kClearlySurer = 5;

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

std::string trimmed(const char* text) {
  std::string out = text == nullptr ? "" : text;
  while (!out.empty() && static_cast<unsigned char>(out.back()) <= ' ') out.pop_back();
  const std::size_t begin = out.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : out.substr(begin);
}

std::vector<Line> lines_of(tesseract::TessBaseAPI& engine) {
  std::vector<Line> lines;
  if (engine.Recognize(nullptr) != 0) return lines;
  const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
  if (!at) return lines;
  do {
    if (at->Empty(tesseract::RIL_TEXTLINE)) continue;
    const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_TEXTLINE));
    Line line{};
    line.text = trimmed(text.get());
    if (line.text.empty()) continue;
    at->BoundingBox(tesseract::RIL_TEXTLINE, &line.left, &line.top, &line.right, &line.bottom);
    line.confidence = std::clamp(at->Confidence(tesseract::RIL_TEXTLINE), 0.0F, 100.0F);
    line.ends_paragraph = at->IsAtFinalElement(tesseract::RIL_PARA, tesseract::RIL_TEXTLINE);
    lines.push_back(std::move(line));
  } while (at->Next(tesseract::RIL_TEXTLINE));
  return lines;
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
  return grey;
}

// Whether an image has anything on it: letters of a page make for more than one dark pixel in 10,000.
bool is_blank(PIX* grey) {
  Image dark(pixThresholdToBinary(grey, 128));
  l_int32 count = 0;
  if (!dark || pixCountPixels(dark.get(), &count, nullptr) != 0) return false;
  const double all = static_cast<double>(pixGetWidth(grey)) * pixGetHeight(grey);
  return count < all / 20'000;
}

void write_page(PIX* image, int resolution, tesseract::TessBaseAPI& arabic,
                std::unique_ptr<tesseract::TessBaseAPI>& english, bool& has_english) {
  arabic.SetImage(image);
  arabic.SetSourceResolution(resolution);
  std::vector<Line> lines = lines_of(arabic);
  const bool unsure =
      std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.confidence < kSureEnough; });
  if ((unsure || lines.empty()) && has_english) {
    if (!english) {
      english = engine_for("eng");
      has_english = english != nullptr;
    }
    if (english) {
      english->SetImage(image);
      english->SetSourceResolution(resolution);
      double sure = 0;
      for (const Line& line : lines) sure += line.confidence;
      if (lines.empty() || sure / static_cast<double>(lines.size()) < kSureEnough - 10) {
        // The whole page may be in English: then its layout is better read so, too.
        english->SetPageSegMode(tesseract::PSM_AUTO);
        std::vector<Line> others = lines_of(*english);
        double others_sure = 0;
        for (const Line& line : others) others_sure += line.confidence;
        const auto mean = [](double sum, std::size_t count) {
          return count == 0 ? 0 : sum / static_cast<double>(count);
        };
        if (mean(others_sure, others.size()) > mean(sure, lines.size()) + kClearlySurer) {
          lines = std::move(others);
        }
      } else {
        english->SetPageSegMode(tesseract::PSM_SINGLE_LINE);
        for (Line& line : lines) {
          if (line.confidence >= kSureEnough) continue;
          const int margin = 4;
          english->SetRectangle(std::max(0, line.left - margin), std::max(0, line.top - margin),
                                line.right - line.left + 2 * margin, line.bottom - line.top + 2 * margin);
          const std::vector<Line> again = lines_of(*english);
          if (again.size() == 1 && again[0].confidence > line.confidence + kClearlySurer) {
            line.text = again[0].text;
            line.confidence = again[0].confidence;
          }
        }
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
  std::unique_ptr<tesseract::TessBaseAPI> english;
  bool has_english = true;

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
      if (!is_blank(grey.get())) write_page(grey.get(), resolution, *arabic, english, has_english);
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
