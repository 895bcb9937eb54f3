// mithaq-pdf: the words of a PDF with their places, or one of its pages as an image.
//
// The only program of Mithaq that links poppler, which is under the GPL (see README.md here). What it writes
// is described there, too.
//
//   mithaq-pdf words < file.pdf
//   mithaq-pdf image PAGE DPI < file.pdf     PAGE from 1
#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>

#include "base/utf8.hpp"
#include "extractors/protocol.hpp"

namespace {

using mithaq::extractors::fail;

constexpr std::size_t kInputBytesMax = 1u << 30;
constexpr int kPagesMax = 20'000;
constexpr double kPixelsMax = 60e6;  // A3 at 400 dpi

bool is_alef(char32_t letter) {
  return letter == 0x627 || letter == 0x623 || letter == 0x625 || letter == 0x622 || letter == 0x671;
}
// Letters that stand in one glyph with a lam before them in some font.
bool follows_lam_in_ligature(char32_t letter) {
  return is_alef(letter) || letter == 0x649 || letter == 0x64A || letter == 0x6CC || letter == 0x645 ||
         letter == 0x62C || letter == 0x62D || letter == 0x62E || letter == 0x647;
}

// Puts ligatures into the order in which everything else stands, from left to right.
//
// poppler gives the letters of a word from left to right, but those of one ligature glyph (lam-alef) in
// reading order, and splits the glyph's box among them: letters of EQUAL width, touching. A ligature so found
// is turned round; else السلام would read السالم, which is a word, too.
//
// Two things blur this. Programs that place each glyph by itself (LibreOffice) move the border of the second
// half; that a page is of this kind is seen by the pairs of lam and alef with hamza, which hardly ever stand
// side by side without being one glyph. And in some fonts a lam and an alef that are two glyphs have one
// width (the medial lam of DejaVu); that is seen by the other lams of the page: half a ligature is as wide as
// none.
class Ligatures {
 public:
  // Looks at the words of a page before any is turned.
  void learn(const poppler::text_box& box, const std::u32string& letters) {
    Font& font = fonts_[name_of(box)];
    for (std::size_t at = 0; at < letters.size(); ++at) {
      if (is_alef(letters[at]) && (at == 0 || letters[at - 1] != 0x644) && at + 1 < letters.size())
        ++font.alefs[steps_of(box, at)];
      if (letters[at] != 0x644) continue;
      if (at + 1 == letters.size() || !follows_lam_in_ligature(letters[at + 1])) {
        // The last letter's border is its own; another one's is where the next begins.
        if (at + 1 < letters.size()) ++font.lams[steps_of(box, at)];
        continue;
      }
      const double difference = difference_of(box, at);
      if (difference <= kMoved) ++font.halves[steps_of(box, at)];
      if (!is_alef(letters[at + 1]) || letters[at + 1] == 0x627) continue;
      font.exact += difference <= kExact;
      font.moved += difference > kExact && difference <= kMoved;
    }
  }

  void turn(const poppler::text_box& box, std::u32string& letters) const {
    // In a font where all letters have one width nothing can be told, and nothing is changed.
    if (letters.size() < 2 || is_monospaced(box, letters)) return;
    const auto found = fonts_.find(name_of(box));
    if (found == fonts_.end()) return;
    const Font& font = found->second;
    const double tolerance = font.moved > 0 && font.moved * 3 >= font.exact ? kMoved : kExact;
    for (std::size_t at = 0; at + 1 < letters.size(); ++at) {
      if (letters[at] != 0x644 || !follows_lam_in_ligature(letters[at + 1])) continue;
      // Nothing follows an alef maksura, so one before a lam can only be its ligature's second half.
      const bool certain = letters[at + 1] == 0x649 && difference_of(box, at) <= kMoved;
      if (!certain && difference_of(box, at) > (is_alef(letters[at + 1]) ? tolerance : kExact)) continue;
      if (!certain && are_two_glyphs(font, steps_of(box, at))) continue;
      std::swap(letters[at], letters[at + 1]);
      ++at;
    }
  }

 private:
  static constexpr double kExact = 1e-3, kMoved = 0.025;  // of a letter's width
  static constexpr double kSteps = 2000;                  // of the font's size, in which widths are compared

  struct Font {
    std::map<long, int> lams{}, alefs{};  // widths of those that are no part of a ligature
    std::map<long, int> halves{};         // of those that look like one
    int exact = 0, moved = 0;             // halves of a lam with a hamza on its alef
  };

