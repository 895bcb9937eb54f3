#include "reader/formats/markup.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}
bool is_name_start(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}
char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

// HTML elements whose inside is no markup.
bool is_raw_text(std::string_view name) {
  for (const std::string_view raw :
       {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}) {
    if (equals_ignoring_case(name, raw)) return true;
  }
  return false;
}

struct Entity {
  std::string_view name;
  char32_t value;
};

// The names of HTML 4.01, section 24, and apos. By name, for the binary search.
constexpr std::array<Entity, 253> kEntities{{
    {"AElig", 0xC6},     {"Aacute", 0xC1},   {"Acirc", 0xC2},    {"Agrave", 0xC0},   {"Alpha", 0x391},
    {"Aring", 0xC5},     {"Atilde", 0xC3},   {"Auml", 0xC4},     {"Beta", 0x392},    {"Ccedil", 0xC7},
    {"Chi", 0x3A7},      {"Dagger", 0x2021}, {"Delta", 0x394},   {"ETH", 0xD0},      {"Eacute", 0xC9},
    {"Ecirc", 0xCA},     {"Egrave", 0xC8},   {"Epsilon", 0x395}, {"Eta", 0x397},     {"Euml", 0xCB},
    {"Gamma", 0x393},    {"Iacute", 0xCD},   {"Icirc", 0xCE},    {"Igrave", 0xCC},   {"Iota", 0x399},
    {"Iuml", 0xCF},      {"Kappa", 0x39A},   {"Lambda", 0x39B},  {"Mu", 0x39C},      {"Ntilde", 0xD1},
    {"Nu", 0x39D},       {"OElig", 0x152},   {"Oacute", 0xD3},   {"Ocirc", 0xD4},    {"Ograve", 0xD2},
    {"Omega", 0x3A9},    {"Omicron", 0x39F}, {"Oslash", 0xD8},   {"Otilde", 0xD5},   {"Ouml", 0xD6},
    {"Phi", 0x3A6},      {"Pi", 0x3A0},      {"Prime", 0x2033},  {"Psi", 0x3A8},     {"Rho", 0x3A1},
    {"Scaron", 0x160},   {"Sigma", 0x3A3},   {"THORN", 0xDE},    {"Tau", 0x3A4},     {"Theta", 0x398},
    {"Uacute", 0xDA},    {"Ucirc", 0xDB},    {"Ugrave", 0xD9},   {"Upsilon", 0x3A5}, {"Uuml", 0xDC},
    {"Xi", 0x39E},       {"Yacute", 0xDD},   {"Yuml", 0x178},    {"Zeta", 0x396},    {"aacute", 0xE1},
    {"acirc", 0xE2},     {"acute", 0xB4},    {"aelig", 0xE6},    {"agrave", 0xE0},   {"alefsym", 0x2135},
    {"alpha", 0x3B1},    {"amp", 0x26},      {"and", 0x2227},    {"ang", 0x2220},    {"apos", 0x27},
    {"aring", 0xE5},     {"asymp", 0x2248},  {"atilde", 0xE3},   {"auml", 0xE4},     {"bdquo", 0x201E},
    {"beta", 0x3B2},     {"brvbar", 0xA6},   {"bull", 0x2022},   {"cap", 0x2229},    {"ccedil", 0xE7},
    {"cedil", 0xB8},     {"cent", 0xA2},     {"chi", 0x3C7},     {"circ", 0x2C6},    {"clubs", 0x2663},
    {"cong", 0x2245},    {"copy", 0xA9},     {"crarr", 0x21B5},  {"cup", 0x222A},    {"curren", 0xA4},
    {"dArr", 0x21D3},    {"dagger", 0x2020}, {"darr", 0x2193},   {"deg", 0xB0},      {"delta", 0x3B4},
    {"diams", 0x2666},   {"divide", 0xF7},   {"eacute", 0xE9},   {"ecirc", 0xEA},    {"egrave", 0xE8},
    {"empty", 0x2205},   {"emsp", 0x2003},   {"ensp", 0x2002},   {"epsilon", 0x3B5}, {"equiv", 0x2261},
    {"eta", 0x3B7},      {"eth", 0xF0},      {"euml", 0xEB},     {"euro", 0x20AC},   {"exist", 0x2203},
    {"fnof", 0x192},     {"forall", 0x2200}, {"frac12", 0xBD},   {"frac14", 0xBC},   {"frac34", 0xBE},
    {"frasl", 0x2044},   {"gamma", 0x3B3},   {"ge", 0x2265},     {"gt", 0x3E},       {"hArr", 0x21D4},
    {"harr", 0x2194},    {"hearts", 0x2665}, {"hellip", 0x2026}, {"iacute", 0xED},   {"icirc", 0xEE},
    {"iexcl", 0xA1},     {"igrave", 0xEC},   {"image", 0x2111},  {"infin", 0x221E},  {"int", 0x222B},
    {"iota", 0x3B9},     {"iquest", 0xBF},   {"isin", 0x2208},   {"iuml", 0xEF},     {"kappa", 0x3BA},
    {"lArr", 0x21D0},    {"lambda", 0x3BB},  {"lang", 0x2329},   {"laquo", 0xAB},    {"larr", 0x2190},
    {"lceil", 0x2308},   {"ldquo", 0x201C},  {"le", 0x2264},     {"lfloor", 0x230A}, {"lowast", 0x2217},
    {"loz", 0x25CA},     {"lrm", 0x200E},    {"lsaquo", 0x2039}, {"lsquo", 0x2018},  {"lt", 0x3C},
    {"macr", 0xAF},      {"mdash", 0x2014},  {"micro", 0xB5},    {"middot", 0xB7},   {"minus", 0x2212},
    {"mu", 0x3BC},       {"nabla", 0x2207},  {"nbsp", 0xA0},     {"ndash", 0x2013},  {"ne", 0x2260},
    {"ni", 0x220B},      {"not", 0xAC},      {"notin", 0x2209},  {"nsub", 0x2284},   {"ntilde", 0xF1},
    {"nu", 0x3BD},       {"oacute", 0xF3},   {"ocirc", 0xF4},    {"oelig", 0x153},   {"ograve", 0xF2},
    {"oline", 0x203E},   {"omega", 0x3C9},   {"omicron", 0x3BF}, {"oplus", 0x2295},  {"or", 0x2228},
    {"ordf", 0xAA},      {"ordm", 0xBA},     {"oslash", 0xF8},   {"otilde", 0xF5},   {"otimes", 0x2297},
    {"ouml", 0xF6},      {"para", 0xB6},     {"part", 0x2202},   {"permil", 0x2030}, {"perp", 0x22A5},
    {"phi", 0x3C6},      {"pi", 0x3C0},      {"piv", 0x3D6},     {"plusmn", 0xB1},   {"pound", 0xA3},
    {"prime", 0x2032},   {"prod", 0x220F},   {"prop", 0x221D},   {"psi", 0x3C8},     {"quot", 0x22},
    {"rArr", 0x21D2},    {"radic", 0x221A},  {"rang", 0x232A},   {"raquo", 0xBB},    {"rarr", 0x2192},
    {"rceil", 0x2309},   {"rdquo", 0x201D},  {"real", 0x211C},   {"reg", 0xAE},      {"rfloor", 0x230B},
    {"rho", 0x3C1},      {"rlm", 0x200F},    {"rsaquo", 0x203A}, {"rsquo", 0x2019},  {"sbquo", 0x201A},
    {"scaron", 0x161},   {"sdot", 0x22C5},   {"sect", 0xA7},     {"shy", 0xAD},      {"sigma", 0x3C3},
    {"sigmaf", 0x3C2},   {"sim", 0x223C},    {"spades", 0x2660}, {"sub", 0x2282},    {"sube", 0x2286},
    {"sum", 0x2211},     {"sup", 0x2283},    {"sup1", 0xB9},     {"sup2", 0xB2},     {"sup3", 0xB3},
    {"supe", 0x2287},    {"szlig", 0xDF},    {"tau", 0x3C4},     {"there4", 0x2234}, {"theta", 0x3B8},
    {"thetasym", 0x3D1}, {"thinsp", 0x2009}, {"thorn", 0xFE},    {"tilde", 0x2DC},   {"times", 0xD7},
    {"trade", 0x2122},   {"uArr", 0x21D1},   {"uacute", 0xFA},   {"uarr", 0x2191},   {"ucirc", 0xFB},
    {"ugrave", 0xF9},    {"uml", 0xA8},      {"upsih", 0x3D2},   {"upsilon", 0x3C5}, {"uuml", 0xFC},
    {"weierp", 0x2118},  {"xi", 0x3BE},      {"yacute", 0xFD},   {"yen", 0xA5},      {"yuml", 0xFF},
    {"zeta", 0x3B6},     {"zwj", 0x200D},    {"zwnj", 0x200C},
}};

