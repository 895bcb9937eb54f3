#include "papers/docx.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "base/error.hpp"

namespace mithaq::papers {

namespace {

constexpr const char* kWordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kRelationNamespace =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// Twentieths of a point.
constexpr int kPageWidth = 11906, kPageHeight = 16838;  // A4
constexpr int kMarginSide = 1240, kMarginTop = 1480, kMarginBottom = 1320, kMarginHead = 680;
constexpr int kTextWidth = kPageWidth - 2 * kMarginSide;
constexpr int kIndentStep = 520, kRoomAbove = 140;

// Day and time of every part of the archive: the earliest that ZIP can say, so that the same paper gives the
// same bytes.
constexpr zip_uint16_t kDosTime = 0, kDosDate = (1 << 5) | 1;

constexpr std::string_view kRightMark = "\u200F";

std::string bcp47_of(std::string_view language) {
  if (language == "ar") return "ar-SA";
  if (language == "ru") return "ru-RU";
  return language == "en" ? "en-GB" : std::string(language);
}

std::string text_of(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + out.str();
}

pugi::xml_node child(pugi::xml_node parent, const char* name) {
  return parent.append_child(name);
}
pugi::xml_node valued(pugi::xml_node parent, const char* name, const std::string& value) {
  pugi::xml_node node = parent.append_child(name);
  node.append_attribute("w:val") = value.c_str();
  return node;
}
void put(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = value.c_str();
}

class DocxWriter {
 public:
  explicit DocxWriter(const Paper& paper) : paper_(paper), mirrored_(is_right_to_left(paper.language)) {}

  std::string write() {
    pugi::xml_node document = child(document_, "w:document");
    put(document, "xmlns:w", kWordNamespace);
    put(document, "xmlns:r", kRelationNamespace);
    pugi::xml_node body = child(document, "w:body");
    for (std::size_t each = 0; each < paper_.sections.size(); ++each) {
      const Section& section = paper_.sections[each];
      for (const Block& block : section.blocks) {
        if (const auto* line = std::get_if<Line>(&block)) {
          add_line(body, *line);
        } else if (const auto* table = std::get_if<Table>(&block)) {
          add_table(body, *table);
        } else {
          pugi::xml_node run = child(child(body, "w:p"), "w:r");
          put(child(run, "w:br"), "w:type", "page");
        }
      }
      add_part("word/header" + std::to_string(each + 1) + ".xml", header_of(section));
      // The properties of a section stand in its last paragraph, those of the last in the body.
      const bool is_last = each + 1 == paper_.sections.size();
      pugi::xml_node properties = is_last ? body : child(child(body, "w:p"), "w:pPr");
      add_section_properties(properties, each + 1);
    }
    if (paper_.sections.empty()) child(body, "w:p");
    add_part("word/document.xml", text_of(document_));
    add_part("word/styles.xml", styles());
    add_part("word/settings.xml", settings());
    add_part("word/_rels/document.xml.rels", relations());
    add_part("docProps/core.xml", properties());
    return archive();
  }

 private:
  void add_part(const std::string& name, std::string text) { parts_.emplace_back(name, std::move(text)); }

  bool is_mirrored(const Line& line) const {
    return line.language.empty() ? mirrored_ : is_right_to_left(line.language);
  }

  void add_run(pugi::xml_node paragraph, const std::string& text, const Run& dress, bool right_to_left,
               const std::string& language) {
    pugi::xml_node run = child(paragraph, "w:r");
    pugi::xml_node look = child(run, "w:rPr");
    if (dress.bold) {
      child(look, "w:b");
      child(look, "w:bCs");
    }
    if (dress.italic) {
      child(look, "w:i");
      child(look, "w:iCs");
    }
    if (right_to_left) child(look, "w:rtl");
    if (!language.empty()) put(child(look, "w:lang"), right_to_left ? "w:bidi" : "w:val", bcp47_of(language));
    if (!look.first_child()) run.remove_child(look);
    pugi::xml_node words = child(run, "w:t");
    put(words, "xml:space", "preserve");
    words.text().set(text.c_str());
  }

  void add_text(pugi::xml_node paragraph, const Text& text, bool mirrored, const std::string& language) {
    for (const Run& run : text) {
      const std::string words = clean(run.text);
      if (words.empty()) continue;
      // A run that is not w:rtl is laid out from left to right; the mark behind it keeps what follows from
      // joining it.
      add_run(paragraph, words, run, mirrored && !run.isolated, language);
      if (mirrored && run.isolated) add_run(paragraph, std::string(kRightMark), {}, true, "");
    }
  }

  void add_tab(pugi::xml_node paragraph) { child(child(paragraph, "w:r"), "w:tab"); }

