#include "papers/pdf.hpp"

#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::papers {

namespace {

// Points: 1/72 inch.
constexpr double kPageWidth = 595.276, kPageHeight = 841.89;  // A4
constexpr double kMarginSide = 62, kMarginTop = 74, kMarginBottom = 66, kHeadAt = 34;
constexpr double kTextSize = 10.5, kSmallSize = 9;
constexpr std::array<double, 4> kHeadingSizes{kTextSize, 12, 11, 10.5};
constexpr double kIndentStep = 26, kRoomAbove = 7, kCellPadding = 4, kLabelGap = 5;
constexpr std::size_t kPagesMax = 5'000;
constexpr std::size_t kSymbolBytesMax = 60;

constexpr const char* kFontFamily = "DejaVu Sans";

constexpr std::string_view kIsolateBegin = "\u2068", kIsolateEnd = "\u2069";
constexpr std::string_view kLeftMark = "\u200E", kRightMark = "\u200F";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using GObjectOwner = std::unique_ptr<T, Unref>;

bool is_mark(char32_t letter) {
  return (letter >= 0x0300 && letter <= 0x036F) || (letter >= 0x0610 && letter <= 0x061A) ||
         (letter >= 0x064B && letter <= 0x065F) || letter == 0x0670 || (letter >= 0x06D6 && letter <= 0x06ED);
}

// Signs that stand between numbers as well as words: , : - / and their like.
bool is_number_sign(char32_t letter) {
  static constexpr std::u32string_view kSigns = U"+-#$%,./:\u00A0\u060C\u066A\u066B\u066C\u2212\u20AC";
  return kSigns.find(letter) != std::u32string_view::npos;
}

// A glyph, or a few that stand for one text, ready to be shown.
struct Atom {
  std::vector<cairo_glyph_t> glyphs{};  // from left to right
  std::vector<cairo_glyph_t> shapes{};  // drawn beside them, without any text of their own
  std::string text{};
  cairo_scaled_font_t* font = nullptr;  // of the layout
  std::size_t place = 0;                // of its text in the line's words, for the order of showing
  bool is_blank = false;
};

class PdfWriter {
 public:
  explicit PdfWriter(const Paper& paper) : paper_(paper) {
    fonts_.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    if (!fonts_)
      throw Error(ErrorKind::unavailable, "Cairo was built without FreeType: no PDF can be written");
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts_.get()), 72);
    context_.reset(pango_font_map_create_context(fonts_.get()));
    // No hinting: a page has no pixels, and rounded advances would tear words apart.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    check_font();