  static std::string name_of(const poppler::text_box& box) {
    return box.has_font_info() ? box.get_font_name() : std::string();
  }
  static bool is_monospaced(const poppler::text_box& box, const std::u32string& letters) {
    if (letters.size() < 4) return false;
    const double width = box.char_bbox(0).width();
    for (std::size_t at = 1; at < letters.size(); ++at)
      if (std::fabs(width - box.char_bbox(at).width()) > kExact * std::max(1.0, width)) return false;
    return true;
  }
  // How much the widths of two letters differ, as a part of them; a lot if they do not touch.
  static double difference_of(const poppler::text_box& box, std::size_t at) {
    const poppler::rectf first = box.char_bbox(at), second = box.char_bbox(at + 1);
    const double width = std::max(1.0, first.width());
    if (first.width() <= 0 || std::fabs(first.right() - second.left()) > 0.01 * width) return 1;
    return std::fabs(first.width() - second.width()) / width;
  }
  static long steps_of(const poppler::text_box& box, std::size_t at) {
    const double size = box.has_font_info() ? box.get_font_size() : box.bbox().height();
    return size > 0 ? std::lround(box.char_bbox(at).width() / size * kSteps) : 0;
  }
  static int count(const std::map<long, int>& widths, long steps) {
    int seen = 0;
    for (long each = steps - 1; each <= steps + 1; ++each) {
      if (const auto width = widths.find(each); width != widths.end()) seen += width->second;
    }
    return seen;
  }
  // Are lams and alefs that are no ligature usually as wide, more often than pairs are?
  static bool are_two_glyphs(const Font& font, long steps) {
    const int least = std::max(3, count(font.halves, steps));
    return count(font.lams, steps) >= least && count(font.alefs, steps) >= least;
  }

  std::map<std::string, Font> fonts_{};
};

bool is_arabic_letter(char32_t letter) {
  return (letter >= 0x620 && letter < 0x64B) || (letter >= 0xFB50 && letter < 0xFDFE) ||
         (letter >= 0xFE70 && letter < 0xFEFD);
}

// Letters and signs that no Arabic word holds.
bool is_foreign(char32_t letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 0xC0 && letter < 0x250) ||
         (letter < 0x80 && std::strchr("'#$&*+<=>@^`|~", static_cast<int>(letter)));
}

// Takes out the strokes by which a program stretched a word to justify its line: a glyph that means nothing
// and that poppler shows as an exclamation mark inside the word.
void drop_strokes(std::u32string& letters) {
  std::u32string out;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    if (letters[at] == U'!' && !out.empty() && is_arabic_letter(out.back())) {
      std::size_t behind = at;
      while (behind < letters.size() && letters[behind] == U'!') ++behind;
      if (behind < letters.size() && is_arabic_letter(letters[behind])) {
        at = behind - 1;
        continue;
      }
    }
    out += letters[at];
  }
  letters = std::move(out);
}

// Whether most letters of a page mean nothing: fonts without a map to Unicode. Its image says more.
bool is_garbage(char32_t letter) {
  return letter == 0xFFFD || letter < 0x20 || (letter >= 0xE000 && letter < 0xF900);
}

// poppler keeps a copy of the bytes.
std::unique_ptr<poppler::document> load(const std::string& bytes) {
  poppler::byte_array array(bytes.begin(), bytes.end());
  return std::unique_ptr<poppler::document>(poppler::document::load_from_data(&array));
}

std::u32string letters_of(const poppler::text_box& box) {
  const poppler::ustring text = box.text();
  std::u32string letters;
  letters.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char32_t letter = text[at];
    // ustring holds UTF-16.
    if (letter >= 0xD800 && letter < 0xDC00 && at + 1 < text.size() && text[at + 1] >= 0xDC00 &&
        text[at + 1] < 0xE000) {
      letter = 0x10000 + ((letter - 0xD800) << 10) + (text[at + 1] - 0xDC00);
      ++at;
    }
    letters += letter;
  }
  return letters;
}

// poppler numbers the boxes of letters by UTF-16, so only where all are below U+10000, as Arabic's are, has
// each letter the box of its number.
bool has_a_box_each(const std::u32string& letters) {
  return std::none_of(letters.begin(), letters.end(), [](char32_t letter) { return letter >= 0x10000; });
}