// The code point that an entity without its & and ; stands for, or 0.
char32_t entity_value(std::string_view name, Dialect dialect) {
  if (name.size() > 1 && name[0] == '#') {
    const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    if (digits.empty() || digits.size() > 8) return 0;
    char32_t value = 0;
    for (const char each : digits) {
      const char digit = lower(each);
      if (digit >= '0' && digit <= '9') {
        value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit - '0');
      } else if (hexadecimal && digit >= 'a' && digit <= 'f') {
        value = value * 16 + static_cast<char32_t>(digit - 'a' + 10);
      } else {
        return 0;
      }
      if (value > 0x10FFFF) return 0xFFFD;
    }
    return value == 0 ? 0xFFFD : value;
  }
  if (dialect == Dialect::xml && name != "amp" && name != "lt" && name != "gt" && name != "quot" &&
      name != "apos") {
    return 0;
  }
  const auto found =
      std::lower_bound(kEntities.begin(), kEntities.end(), name,
                       [](const Entity& each, std::string_view wanted) { return each.name < wanted; });
  return found != kEntities.end() && found->name == name ? found->value : 0;
}

}  // namespace

bool equals_ignoring_case(std::string_view name, std::string_view lower_name) {
  return std::equal(name.begin(), name.end(), lower_name.begin(), lower_name.end(),
                    [](char a, char b) { return lower(a) == b; });
}