  void add_line(pugi::xml_node body, const Line& line) {
    const bool mirrored = is_mirrored(line);
    pugi::xml_node paragraph = child(body, "w:p");
    pugi::xml_node look = child(paragraph, "w:pPr");
    if (line.heading > 0) valued(look, "w:pStyle", "Heading" + std::to_string(std::min(line.heading, 3)));
    if (line.heading > 0 || line.keeps_next) child(look, "w:keepNext");
    if (!line.opposite.empty() || !line.label.empty()) {
      pugi::xml_node tabs = child(look, "w:tabs");
      const auto tab = [&](const char* kind, int at) {
        pugi::xml_node one = valued(tabs, "w:tab", kind);
        put(one, "w:pos", std::to_string(at));
      };
      if (!line.label.empty()) tab("left", indent_of(line) + kIndentStep);
      if (!line.opposite.empty()) tab("right", kTextWidth);
    }
    if (mirrored) child(look, "w:bidi");
    pugi::xml_node spacing = child(look, "w:spacing");
    put(spacing, "w:before", std::to_string(line.close ? 0 : kRoomAbove + (line.heading > 0 ? 80 : 0)));
    put(spacing, "w:after", "0");
    if (line.indent > 0 || !line.label.empty()) {
      pugi::xml_node indent = child(look, "w:ind");
      // "left" is the side on which a line begins, in a right-to-left paragraph the right one.
      put(indent, "w:left", std::to_string(indent_of(line) + (line.label.empty() ? 0 : kIndentStep)));
      if (!line.label.empty()) put(indent, "w:hanging", std::to_string(kIndentStep));
    }
    if (line.align != Align::start) valued(look, "w:jc", line.align == Align::center ? "center" : "right");
    if (!line.label.empty()) {
      add_text(paragraph, {{.text = line.label, .isolated = true}}, mirrored, "");
      add_tab(paragraph);
    }
    add_text(paragraph, line.text, mirrored, line.language);
    if (!line.opposite.empty()) {
      add_tab(paragraph);
      add_text(paragraph, line.opposite, mirrored, line.language);
    }
  }

  static int indent_of(const Line& line) { return kIndentStep * std::clamp(line.indent, 0, 6); }

  void add_table(pugi::xml_node body, const Table& table) {
    std::size_t columns = table.header.size();
    for (const auto& row : table.rows) columns = std::max(columns, row.size());
    if (columns == 0) return;
    std::vector<double> parts = table.widths;
    parts.resize(columns, parts.empty() ? 1 : parts.back());
    double sum = 0;
    for (double& part : parts) sum += part = std::max(part, 0.01);
    const int whole = kTextWidth - kIndentStep * std::clamp(table.indent, 0, 6);

    pugi::xml_node node = child(body, "w:tbl");
    pugi::xml_node look = child(node, "w:tblPr");
    if (mirrored_) child(look, "w:bidiVisual");
    pugi::xml_node width = child(look, "w:tblW");
    put(width, "w:w", std::to_string(whole));
    put(width, "w:type", "dxa");
    pugi::xml_node borders = child(look, "w:tblBorders");
    for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
      pugi::xml_node border = valued(borders, side, "single");
      put(border, "w:sz", "4");
      put(border, "w:color", "666666");
    }
    put(child(look, "w:tblLayout"), "w:type", "fixed");
    pugi::xml_node grid = child(node, "w:tblGrid");
    for (const double part : parts)
      put(child(grid, "w:gridCol"), "w:w", std::to_string(static_cast<int>(part / sum * whole)));
    const auto add_row = [&](const std::vector<Text>& cells, bool is_header) {
      pugi::xml_node row = child(node, "w:tr");
      pugi::xml_node row_look = child(row, "w:trPr");
      child(row_look, "w:cantSplit");
      if (is_header) child(row_look, "w:tblHeader");
      for (std::size_t each = 0; each < columns; ++each) {
        pugi::xml_node cell = child(row, "w:tc");
        pugi::xml_node cell_width = child(child(cell, "w:tcPr"), "w:tcW");
        put(cell_width, "w:w", std::to_string(static_cast<int>(parts[each] / sum * whole)));
        put(cell_width, "w:type", "dxa");
        pugi::xml_node paragraph = child(cell, "w:p");
        if (mirrored_) child(child(paragraph, "w:pPr"), "w:bidi");
        Text text = each < cells.size() ? cells[each] : Text{};
        if (is_header)
          for (Run& run : text) run.bold = true;
        add_text(paragraph, text, mirrored_, "");
      }
    };
    if (!table.header.empty()) add_row(table.header, true);
    for (const auto& row : table.rows) add_row(row, false);
    child(body, "w:p");  // two tables that touch would be one
  }

