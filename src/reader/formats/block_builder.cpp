#include "reader/formats/block_builder.hpp"

#include <algorithm>

namespace mithaq::reader {

namespace {

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}

// A line that shows nothing: blanks and no-break spaces.
bool is_blank_line(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (is_space(line[at])) continue;
    if (line.substr(at, 2) == "\xC2\xA0") {
      ++at;
      continue;
    }
    return false;
  }
  return true;
}

// The lines of a block without blank ones and without blanks at their ends.
std::string tidy(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (is_blank_line(line)) continue;
    while (is_space(line.front())) line.remove_prefix(1);
    while (is_space(line.back())) line.remove_suffix(1);
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

constexpr std::size_t kBlockBytesMax = 64 * 1024;

// Where a longer block is cut: after a sentence, a word or at least a character.
std::size_t cut_of_block(std::string_view text) {
  const std::string_view head = text.substr(0, kBlockBytesMax);
  for (const std::string_view border : {". ", " "}) {
    const std::size_t found = head.rfind(border);
    if (found != std::string_view::npos && found >= kBlockBytesMax / 2) return found + 1;
  }
  std::size_t cut = kBlockBytesMax;
  while (cut > kBlockBytesMax / 2 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

}  // namespace

void BlockBuilder::add_text(std::string_view text, Blanks blanks) {
  if (blanks == Blanks::keep) {
    text_ += text;
    return;
  }
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      if (!text_.empty() && !is_space(text_.back())) text_ += ' ';
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    text_ += text.substr(at, end - at);
    at = end;
  }
}

void BlockBuilder::break_line() {
  if (!text_.empty()) text_ += '\n';
}

void BlockBuilder::add_block(std::string text) {
  if (text.empty() || overflowing()) return;
  blocks_.push_back({std::move(text), kind_, std::move(number_)});
  number_.clear();
}

void BlockBuilder::end_block() {
  std::string text = tidy(text_);
  text_.clear();
  // Nobody writes such a paragraph; cut, it costs the later stages no more than others.
  std::string_view rest = text;
  while (rest.size() > kBlockBytesMax) {
    const std::size_t cut = cut_of_block(rest);
    add_block(tidy(rest.substr(0, cut)));
    rest.remove_prefix(cut);
  }
  add_block(tidy(rest));
  kind_ = document::ParagraphKind::body;
  number_.clear();
}

void BlockBuilder::begin_row() {
  end_block();
  if (rows_.size() == kRowsMax) {
    ++deeper_rows_;
    return;
  }
  rows_.push_back({blocks_.size(), {}});
}

void BlockBuilder::begin_cell() {
  end_block();
  if (!rows_.empty() && deeper_rows_ == 0) rows_.back().cells.push_back(blocks_.size());
}

void BlockBuilder::end_row() {
  end_block();
  if (deeper_rows_ > 0) {
    --deeper_rows_;
    return;
  }
  if (rows_.empty()) return;
  const Row row = std::move(rows_.back());
  rows_.pop_back();
  constexpr std::size_t kBlocksOfCellMax = 3;
  constexpr std::size_t kRowBytesMax = 4000;
  std::size_t bytes = 0, filled_cells = 0;
  bool is_layout = row.cells.empty();
  for (std::size_t each = 0; each < row.cells.size(); ++each) {
    const std::size_t end = each + 1 < row.cells.size() ? row.cells[each + 1] : blocks_.size();
    filled_cells += end > row.cells[each];
    if (end - row.cells[each] > kBlocksOfCellMax) is_layout = true;
    for (std::size_t block = row.cells[each]; block < end && !is_layout; ++block) {
      bytes += blocks_[block].text.size();
      if (blocks_[block].kind == document::ParagraphKind::table_row || bytes > kRowBytesMax) is_layout = true;
    }
  }
  if (is_layout || filled_cells < 2) return;

  Built merged{"", document::ParagraphKind::table_row, ""};
  std::size_t cell = 0;
  for (std::size_t block = row.first_block; block < blocks_.size(); ++block) {
    bool starts_cell = false;
    while (cell < row.cells.size() && row.cells[cell] <= block) {
      ++cell;
      starts_cell = true;
    }
    if (!merged.text.empty()) merged.text += starts_cell ? '\t' : ' ';
    for (const char letter : blocks_[block].text) merged.text += letter == '\n' ? ' ' : letter;
  }
  blocks_.resize(row.first_block);
  blocks_.push_back(std::move(merged));
}

void BlockBuilder::finish(document::Document& document) {
  end_block();
  while (!rows_.empty()) end_row();
  std::size_t bytes = 0;
  for (const Built& built : blocks_) bytes += built.text.size() + 2;
  document.raw.clear();
  document.raw.reserve(bytes);
  document.blocks.clear();
  document.blocks.reserve(blocks_.size());
  for (Built& built : blocks_) {
    document::Block block;
    block.kind = built.kind;
    block.number = std::move(built.number);
    const std::size_t offset = document.raw.size();
    for (std::size_t at = 0; at <= built.text.size();) {
      const std::size_t end = std::min(built.text.find('\n', at), built.text.size());
      block.lines.push_back({offset + at, offset + end});
      at = end + 1;
    }
    document.raw += built.text;
    document.raw += "\n\n";
    document.blocks.push_back(std::move(block));
    std::string().swap(built.text);
  }
  blocks_.clear();
}

}  // namespace mithaq::reader
