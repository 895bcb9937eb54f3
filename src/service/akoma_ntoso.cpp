#include "service/akoma_ntoso.hpp"

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/utf8.hpp"

namespace mithaq::service {

namespace {

using document::Document;
using document::Mention;
using document::MentionType;
using document::Paragraph;
using document::ParagraphKind;
using document::TextRange;

constexpr const char* kNamespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
constexpr const char* kOwnNamespace = "urn:mithaq:1";

// XML 1.0 has no place for most control characters.
std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const bool allowed = point.value == '\t' || point.value == '\n' || point.value == '\r' ||
                         (point.value >= 0x20 && point.value != 0xFFFE && point.value != 0xFFFF);
    if (allowed) append_utf8(out, point.value);
    at += point.length;
  }
  return out;
}

// The characters of an identifier that XML allows: letters and digits of ASCII, the rest as underscores.
std::string xml_id(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
    out += plain ? letter : '_';
  }
  return out;
}

// The three-letter code that Akoma Ntoso wants for a language.
const char* language_code(std::string_view language) {
  static const std::map<std::string_view, const char*> codes = {{"ar", "ara"}, {"en", "eng"}, {"fr", "fra"},
                                                                {"ru", "rus"}, {"es", "spa"}, {"zh", "zho"}};
  const auto found = codes.find(language);
  return found == codes.end() ? "und" : found->second;
}

bool is_full_date(std::string_view value) {
  if (value.size() != 10 || value[4] != '-' || value[7] != '-') return false;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (value[at] < '0' || value[at] > '9') return false;
  }
  return true;
}

const char* element_of(MentionType type) {
  switch (type) {
    case MentionType::organization:
      return "organization";
    case MentionType::state:
    case MentionType::place:
      return "location";
    case MentionType::person:
      return "person";
    case MentionType::date:
      return "date";
    case MentionType::document:
      return "ref";
    case MentionType::amount:
      return "quantity";
  }
  return "inline";
}

const char* class_of(MentionType type) {
  switch (type) {
    case MentionType::organization:
      return "TLCOrganization";
    case MentionType::person:
      return "TLCPerson";
    default:
      return "TLCLocation";
  }
}