    surface_ = cairo_pdf_surface_create_for_stream(&PdfWriter::take, &bytes_, kPageWidth, kPageHeight);
    cairo_pdf_surface_restrict_to_version(surface_, CAIRO_PDF_VERSION_1_5);
    const std::string day = format_instant(paper.made_at);
    // Cairo would else put its own clock's time there.
    set_metadata(CAIRO_PDF_METADATA_CREATE_DATE, day.substr(0, 19) + "Z");
    set_metadata(CAIRO_PDF_METADATA_TITLE,
                 clean(paper.symbol + (paper.symbol.empty() ? "" : " ") + paper.title));
    set_metadata(CAIRO_PDF_METADATA_AUTHOR, clean(paper.author));
    cairo_ = cairo_create(surface_);
  }
  ~PdfWriter() {
    if (cairo_) cairo_destroy(cairo_);
    if (surface_) cairo_surface_destroy(surface_);
  }
  PdfWriter(const PdfWriter&) = delete;
  PdfWriter& operator=(const PdfWriter&) = delete;

  std::string write() {
    for (const Section& section : paper_.sections) {
      section_ = &section;
      page_of_section_ = 0;
      new_page();
      for (std::size_t each = 0; each < section.blocks.size(); ++each) {
        if (const auto* line = std::get_if<Line>(&section.blocks[each])) {
          add_line(*line, each + 1 < section.blocks.size() ? &section.blocks[each + 1] : nullptr);
        } else if (const auto* table = std::get_if<Table>(&section.blocks[each])) {
          add_table(*table);
        } else {
          new_page();
        }
      }
    }
    if (page_count_ == 0) new_page();
    cairo_show_page(cairo_);
    cairo_destroy(cairo_);
    cairo_ = nullptr;
    cairo_surface_finish(surface_);
    const cairo_status_t status = cairo_surface_status(surface_);
    if (status != CAIRO_STATUS_SUCCESS)
      throw Error(ErrorKind::unavailable,
                  std::string("no PDF was written: ") + cairo_status_to_string(status));
    return std::move(bytes_);
  }

 private:
  using Layout = GObjectOwner<PangoLayout>;

  static cairo_status_t take(void* bytes, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  }

  void set_metadata(cairo_pdf_metadata_t what, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface_, what, value.c_str());
  }

  // A page of empty boxes would say that a decision was printed where none can be read.
  void check_font() {
    Layout layout = layout_of(plain("Aаش"), {.size = kTextSize});
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
      throw Error(
          ErrorKind::unavailable,
          "this machine has no font with Latin, Cyrillic and Arabic letters: install fonts-dejavu-core");
  }

  struct Dress {
    double size = kTextSize;
    bool bold = false;
    bool right_to_left = false;
    double width = -1;  // to which lines are broken; negative: no limit
    Align align = Align::start;
  };

  Layout layout_of(const Text& text, const Dress& dress) {
    pango_context_set_base_dir(context_.get(),
                               dress.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    Layout layout(pango_layout_new(context_.get()));
    pango_layout_set_auto_dir(layout.get(), FALSE);
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, kFontFamily);
    pango_font_description_set_size(font, static_cast<int>(dress.size * PANGO_SCALE));
    if (dress.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);

    std::string whole;
    PangoAttrList* attributes = pango_attr_list_new();
    for (const Run& run : text) {
      const std::size_t begin = whole.size();
      if (run.isolated) whole += kIsolateBegin;
      whole += clean(run.text);
      if (run.isolated) whole += kIsolateEnd;
      const auto dressed = [&](PangoAttribute* attribute) {
        attribute->start_index = static_cast<guint>(begin);
        attribute->end_index = static_cast<guint>(whole.size());
        pango_attr_list_insert(attributes, attribute);
      };
      // A symbol is not parted at its strokes.
      if (run.isolated && run.text.size() <= kSymbolBytesMax) dressed(pango_attr_allow_breaks_new(FALSE));
      if (run.bold) dressed(pango_attr_weight_new(PANGO_WEIGHT_BOLD));
      if (run.italic) dressed(pango_attr_style_new(PANGO_STYLE_ITALIC));
    }
    pango_layout_set_text(layout.get(), whole.c_str(), static_cast<int>(whole.size()));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    if (dress.width >= 0) pango_layout_set_width(layout.get(), static_cast<int>(dress.width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout.get(), static_cast<int>(0.18 * dress.size * PANGO_SCALE));
    const bool at_right = (dress.align == Align::end) != dress.right_to_left;
    pango_layout_set_alignment(layout.get(), dress.align == Align::center ? PANGO_ALIGN_CENTER
                                             : at_right                   ? PANGO_ALIGN_RIGHT
                                                                          : PANGO_ALIGN_LEFT);
    return layout;
  }

  static double height_of(const Layout& layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    return static_cast<double>(box.height) / PANGO_SCALE;
  }
  static double first_line_height_of(const Layout& layout) {
    PangoRectangle box;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), 0), nullptr, &box);
    return static_cast<double>(box.height) / PANGO_SCALE;
  }
  static double width_of(const Layout& layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    return static_cast<double>(box.width) / PANGO_SCALE;
  }

  double bottom() const { return kPageHeight - kMarginBottom; }
  bool is_page_empty() const { return y_ <= kMarginTop; }

  void new_page() {
    if (page_count_ > 0) cairo_show_page(cairo_);
    if (++page_count_ > kPagesMax)
      throw Error(ErrorKind::invalid_input, "the paper has more than 5000 pages");
    ++page_of_section_;
    y_ = kMarginTop;
    if (page_of_section_ == 1) return;
    const bool mirrored = is_right_to_left(paper_.language);
    const double width = kPageWidth - 2 * kMarginSide;
    draw(layout_of(symbol("– " + std::to_string(page_of_section_) + " –"),
                   {.size = kSmallSize, .right_to_left = mirrored, .width = width, .align = Align::center}),
         kMarginSide, kHeadAt);
    double at = kHeadAt;
    for (const std::string& line : section_->running) {
      const Layout head =
          layout_of(with_symbols(line),
                    {.size = kSmallSize, .right_to_left = mirrored, .width = width, .align = Align::end});
      draw(head, kMarginSide, at);
      at += height_of(head);
    }
  }

  void add_line(const Line& line, const Block* next) {
    const bool mirrored = is_right_to_left(line.language.empty() ? paper_.language : line.language);
    const bool paper_mirrored = is_right_to_left(paper_.language);
    const double size = kHeadingSizes[static_cast<std::size_t>(std::clamp(line.heading, 0, 3))];
    const double indent = kIndentStep * std::clamp(line.indent, 0, 6);
    Dress dress{.size = size, .bold = line.heading > 0, .right_to_left = mirrored, .align = line.align};

    double label_room = 0;
    Layout label;
    if (!line.label.empty()) {
      label = layout_of(symbol(line.label), dress);
      label_room = std::max(kIndentStep, width_of(label) + kLabelGap);
    }
    double opposite_room = 0;
    Layout opposite;
    if (!line.opposite.empty()) {
      Dress other = dress;
      other.bold = false;
      opposite = layout_of(line.opposite, other);
      opposite_room = std::min(width_of(opposite), (kPageWidth - 2 * kMarginSide) / 2) + 12;
    }
    // A line of another language stands within the same margins; its own direction aligns it.
    const double text_width =
        std::max(60.0, kPageWidth - 2 * kMarginSide - indent - label_room - opposite_room);
    dress.width = text_width;
    const Layout text = layout_of(line.text, dress);

    if (!is_page_empty()) y_ += line.close ? 1 : kRoomAbove + (line.heading > 0 ? 4 : 0);
    double needed = first_line_height_of(text);
    if (line.heading > 0 || line.keeps_next) {
      needed = height_of(text);
      if (const auto* after = next ? std::get_if<Line>(next) : nullptr)
        needed += kRoomAbove + 2 * kHeadingSizes[static_cast<std::size_t>(std::clamp(after->heading, 0, 3))];
    }
    if (!is_page_empty() && y_ + needed > bottom()) new_page();

    const double left = paper_mirrored ? kMarginSide + opposite_room : kMarginSide + indent + label_room;
    if (label)
      // Beside the text, not at the margin: a wide gap would be taken for that between two columns.
      draw(label,
           paper_mirrored ? kPageWidth - kMarginSide - indent - label_room + kLabelGap
                          : kMarginSide + indent + label_room - kLabelGap - width_of(label),
           y_);
    if (opposite) {
      draw(opposite, paper_mirrored ? kMarginSide : kPageWidth - kMarginSide - width_of(opposite), y_);
    }
    draw_over_pages(text, left);
  }

  // Draws a paragraph from y_ on, and goes to the next page where this one is full.
  void draw_over_pages(const Layout& layout, double left) {
    PangoLayoutIter* lines = pango_layout_get_iter(layout.get());
    double shift = y_;  // the paragraph's top on this page
    double end = y_;
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(lines, nullptr, &box);
      const double top = static_cast<double>(box.y) / PANGO_SCALE;
      const double height = static_cast<double>(box.height) / PANGO_SCALE;
      if (shift + top + height > bottom() && !is_page_empty()) {
        new_page();
        shift = y_ - top;
      }
      draw_line(layout, lines, left, shift);
      end = shift + top + height;
      y_ = end;
    } while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
    y_ = end;
  }

  void draw(const Layout& layout, double left, double top) {
    PangoLayoutIter* lines = pango_layout_get_iter(layout.get());
    do draw_line(layout, lines, left, top);
    while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
  }

  void draw_line(const Layout& layout, PangoLayoutIter* lines, double left, double top) {
    const PangoLayoutLine* line = pango_layout_iter_get_line_readonly(lines);
    PangoRectangle box;
    pango_layout_iter_get_line_extents(lines, nullptr, &box);
    const double baseline = top + static_cast<double>(pango_layout_iter_get_baseline(lines)) / PANGO_SCALE;
    const bool mirrored =
        pango_layout_line_get_resolved_direction(const_cast<PangoLayoutLine*>(line)) == PANGO_DIRECTION_RTL;
    show(atoms_of(layout, line, mirrored, left + static_cast<double>(box.x) / PANGO_SCALE, baseline),
         mirrored);
  }

  // The glyphs of a line from left to right, each with the letters it stands for.
  std::vector<Atom> atoms_of(const Layout& layout, const PangoLayoutLine* line, bool mirrored, double x,
                             double baseline) {
    const std::string_view words = pango_layout_get_text(layout.get());
    std::vector<Atom> atoms;
    const int base_parity = mirrored ? 1 : 0;
    std::size_t foreign_begin = 0;  // of the run of the other direction that is being put together
    bool in_foreign = false;
    // Marks off a run of the other direction at both of its ends: programs that put a page's letters in order
    // turn round what stands between two strong letters, and would take blanks and brackets along.
    const auto mark_off = [&] {
      if (in_foreign && foreign_begin < atoms.size()) {
        atoms[foreign_begin].text.insert(0, kRightMark);
        atoms.back().text += kLeftMark;
      }
      in_foreign = false;
    };
    for (const GSList* each = line->runs; each; each = each->next) {
      const auto* run = static_cast<const PangoGlyphItem*>(each->data);
      const bool backward = (run->item->analysis.level & 1) != 0;
      const bool foreign = (run->item->analysis.level & 1) != base_parity;
      auto* font = PANGO_CAIRO_FONT(run->item->analysis.font);
      if (!foreign) mark_off();
      if (foreign && !in_foreign) foreign_begin = atoms.size();
      in_foreign = in_foreign || foreign;
      add_run(atoms, words, run, pango_cairo_font_get_scaled_font(font),
              empty_glyph_of(run->item->analysis.font), backward, x, baseline);
    }
    mark_off();
    return atoms;
  }

  static Atom empty_atom(unsigned long glyph, double x, double baseline, std::string text,
                         cairo_scaled_font_t* font, std::size_t place) {
    return {.glyphs = {{.index = glyph, .x = x, .y = baseline}},
            .text = std::move(text),
            .font = font,
            .place = place};
  }

  // A glyph that shows nothing: a thin blank, for poppler takes two letters at one place for one that was
  // struck twice.
  static unsigned long empty_glyph_of(PangoFont* font) {
    hb_font_t* shapes = pango_font_get_hb_font(font);
    for (const hb_codepoint_t letter : {0x200Au, 0x2006u, 0x200Bu, 0x200Cu, 0x0020u}) {
      hb_codepoint_t glyph = 0;
      if (hb_font_get_nominal_glyph(shapes, letter, &glyph) && glyph != 0) return glyph;
    }
    return 0;
  }

  static void add_run(std::vector<Atom>& atoms, std::string_view words, const PangoGlyphItem* run,
                      cairo_scaled_font_t* font, unsigned long empty, bool backward, double& x,
                      double baseline) {
    const PangoGlyphString* glyphs = run->glyphs;
    const auto begin = static_cast<std::size_t>(run->item->offset);
    const std::size_t end = begin + static_cast<std::size_t>(run->item->length);
    int at = 0;
    while (at < glyphs->num_glyphs) {
      // One cluster: glyphs that stand for the same letters.
      const int cluster = glyphs->log_clusters[at];
      int after = at;
      while (after < glyphs->num_glyphs && glyphs->log_clusters[after] == cluster) ++after;
      const std::size_t letters_begin = begin + static_cast<std::size_t>(cluster);
      std::size_t letters_end = end;
      if (backward && at > 0) letters_end = begin + static_cast<std::size_t>(glyphs->log_clusters[at - 1]);
      if (!backward && after < glyphs->num_glyphs)
        letters_end = begin + static_cast<std::size_t>(glyphs->log_clusters[after]);

      std::vector<cairo_glyph_t> shown;
      const double cluster_x = x;
      for (int each = at; each < after; ++each) {
        const PangoGlyphInfo& glyph = glyphs->glyphs[each];
        if (glyph.glyph != PANGO_GLYPH_EMPTY) {
          // A letter that no font has is shown as the font's empty box and keeps its text.
          const unsigned long index = (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 ? 0 : glyph.glyph;
          shown.push_back({.index = index,
                           .x = x + static_cast<double>(glyph.geometry.x_offset) / PANGO_SCALE,
                           .y = baseline + static_cast<double>(glyph.geometry.y_offset) / PANGO_SCALE});
        }
        x += static_cast<double>(glyph.geometry.width) / PANGO_SCALE;
      }
      if (!shown.empty() && letters_begin < letters_end)
        add_cluster(atoms, words.substr(letters_begin, letters_end - letters_begin), letters_begin, shown,
                    font, empty, backward, cluster_x, baseline);
      at = after;
    }
  }

  static void add_cluster(std::vector<Atom>& atoms, std::string_view text, std::size_t place,
                          const std::vector<cairo_glyph_t>& shown, cairo_scaled_font_t* font,
                          unsigned long empty, bool backward, double cluster_x, double baseline) {
    std::u32string letters = to_utf32(text);
    cairo_matrix_t size;
    cairo_scaled_font_get_font_matrix(font, &size);
    // Further from the letter at its right than poppler lets two letters that are one be, nearer to the one
    // at its left than it lets two words be: both bounds are a tenth of the size.
    const auto empty_x = [&](std::size_t nth) {
      return cluster_x - 0.095 * size.xx * static_cast<double>(nth);
    };
    const double shift = 0.01 * size.xx;
    const bool is_blank = letters == U" " || letters == U"\u00A0";
    const auto mark_atom = [&](std::string letter, std::size_t nth, std::vector<cairo_glyph_t> shapes) {
      Atom atom = empty_atom(empty, empty_x(nth), baseline, std::move(letter), font, place);
      atom.shapes = std::move(shapes);
      return atom;
    };
    // A vowel sign stands above its letter and would be taken for another line's: it is drawn as a shape, and
    // an empty glyph on the line has its text.
    if (letters.size() == 1 && is_mark(letters[0])) {
      atoms.push_back(mark_atom(std::string(text), 1, shown));
      return;
    }
    if (letters.size() == 1 || !backward) {
      // Programs that order a page's letters hold a comma or a colon for the beginning of a number and would
      // take the blank behind it along; the mark at its left keeps it with the words.
      const std::string_view mark = backward && is_number_sign(letters.front()) ? kRightMark : "";
      atoms.push_back({.glyphs = shown,
                       .text = std::string(mark) + std::string(text),
                       .font = font,
                       .place = place,
                       .is_blank = is_blank});
      return;
    }
    // Several letters from right to left. Programs that take text out of a page read glyphs from left to
    // right and turn whole runs round, so each letter must have a glyph and a place of its own: the first
    // letter has the last glyph. The second letter of lam-alef has none, and gets an empty one at the
    // ligature's left end.
    const std::size_t paired = std::min(letters.size(), shown.size());
    std::vector<Atom> turned;  // in the order of letters
    for (std::size_t each = 0; each < letters.size(); ++each) {
      std::string letter;
      append_utf8(letter, letters[each]);
      if (each < paired && is_mark(letters[each])) {
        turned.push_back(
            mark_atom(std::move(letter), std::max<std::size_t>(1, each), {shown[shown.size() - 1 - each]}));
      } else if (each < paired) {
        std::vector<cairo_glyph_t> own{shown[shown.size() - 1 - each]};
        if (each + 1 == paired && shown.size() > paired)
          own.assign(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(each));
        turned.push_back({.glyphs = std::move(own), .text = std::move(letter), .font = font, .place = place});
      } else {
        turned.push_back(empty_atom(empty, empty_x(each), baseline, std::move(letter), font, place));
        for (cairo_glyph_t& glyph : turned.front().glyphs) glyph.x = std::max(glyph.x, cluster_x + shift);
      }
    }
    atoms.insert(atoms.end(), std::make_move_iterator(turned.rbegin()),
                 std::make_move_iterator(turned.rend()));
  }

  // Shows words in the order in which they are read, the glyphs of each from left to right.
  void show(std::vector<Atom> atoms, bool mirrored) {
    std::vector<std::vector<Atom>> words(1);
    for (Atom& atom : atoms) {
      const bool ends_word = atom.is_blank || (!words.back().empty() && words.back().back().is_blank) ||
                             (!words.back().empty() && words.back().back().font != atom.font);
      if (ends_word && !words.back().empty()) words.emplace_back();
      words.back().push_back(std::move(atom));
    }
    if (mirrored) std::reverse(words.begin(), words.end());
    for (const std::vector<Atom>& word : words) {
      if (word.empty()) continue;
      std::string text;
      std::vector<cairo_glyph_t> glyphs;
      std::vector<cairo_text_cluster_t> clusters;
      cairo_set_scaled_font(cairo_, word.front().font);
      for (const Atom& atom : word) {
        if (!atom.shapes.empty()) {
          cairo_glyph_path(cairo_, atom.shapes.data(), static_cast<int>(atom.shapes.size()));
          cairo_fill(cairo_);
        }
        text += atom.text;
        glyphs.insert(glyphs.end(), atom.glyphs.begin(), atom.glyphs.end());
        clusters.push_back({.num_bytes = static_cast<int>(atom.text.size()),
                            .num_glyphs = static_cast<int>(atom.glyphs.size())});
      }
      cairo_show_text_glyphs(cairo_, text.c_str(), static_cast<int>(text.size()), glyphs.data(),
                             static_cast<int>(glyphs.size()), clusters.data(),
                             static_cast<int>(clusters.size()), cairo_text_cluster_flags_t{});
    }
  }

  void add_table(const Table& table) {
    std::size_t columns = table.header.size();
    for (const auto& row : table.rows) columns = std::max(columns, row.size());
    if (columns == 0) return;
    const double indent = kIndentStep * std::clamp(table.indent, 0, 6);
    const double whole = kPageWidth - 2 * kMarginSide - indent;
    std::vector<double> widths = table.widths;
    widths.resize(columns, widths.empty() ? 1 : widths.back());
    double sum = 0;
    for (const double width : widths) sum += std::max(0.01, width);
    for (double& width : widths) width = std::max(0.01, width) / sum * whole;

    if (!is_page_empty()) y_ += kRoomAbove;
    if (!table.header.empty()) add_row(table.header, widths, indent, true, nullptr);
    for (const auto& row : table.rows)
      add_row(row, widths, indent, false, table.header.empty() ? nullptr : &table.header);
    y_ += kRoomAbove;
  }

  void add_row(const std::vector<Text>& cells, const std::vector<double>& widths, double indent, bool bold,
               const std::vector<Text>* header) {
    const bool mirrored = is_right_to_left(paper_.language);
    std::vector<Layout> set;
    double height = 0;
    for (std::size_t each = 0; each < widths.size(); ++each) {
      set.push_back(layout_of(each < cells.size() ? cells[each] : Text{},
                              {.size = kSmallSize,
                               .bold = bold,
                               .right_to_left = mirrored,
                               .width = std::max(10.0, widths[each] - 2 * kCellPadding)}));
      height = std::max(height, height_of(set.back()));
    }
    height += 2 * kCellPadding;
    if (y_ + height > bottom() && !is_page_empty()) {
      new_page();
      if (header) add_row(*header, widths, indent, true, nullptr);
    }
    double x = mirrored ? kPageWidth - kMarginSide - indent : kMarginSide + indent;
    for (std::size_t each = 0; each < widths.size(); ++each) {
      const double left = mirrored ? x - widths[each] : x;
      cairo_set_line_width(cairo_, 0.5);
      cairo_rectangle(cairo_, left, y_, widths[each], std::min(height, bottom() - y_));
      cairo_stroke(cairo_);
      draw(set[each], left + kCellPadding, y_ + kCellPadding);
      x = mirrored ? left : x + widths[each];
    }
    y_ += height;
  }

  const Paper& paper_;
  const Section* section_ = nullptr;
  GObjectOwner<PangoFontMap> fonts_;
  GObjectOwner<PangoContext> context_;
  std::string bytes_{};
  cairo_surface_t* surface_ = nullptr;
  cairo_t* cairo_ = nullptr;
  double y_ = kMarginTop;
  std::size_t page_count_ = 0;
  std::size_t page_of_section_ = 0;
};

}  // namespace

std::string to_pdf(const Paper& paper) {
  return PdfWriter(paper).write();
}

}  // namespace mithaq::papers