void write_page(poppler::document& document, int number) {
  const std::unique_ptr<poppler::page> page(document.create_page(number));
  if (!page) {
    std::printf("page %d 0 0 unreadable\n", number + 1);
    return;
  }
  const poppler::rectf area = page->page_rect();
  const auto boxes = page->text_list(poppler::page::text_list_include_font);
  std::size_t letters_all = 0, garbage = 0, arabic = 0, lams = 0, words = 0, mixed = 0;
  Ligatures ligatures;
  std::vector<std::u32string> texts;  // of the boxes
  for (const poppler::text_box& box : boxes) {
    const std::u32string& letters = texts.emplace_back(letters_of(box));
    letters_all += letters.size();
    for (const char32_t letter : letters) {
      garbage += is_garbage(letter);
      arabic += is_arabic_letter(letter);
      lams += letter == 0x644 || (letter >= 0xFEDD && letter <= 0xFEE0) || letter >= 0xFEF5;
    }
    if (has_a_box_each(letters)) ligatures.learn(box, letters);
    const bool has_arabic = std::any_of(letters.begin(), letters.end(), is_arabic_letter);
    words += has_arabic;
    mixed += has_arabic && std::any_of(letters.begin(), letters.end(), is_foreign);
  }
  std::string out;
  for (std::size_t each = 0; each < boxes.size(); ++each) {
    const poppler::text_box& box = boxes[each];
    std::u32string& letters = texts[each];
    if (has_a_box_each(letters)) ligatures.turn(box, letters);
    drop_strokes(letters);
    const poppler::rectf place = box.bbox();
    char head[160];
    std::snprintf(head, sizeof head, "word %.2f %.2f %.2f %.2f %.2f ", place.left(), place.top(),
                  place.right(), place.bottom(), box.has_font_info() ? box.get_font_size() : place.height());
    out += head;
    std::string word;
    for (const char32_t letter : letters) mithaq::append_utf8(word, letter < 0x20 ? U' ' : letter);
    out += word;
    out += '\n';
  }
  // Fonts that map some glyphs only: one Arabic letter in ten is a lam, and no word mixes both scripts.
  const bool lost_letters = (arabic >= 200 && lams * 100 < arabic) || (words >= 20 && mixed * 5 > words);
  const bool scan = letters_all < 8 || garbage * 3 > letters_all || lost_letters;
  std::printf("page %d %.2f %.2f %s\n", number + 1, area.width(), area.height(), scan ? "scan" : "text");
  if (!scan) std::fwrite(out.data(), 1, out.size(), stdout);
  std::fflush(stdout);
}

int write_image(poppler::document& document, int number, double dpi) {
  if (number < 1 || number > document.pages()) return fail("damaged", "there is no such page");
  const std::unique_ptr<poppler::page> page(document.create_page(number - 1));
  if (!page) return fail("damaged", "the page cannot be read");
  const poppler::rectf area = page->page_rect();
  const double pixels = area.width() / 72 * dpi * (area.height() / 72 * dpi);
  if (!(pixels > 0)) return fail("damaged", "the page has no size");
  if (pixels > kPixelsMax) dpi *= std::sqrt(kPixelsMax / pixels);
  if (dpi < 50) return fail("too_large", "the page is too large to be read as an image");
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  const poppler::image image = renderer.render_page(page.get(), dpi, dpi);
  if (!image.is_valid()) return fail("damaged", "the page cannot be drawn");
  std::printf("P5\n# dpi %.0f\n%d %d\n255\n", dpi, image.width(), image.height());
  for (int row = 0; row < image.height(); ++row) {
    std::fwrite(image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row(), 1,
                static_cast<std::size_t>(image.width()), stdout);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int run(int count, char** words) {
  const bool image = count == 4 && std::strcmp(words[1], "image") == 0;
  if (!image && !(count == 2 && std::strcmp(words[1], "words") == 0)) {
    std::fputs("usage: mithaq-pdf words|image PAGE DPI < file.pdf\n", stderr);
    return 2;
  }
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  std::string bytes = mithaq::extractors::read_input(kInputBytesMax);
  // The last lines of a whole PDF say where its table of contents is. poppler would put together what it
  // finds of a cut one, and nobody would see that pages are missing.
  const std::string_view tail =
      std::string_view(bytes).substr(bytes.size() - std::min<std::size_t>(bytes.size(), 4096));
  const bool whole =
      tail.find("startxref") != std::string_view::npos || tail.find("%%EOF") != std::string_view::npos;
  const auto document = load(bytes);
  std::string().swap(bytes);
  if (!document) return fail("damaged", whole ? "it cannot be opened" : "its end is missing");
  if (document->is_locked()) return fail("encrypted", "it is protected by a password");
  if (!whole) return fail("damaged", "its end is missing");
  if (document->pages() <= 0) return fail("damaged", "it has no pages");
  if (image) return write_image(*document, std::atoi(words[2]), std::atof(words[3]));
  if (document->pages() > kPagesMax) return fail("too_large", "it has more than 20,000 pages");
  std::printf("pages %d\n", document->pages());
  for (int number = 0; number < document->pages(); ++number) write_page(*document, number);
  std::puts("end");
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(count, words);
  } catch (const std::bad_alloc&) {
    return fail("too_large", "it needs more memory than a file may take");
  } catch (const std::exception& error) {
    return fail("damaged", error.what());
  }
}