struct Reference {
  std::string id;
  std::string shown_as;
  const char* element = "";
};

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document) {
    by_paragraph_.resize(document.paragraphs.size());
    for (const Mention& mention : document.mentions)
      by_paragraph_[mention.place.paragraph].push_back(&mention);
  }

  std::string write(const std::string& markup_date) {
    pugi::xml_document xml;
    pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    pugi::xml_node root = xml.append_child("akomaNtoso");
    root.append_attribute("xmlns") = kNamespace;
    root.append_attribute("xmlns:mithaq") = kOwnNamespace;
    pugi::xml_node doc = root.append_child("doc");
    doc.append_attribute("name") = "document";
    doc.append_attribute("contains") = "originalVersion";

    pugi::xml_node meta = doc.append_child("meta");
    identification(meta, markup_date);
    pugi::xml_node references = meta.append_child("references");
    references.append_attribute("source") = "#mithaq";
    pugi::xml_node ours = references.append_child("TLCOrganization");
    ours.append_attribute("eId") = "mithaq";
    ours.append_attribute("href") = "/ontology/organization/mithaq";
    ours.append_attribute("showAs") = "Mithaq";

    preface(doc);
    body(doc.append_child("mainBody"));
    for (const auto& [entity, reference] : referenced_) {
      pugi::xml_node node = references.append_child(reference.element);
      node.append_attribute("eId") = reference.id.c_str();
      node.append_attribute("href") = ("/ontology/" + reference.id).c_str();
      node.append_attribute("showAs") = xml_text(reference.shown_as).c_str();
    }
    std::ostringstream out;
    // Unindented: blanks put between the pieces of a paragraph would change its words.
    xml.save(out, "", pugi::format_raw | pugi::format_save_file_text, pugi::encoding_utf8);
    return out.str();
  }

 private:
  void identification(pugi::xml_node meta, const std::string& markup_date) {
    pugi::xml_node node = meta.append_child("identification");
    node.append_attribute("source") = "#mithaq";
    const std::string date = is_full_date(document_.metadata.date) ? document_.metadata.date : markup_date;
    const std::string issuer =
        document_.metadata.issuer.empty() ? "unknown" : xml_id(document_.metadata.issuer);
    const std::string name = document_.metadata.symbol.empty() ? document_.id : document_.metadata.symbol;
    const std::string work = "/akn/un/doc/" + issuer + "/" + date + "/" + xml_id(name);
    const std::string expression = work + "/" + language_code(document_.metadata.language) + "@";
    const auto level = [&](const char* element, const std::string& uri, const std::string& day,
                           const char* what) {
      pugi::xml_node part = node.append_child(element);
      part.append_child("FRBRthis").append_attribute("value") = (uri + "/!main").c_str();
      part.append_child("FRBRuri").append_attribute("value") = uri.c_str();
      pugi::xml_node dated = part.append_child("FRBRdate");
      dated.append_attribute("date") = day.c_str();
      dated.append_attribute("name") = what;
      part.append_child("FRBRauthor").append_attribute("href") =
          what == std::string_view("markup") ? "#mithaq" : ("#" + issuer).c_str();
      return part;
    };
    pugi::xml_node first = level("FRBRWork", work, date, "issued");
    first.append_child("FRBRcountry").append_attribute("value") = "un";
    pugi::xml_node second = level("FRBRExpression", expression, date, "issued");
    second.append_child("FRBRlanguage").append_attribute("language") =
        language_code(document_.metadata.language);
    level("FRBRManifestation", expression + ".akn", markup_date, "markup");
  }

  void preface(pugi::xml_node doc) {
    const auto& metadata = document_.metadata;
    if (metadata.symbol.empty() && metadata.title.empty() && metadata.date.empty()) return;
    pugi::xml_node line = doc.append_child("preface").append_child("p");
    if (!metadata.symbol.empty()) {
      line.append_child("docNumber").text() = xml_text(metadata.symbol).c_str();
      line.append_child(pugi::node_pcdata).set_value(" ");
    }
    if (!metadata.title.empty()) line.append_child("docTitle").text() = xml_text(metadata.title).c_str();
    if (is_full_date(metadata.date)) {
      line.append_child(pugi::node_pcdata).set_value(" ");
      pugi::xml_node date = line.append_child("docDate");
      date.append_attribute("date") = metadata.date.c_str();
      date.text() = metadata.date.c_str();
    }
  }

  void body(pugi::xml_node main) {
    pugi::xml_node holder = main;
    for (std::size_t each = 0; each < document_.paragraphs.size(); ++each) {
      const Paragraph& paragraph = document_.paragraphs[each];
      const bool heading = paragraph.kind == ParagraphKind::heading || paragraph.kind == ParagraphKind::title;
      const bool next_is_heading = each + 1 >= document_.paragraphs.size() ||
                                   document_.paragraphs[each + 1].kind == ParagraphKind::heading ||
                                   document_.paragraphs[each + 1].kind == ParagraphKind::title;
      if (heading && !next_is_heading) {
        holder = main.append_child("section");
        holder.append_attribute("eId") = ("sec_" + xml_id(paragraph.id)).c_str();
        add_place(holder, paragraph);
        inline_text(holder.append_child("heading"), each);
        continue;
      }
      // A heading with nothing under it (a title of several lines) is a paragraph of its own.
      pugi::xml_node node = (heading ? main : holder).append_child("paragraph");
      if (heading) holder = main;
      node.append_attribute("eId") = ("para_" + xml_id(paragraph.id)).c_str();
      add_place(node, paragraph);
      if (!paragraph.number.empty()) node.append_child("num").text() = xml_text(paragraph.number).c_str();
      inline_text(node.append_child("content").append_child("p"), each);
    }
  }

  // Where the paragraph stands in the raw text, in bytes.
  void add_place(pugi::xml_node node, const Paragraph& paragraph) {
    std::string places;
    const TextRange whole{0, static_cast<std::uint32_t>(paragraph.text.size())};
    for (const document::Span& span : raw_spans(paragraph, whole)) {
      if (!places.empty()) places += ' ';
      places += std::to_string(document_.raw_offset_bytes + span.begin) + "-" +
                std::to_string(document_.raw_offset_bytes + span.end);
    }
    node.append_attribute("mithaq:raw") = places.c_str();
  }

  void inline_text(pugi::xml_node node, std::size_t paragraph) {
    std::size_t next = 0;
    const TextRange whole{0, static_cast<std::uint32_t>(document_.paragraphs[paragraph].text.size())};
    fill(node, paragraph, whole, next);
  }

  // Puts the text of a range into a node, with the mentions inside it; mentions come outer before nested.
  void fill(pugi::xml_node node, std::size_t paragraph, TextRange range, std::size_t& next) {
    const std::string& text = document_.paragraphs[paragraph].text;
    const auto& mentions = by_paragraph_[paragraph];
    std::uint32_t at = range.begin;
    while (next < mentions.size() && mentions[next]->place.range.begin < range.end) {
      const Mention& mention = *mentions[next++];
      const TextRange inner = mention.place.range;
      if (inner.begin < at || inner.end > range.end || inner.size() == 0)
        continue;  // crosses another: left out
      text_node(node, std::string_view(text).substr(at, inner.begin - at));
      pugi::xml_node element = mention_node(node, mention);
      fill(element, paragraph, inner, next);
      at = inner.end;
    }
    text_node(node, std::string_view(text).substr(at, range.end - at));
  }

  pugi::xml_node mention_node(pugi::xml_node node, const Mention& mention) {
    if (mention.type == MentionType::date && !is_full_date(mention.value)) {
      pugi::xml_node element = node.append_child("inline");
      element.append_attribute("name") = "date";
      element.append_attribute("mithaq:edtf") = mention.value.c_str();
      return element;
    }
    pugi::xml_node element = node.append_child(element_of(mention.type));
    switch (mention.type) {
      case MentionType::date:
        element.append_attribute("date") = mention.value.c_str();
        break;
      case MentionType::document:
        element.append_attribute("href") = ("/akn/un/doc/" + xml_id(mention.name)).c_str();
        break;
      case MentionType::amount:
        if (!mention.value.empty()) element.append_attribute("normalized") = mention.value.c_str();
        break;
      default: {
        const std::string entity =
            mention.entities.empty() ? "local." + mention.name : mention.entities.front();
        element.append_attribute("refersTo") = ("#" + refer(entity, mention)).c_str();
      }
    }
    return element;
  }

  // The identifier under which the references name an entity; one without an id of data/ gets a number.
  const std::string& refer(const std::string& entity, const Mention& mention) {
    const auto found = referenced_.find(entity);
    if (found != referenced_.end()) return found->second.id;
    const std::string id =
        mention.entities.empty() ? "local-" + std::to_string(referenced_.size() + 1) : xml_id(entity);
    return referenced_.emplace(entity, Reference{id, mention.name, class_of(mention.type)}).first->second.id;
  }

  static void text_node(pugi::xml_node node, std::string_view text) {
    if (!text.empty()) node.append_child(pugi::node_pcdata).set_value(xml_text(text).c_str());
  }

  const Document& document_;
  std::vector<std::vector<const Mention*>> by_paragraph_;
  std::map<std::string, Reference> referenced_;  // by entity
};

}  // namespace

std::string akoma_ntoso(const Document& document, const std::string& markup_date) {
  return Writer(document).write(markup_date);
}

}  // namespace mithaq::service
