#include "reader/formats/html.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "reader/formats/block_builder.hpp"
#include "reader/formats/markup.hpp"

namespace mithaq::reader {

namespace {

using document::ParagraphKind;

enum class Element {
  other,  // <b>, <span>, what we do not know: its text belongs to the text around it
  block,  // starts and ends a paragraph
  title_of_head,
  heading1,
  heading,
  item,
  ordered_list,
  unordered_list,
  row,
  cell,
  line_break,
  preformatted,
  navigation,
  superscript,
  skipped,  // neither it nor what is in it is shown as text
  html_or_body,
};

struct Known {
  std::string_view name;
  Element element;
};

constexpr std::array kElements{
    Known{"address", Element::block},
    Known{"article", Element::block},
    Known{"aside", Element::block},
    Known{"blockquote", Element::block},
    Known{"body", Element::html_or_body},
    Known{"br", Element::line_break},
    Known{"caption", Element::block},
    Known{"center", Element::block},
    Known{"dd", Element::block},
    Known{"details", Element::block},
    Known{"dialog", Element::block},
    Known{"div", Element::block},
    Known{"dl", Element::block},
    Known{"dt", Element::block},
    Known{"fieldset", Element::block},
    Known{"figcaption", Element::block},
    Known{"figure", Element::block},
    Known{"footer", Element::block},
    Known{"form", Element::block},
    Known{"h1", Element::heading1},
    Known{"h2", Element::heading},
    Known{"h3", Element::heading},
    Known{"h4", Element::heading},
    Known{"h5", Element::heading},
    Known{"h6", Element::heading},
    Known{"header", Element::block},
    Known{"hr", Element::block},
    Known{"html", Element::html_or_body},
    Known{"iframe", Element::skipped},
    Known{"legend", Element::block},
    Known{"li", Element::item},
    Known{"main", Element::block},
    Known{"menu", Element::unordered_list},
    Known{"nav", Element::navigation},
    Known{"noembed", Element::skipped},
    Known{"noframes", Element::skipped},
    Known{"noscript", Element::skipped},
    Known{"ol", Element::ordered_list},
    Known{"option", Element::block},
    Known{"p", Element::block},
    Known{"pre", Element::preformatted},
    Known{"script", Element::skipped},
    Known{"section", Element::block},
    Known{"select", Element::skipped},
    Known{"style", Element::skipped},
    Known{"summary", Element::block},
    Known{"sup", Element::superscript},
    Known{"svg", Element::skipped},
    Known{"table", Element::block},
    Known{"tbody", Element::block},
    Known{"td", Element::cell},
    Known{"template", Element::skipped},
    Known{"textarea", Element::skipped},
    Known{"tfoot", Element::block},
    Known{"th", Element::cell},
    Known{"thead", Element::block},
    Known{"title", Element::title_of_head},
    Known{"tr", Element::row},
    Known{"ul", Element::unordered_list},
    Known{"xmp", Element::preformatted},
};

Element element_named(std::string_view name) {
  if (name.size() > 10) return Element::other;
  std::array<char, 10> lower{};
  std::transform(name.begin(), name.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  });
  const std::string_view wanted(lower.data(), name.size());
  const auto found =
      std::lower_bound(kElements.begin(), kElements.end(), wanted,
                       [](const Known& each, std::string_view other) { return each.name < other; });
  return found != kElements.end() && found->name == wanted ? found->element : Element::other;
}

// "ar-EG" gives "ar"; empty for languages that we do not read.
std::string language_of(std::string_view tag) {
  for (const std::string_view language : {"ar", "en", "fr", "ru", "es", "zh"}) {
    if (tag.size() >= 2 && equals_ignoring_case(tag.substr(0, 2), language) &&
        (tag.size() == 2 || tag[2] == '-')) {
      return std::string(language);
    }
  }
  return {};
}

bool is_note_mark(std::string_view text) {
  return !text.empty() && text.size() <= 6 &&
         text.find_first_not_of("0123456789()[]*,") == std::string_view::npos;
}

// The way through one page.
class HtmlReader {
 public:
  HtmlReader(std::string_view html, document::Document& document)
      : scanner_(html, Dialect::html), document_(document) {}

  std::optional<Refusal> read() {
    for (MarkupToken token = scanner_.next(); token.kind != MarkupToken::Kind::end; token = scanner_.next()) {
      switch (token.kind) {
        case MarkupToken::Kind::text:
          add_text(token);
          break;
        case MarkupToken::Kind::open:
          open(token);
          break;
        case MarkupToken::Kind::close:
          close(token);
          break;
        case MarkupToken::Kind::end:
          break;
      }
      if (builder_.overflowing()) {
        return Refusal{Refusal::Reason::too_large,
                       "the page has more than a million paragraphs; split it into parts and read those"};
      }
    }
    builder_.finish(document_);
    return std::nullopt;
  }

 private:
  struct List {
    bool ordered;
    int next;
  };
  static constexpr std::size_t kListsMax = 64;

  void add_text(const MarkupToken& token) {
    if (!skipped_name_.empty()) return;
    text_.clear();
    if (token.literal) {
      text_ = token.text;
    } else {
      append_unescaped(text_, token.text, Dialect::html);
    }
    if (in_title_) {
      document_.metadata.title += text_;
      return;
    }
    if (after_superscript_ && is_note_mark(text_) && builder_.last_letter() != ' ') builder_.add_text(" ");
    after_superscript_ = false;
    builder_.add_text(text_, preformatted_ > 0 ? BlockBuilder::Blanks::keep : BlockBuilder::Blanks::collapse);
  }