MarkupToken MarkupScanner::next() {
  MarkupToken token;
  if (!raw_until_.empty()) {
    // Everything up to the end tag of the same name.
    const std::string_view name = raw_until_;
    raw_until_ = {};
    std::size_t end = at_;
    while ((end = text_.find("</", end)) != std::string_view::npos) {
      if (equals_ignoring_case(text_.substr(end + 2, name.size()), name)) break;
      end += 2;
    }
    end = std::min(end, text_.size());
    if (end > at_) {
      token.kind = MarkupToken::Kind::text;
      token.text = text_.substr(at_, end - at_);
      token.literal = name != "title" && name != "textarea";
      at_ = end;
      return token;
    }
  }
  while (at_ < text_.size()) {
    if (text_[at_] != '<') {
      const std::size_t end = std::min(text_.find('<', at_), text_.size());
      token.kind = MarkupToken::Kind::text;
      token.text = text_.substr(at_, end - at_);
      at_ = end;
      return token;
    }
    const std::string_view rest = text_.substr(at_);
    const auto pass = [&](std::string_view close, std::size_t from) {
      const std::size_t end = text_.find(close, at_ + from);
      at_ = end == std::string_view::npos ? text_.size() : end + close.size();
    };
    if (rest.starts_with("<!--")) {
      pass("-->", 4);
      continue;
    }
    if (dialect_ == Dialect::xml && rest.starts_with("<![CDATA[")) {
      const std::size_t begin = at_ + 9;
      const std::size_t end = std::min(text_.find("]]>", begin), text_.size());
      token.kind = MarkupToken::Kind::text;
      token.literal = true;
      token.text = text_.substr(begin, end - begin);
      at_ = std::min(end + 3, text_.size());
      return token;
    }
    if (rest.starts_with("<!")) {
      pass(">", 2);
      continue;
    }
    if (rest.starts_with("<?")) {
      pass(dialect_ == Dialect::xml ? "?>" : ">", 2);
      continue;
    }
    const bool closes = rest.size() > 1 && rest[1] == '/';
    std::size_t at = at_ + (closes ? 2 : 1);
    if (at >= text_.size() || !is_name_start(text_[at])) {
      // A lone < is text.
      const std::size_t end = std::min(text_.find('<', at_ + 1), text_.size());
      token.kind = MarkupToken::Kind::text;
      token.text = text_.substr(at_, end - at_);
      at_ = end;
      return token;
    }
    const std::size_t name_begin = at;
    while (at < text_.size() && !is_space(text_[at]) && text_[at] != '>' && text_[at] != '/') ++at;
    token.name = text_.substr(name_begin, at - name_begin);
    const std::size_t attributes_begin = at;
    char quote = 0;
    char before = 0;  // the last letter that is not blank: a quote opens only after =
    for (; at < text_.size(); ++at) {
      const char letter = text_[at];
      if (quote != 0) {
        if (letter == quote) quote = 0;
      } else if ((letter == '"' || letter == '\'') && before == '=') {
        quote = letter;
      } else if (letter == '>') {
        break;
      }
      if (!is_space(letter)) before = letter;
    }
    std::size_t attributes_end = at;
    if (attributes_end > attributes_begin && text_[attributes_end - 1] == '/') {
      token.self_closing = true;
      --attributes_end;
    }
    token.attributes = text_.substr(attributes_begin, attributes_end - attributes_begin);
    token.kind = closes ? MarkupToken::Kind::close : MarkupToken::Kind::open;
    const bool complete = at < text_.size();
    at_ = complete ? at + 1 : at;
    if (!complete) continue;  // the text ends inside a tag
    if (dialect_ == Dialect::html && !closes && is_raw_text(token.name)) raw_until_ = token.name;
    return token;
  }
  return MarkupToken{};
}