  // Number and symbol at the head of each page but the section's first.
  std::string header_of(const Section& section) const {
    pugi::xml_document document;
    pugi::xml_node header = child(document, "w:hdr");
    put(header, "xmlns:w", kWordNamespace);
    pugi::xml_node numbers = paragraph_of_header(header, "center");
    const auto words = [&](pugi::xml_node paragraph, const std::string& text) {
      pugi::xml_node node = child(child(paragraph, "w:r"), "w:t");
      put(node, "xml:space", "preserve");
      node.text().set(text.c_str());
    };
    words(numbers, "– ");
    put(child(numbers, "w:fldSimple"), "w:instr", " PAGE ");
    words(numbers, " –");
    for (const std::string& line : section.running) {
      pugi::xml_node paragraph = paragraph_of_header(header, "right");
      pugi::xml_node run = child(paragraph, "w:r");
      pugi::xml_node text = child(run, "w:t");
      put(text, "xml:space", "preserve");
      text.text().set(clean(line).c_str());
      if (mirrored_ && is_foreign_free(line)) run.prepend_child("w:rPr").append_child("w:rtl");
    }
    return text_of(document);
  }
  // Whether a text has no Latin letter, so that it may be set from right to left as a whole.
  static bool is_foreign_free(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    });
  }
  pugi::xml_node paragraph_of_header(pugi::xml_node header, const char* align) const {
    pugi::xml_node paragraph = child(header, "w:p");
    pugi::xml_node look = child(paragraph, "w:pPr");
    if (mirrored_) child(look, "w:bidi");
    put(child(look, "w:spacing"), "w:after", "0");
    valued(look, "w:jc", align);
    return paragraph;
  }

  void add_section_properties(pugi::xml_node parent, std::size_t number) const {
    pugi::xml_node section = child(parent, "w:sectPr");
    pugi::xml_node header = child(section, "w:headerReference");
    put(header, "w:type", "default");
    put(header, "r:id", "rIdHeader" + std::to_string(number));
    valued(section, "w:type", "nextPage");
    pugi::xml_node size = child(section, "w:pgSz");
    put(size, "w:w", std::to_string(kPageWidth));
    put(size, "w:h", std::to_string(kPageHeight));
    pugi::xml_node margins = child(section, "w:pgMar");
    for (const auto& [side, width] :
         {std::pair{"w:top", kMarginTop}, std::pair{"w:right", kMarginSide},
          std::pair{"w:bottom", kMarginBottom}, std::pair{"w:left", kMarginSide},
          std::pair{"w:header", kMarginHead}, std::pair{"w:footer", kMarginHead}, std::pair{"w:gutter", 0}})
      put(margins, side, std::to_string(width));
    put(child(section, "w:pgNumType"), "w:start", "1");
    child(section, "w:titlePg");
    if (mirrored_) child(section, "w:bidi");
  }

  std::string styles() const {
    pugi::xml_document document;
    pugi::xml_node styles = child(document, "w:styles");
    put(styles, "xmlns:w", kWordNamespace);
    pugi::xml_node defaults = child(child(child(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr");
    pugi::xml_node fonts = child(defaults, "w:rFonts");
    for (const char* script : {"w:ascii", "w:hAnsi"}) put(fonts, script, "Times New Roman");
    put(fonts, "w:cs", mirrored_ ? "Traditional Arabic" : "Times New Roman");
    valued(defaults, "w:sz", "22");
    valued(defaults, "w:szCs", mirrored_ ? "28" : "22");
    pugi::xml_node language = child(defaults, "w:lang");
    put(language, "w:val", bcp47_of(mirrored_ ? "en" : paper_.language));
    if (mirrored_) put(language, "w:bidi", bcp47_of(paper_.language));
    const auto style = [&](const std::string& id, const std::string& name) {
      pugi::xml_node node = child(styles, "w:style");
      put(node, "w:type", "paragraph");
      put(node, "w:styleId", id);
      valued(node, "w:name", name);
      return node;
    };
    put(style("Normal", "Normal"), "w:default", "1");
    for (int level = 1; level <= 3; ++level) {
      pugi::xml_node heading = style("Heading" + std::to_string(level), "heading " + std::to_string(level));
      valued(heading, "w:basedOn", "Normal");
      child(heading, "w:qFormat");
      valued(child(heading, "w:pPr"), "w:outlineLvl", std::to_string(level - 1));
      pugi::xml_node look = child(heading, "w:rPr");
      child(look, "w:b");
      child(look, "w:bCs");
    }
    return text_of(document);
  }

  std::string settings() const {
    pugi::xml_document document;
    pugi::xml_node settings = child(document, "w:settings");
    put(settings, "xmlns:w", kWordNamespace);
    pugi::xml_node language = child(settings, "w:themeFontLang");
    put(language, "w:val", bcp47_of(mirrored_ ? "en" : paper_.language));
    if (mirrored_) put(language, "w:bidi", bcp47_of(paper_.language));
    return text_of(document);
  }

  std::string relations() const {
    pugi::xml_document document;
    pugi::xml_node relations = child(document, "Relationships");
    put(relations, "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    const auto relation = [&](const std::string& id, const std::string& kind, const std::string& target) {
      pugi::xml_node node = child(relations, "Relationship");
      put(node, "Id", id);
      put(node, "Type", std::string(kRelationNamespace) + "/" + kind);
      put(node, "Target", target);
    };
    relation("rIdStyles", "styles", "styles.xml");
    relation("rIdSettings", "settings", "settings.xml");
    for (std::size_t each = 1; each <= paper_.sections.size(); ++each)
      relation("rIdHeader" + std::to_string(each), "header", "header" + std::to_string(each) + ".xml");
    return text_of(document);
  }

  std::string properties() const {
    pugi::xml_document document;
    pugi::xml_node core = child(document, "cp:coreProperties");
    put(core, "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    put(core, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    put(core, "xmlns:dcterms", "http://purl.org/dc/terms/");
    put(core, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    const auto add = [&](const char* name, const std::string& value) {
      pugi::xml_node node = child(core, name);
      node.text().set(clean(value).c_str());
      return node;
    };
    add("dc:title", paper_.title);
    add("dc:identifier", paper_.symbol);
    add("dc:creator", paper_.author);
    add("dc:language", paper_.language);
    put(add("dcterms:created", format_instant(paper_.made_at).substr(0, 19) + "Z"), "xsi:type",
        "dcterms:W3CDTF");
    return text_of(document);
  }

  std::string content_types() const {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    const auto add = [&](const std::string& part, const std::string& type) {
      text += "<Override PartName=\"/" + part + "\" ContentType=\"application/vnd.openxmlformats-" + type +
              "+xml\"/>";
    };
    add("word/document.xml", "officedocument.wordprocessingml.document.main");
    add("word/styles.xml", "officedocument.wordprocessingml.styles");
    add("word/settings.xml", "officedocument.wordprocessingml.settings");
    for (std::size_t each = 1; each <= paper_.sections.size(); ++each)
      add("word/header" + std::to_string(each) + ".xml", "officedocument.wordprocessingml.header");
    add("docProps/core.xml", "package.core-properties");
    return text + "</Types>\n";
  }

  std::string archive() const {
    const std::string package_relations =
        std::string(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">") +
        "<Relationship Id=\"rId1\" Type=\"" + kRelationNamespace +
        "/officeDocument\" Target=\"word/document.xml\"/>"
        "<Relationship Id=\"rId2\" "
        "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
        "Target=\"docProps/core.xml\"/></Relationships>\n";
    std::vector<std::pair<std::string, std::string>> parts{{"[Content_Types].xml", content_types()},
                                                           {"_rels/.rels", package_relations}};
    parts.insert(parts.end(), parts_.begin(), parts_.end());

    const auto failed = [](const std::string& why) -> Error {
      return {ErrorKind::unavailable, "no DOCX was written: " + why};
    };
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (!memory) throw failed(zip_error_strerror(&error));
    zip_source_keep(memory);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(memory, &zip_source_free);
    zip_t* zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
    if (!zip) {
      zip_source_free(memory);
      throw failed(zip_error_strerror(&error));
    }
    for (const auto& [name, text] : parts) {
      zip_source_t* part = zip_source_buffer(zip, text.data(), text.size(), 0);
      const zip_int64_t at = part ? zip_file_add(zip, name.c_str(), part, ZIP_FL_ENC_UTF_8) : -1;
      if (at < 0) {
        if (part) zip_source_free(part);
        const std::string why = zip_strerror(zip);
        zip_discard(zip);
        throw failed(why);
      }
      zip_file_set_dostime(zip, static_cast<zip_uint64_t>(at), kDosTime, kDosDate, 0);
    }
    if (zip_close(zip) != 0) {
      const std::string why = zip_strerror(zip);
      zip_discard(zip);
      throw failed(why);
    }
    std::string bytes;
    if (zip_source_open(memory) != 0) throw failed("the archive cannot be read back");
    zip_source_seek(memory, 0, SEEK_END);
    bytes.resize(static_cast<std::size_t>(std::max<zip_int64_t>(0, zip_source_tell(memory))));
    zip_source_seek(memory, 0, SEEK_SET);
    const zip_int64_t read = zip_source_read(memory, bytes.data(), bytes.size());
    zip_source_close(memory);
    if (read != static_cast<zip_int64_t>(bytes.size())) throw failed("the archive cannot be read back");
    return bytes;
  }

  const Paper& paper_;
  const bool mirrored_;
  pugi::xml_document document_;
  std::vector<std::pair<std::string, std::string>> parts_{};
};

}  // namespace

std::string to_docx(const Paper& paper) {
  return DocxWriter(paper).write();
}

}  // namespace mithaq::papers