  void end_block() {
    builder_.end_block();
    builder_.set_kind(navigation_ > 0 ? ParagraphKind::furniture : kind_);
  }

  void open(const MarkupToken& token) {
    if (!skipped_name_.empty()) {
      if (token.name == skipped_name_ && !token.self_closing) ++skipped_depth_;
      return;
    }
    switch (element_named(token.name)) {
      case Element::other:
        break;
      case Element::superscript:
        after_superscript_ = true;
        break;
      case Element::block:
        if (!builder_.blank()) end_block();  // <li><p>: the item's first paragraph is the item
        break;
      case Element::html_or_body: {
        const std::string language = language_of(attribute(token, "lang", Dialect::html));
        if (!language.empty()) document_.metadata.language = language;
        break;
      }
      case Element::title_of_head:
        in_title_ = document_.metadata.title.empty();
        break;
      case Element::heading1:
      case Element::heading:
        kind_ = element_named(token.name) == Element::heading1 && !has_title_ ? ParagraphKind::title
                                                                              : ParagraphKind::heading;
        has_title_ = has_title_ || kind_ == ParagraphKind::title;
        end_block();
        break;
      case Element::ordered_list:
      case Element::unordered_list: {
        end_block();
        int start = 1;
        const std::string given = attribute(token, "start", Dialect::html);
        if (!given.empty() && given.size() <= 6 &&
            given.find_first_not_of("0123456789") == std::string::npos) {
          start = std::stoi(given);
        }
        if (lists_.size() < kListsMax) {
          lists_.push_back({element_named(token.name) == Element::ordered_list, start});
        } else {
          ++deeper_lists_;
        }
        break;
      }
      case Element::item: {
        kind_ = ParagraphKind::item;
        end_block();
        kind_ = ParagraphKind::body;
        if (!lists_.empty() && lists_.back().ordered)
          builder_.set_number(std::to_string(lists_.back().next++));
        break;
      }
      case Element::row:
        end_block();
        builder_.begin_row();
        break;
      case Element::cell:
        end_block();
        builder_.begin_cell();
        break;
      case Element::line_break:
        builder_.break_line();
        break;
      case Element::preformatted:
        end_block();
        ++preformatted_;
        break;
      case Element::navigation:
        ++navigation_;
        end_block();
        break;
      case Element::skipped:
        if (!token.self_closing) {
          skipped_name_ = token.name;
          skipped_depth_ = 1;
        }
        break;
    }
  }

  void close(const MarkupToken& token) {
    if (!skipped_name_.empty()) {
      if (token.name == skipped_name_ && --skipped_depth_ == 0) skipped_name_ = {};
      return;
    }
    switch (element_named(token.name)) {
      case Element::title_of_head:
        in_title_ = false;
        break;
      case Element::heading1:
      case Element::heading:
        kind_ = ParagraphKind::body;
        end_block();
        break;
      case Element::ordered_list:
      case Element::unordered_list:
        end_block();
        if (deeper_lists_ > 0) {
          --deeper_lists_;
        } else if (!lists_.empty()) {
          lists_.pop_back();
        }
        break;
      case Element::row:
        end_block();
        builder_.end_row();
        break;
      case Element::preformatted:
        end_block();
        if (preformatted_ > 0) --preformatted_;
        break;
      case Element::navigation:
        end_block();
        if (navigation_ > 0) --navigation_;
        end_block();
        break;
      case Element::block:
      case Element::item:
      case Element::cell:
        end_block();
        break;
      default:
        break;
    }
  }

  MarkupScanner scanner_;
  document::Document& document_;
  BlockBuilder builder_{};
  std::string text_{};
  ParagraphKind kind_ = ParagraphKind::body;  // of the blocks to come
  std::string_view skipped_name_{};
  std::size_t skipped_depth_ = 0;
  std::vector<List> lists_{};
  std::size_t deeper_lists_ = 0;
  std::size_t preformatted_ = 0;
  std::size_t navigation_ = 0;
  bool in_title_ = false;
  bool has_title_ = false;
  bool after_superscript_ = false;
};

}  // namespace

std::string_view charset_of_html(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  MarkupScanner scanner(head, Dialect::html);
  for (MarkupToken token = scanner.next(); token.kind != MarkupToken::Kind::end; token = scanner.next()) {
    if (token.kind != MarkupToken::Kind::open || !equals_ignoring_case(token.name, "meta")) continue;
    // Both <meta charset="x"> and <meta http-equiv=… content="text/html; charset=x">.
    for (std::size_t at = 0; at + 8 < token.attributes.size(); ++at) {
      if (!equals_ignoring_case(token.attributes.substr(at, 7), "charset")) continue;
      std::size_t begin = token.attributes.find_first_not_of(" =\"'", at + 7);
      if (begin == std::string_view::npos) break;
      const std::size_t end =
          std::min(token.attributes.find_first_of(" \"';/>", begin), token.attributes.size());
      return token.attributes.substr(begin, end - begin);
    }
  }
  return {};
}

std::optional<Refusal> read_html(std::string_view html, document::Document& document) {
  return HtmlReader(html, document).read();
}

}  // namespace mithaq::reader