std::string attribute(const MarkupToken& token, std::string_view name, Dialect dialect) {
  const std::string_view text = token.attributes;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && (is_space(text[at]) || text[at] == '/')) ++at;
    const std::size_t begin = at;
    while (at < text.size() && text[at] != '=' && !is_space(text[at])) ++at;
    const std::string_view found = text.substr(begin, at - begin);
    while (at < text.size() && is_space(text[at])) ++at;
    std::string_view value;
    if (at < text.size() && text[at] == '=') {
      ++at;
      while (at < text.size() && is_space(text[at])) ++at;
      if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        const char quote = text[at++];
        const std::size_t end = std::min(text.find(quote, at), text.size());
        value = text.substr(at, end - at);
        at = std::min(end + 1, text.size());
      } else {
        const std::size_t value_begin = at;
        while (at < text.size() && !is_space(text[at])) ++at;
        value = text.substr(value_begin, at - value_begin);
      }
    }
    if (dialect == Dialect::html ? equals_ignoring_case(found, name) : found == name) {
      std::string out;
      append_unescaped(out, value, dialect);
      return out;
    }
    if (at == begin) ++at;
  }
  return {};
}

void append_unescaped(std::string& out, std::string_view text, Dialect dialect) {
  constexpr std::size_t kLongest = 10;  // "thetasym" and "#x10FFFF" have eight
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out += text.substr(at, mark - at);
    if (mark == text.size()) return;
    const std::size_t end = text.substr(0, std::min(text.size(), mark + kLongest + 2)).find(';', mark);
    const char32_t value =
        end == std::string_view::npos ? 0 : entity_value(text.substr(mark + 1, end - mark - 1), dialect);
    if (value == 0) {
      out += '&';
      at = mark + 1;
    } else {
      append_utf8(out, value);
      at = end + 1;
    }
  }
}

}  // namespace mithaq::reader
