#include "reader/formats/paged.hpp"

#include <algorithm>
#include <cmath>

#include "reader/formats/extraction.hpp"
#include "reader/formats/helper_process.hpp"
#include "reader/formats/page_layout.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

constexpr float kSureEnough = 60;        // of 100; below, a line is shown with a doubt
constexpr std::size_t kDoubtsMax = 200;  // more say no more
constexpr std::size_t kScannedPagesMax = 2000;

HelperLimits limits_for_ocr() {
  HelperLimits limits;
  limits.memory_bytes = std::size_t{2} << 30;
  limits.silence_seconds = 120;
  return limits;
}

// What a run that gave no text says about the file.
std::optional<Refusal> refusal_of(const HelperRun& run, const Extraction& extraction,
                                  const std::string& what) {
  using Reason = Refusal::Reason;
  switch (run.outcome) {
    case HelperRun::Outcome::missing:
      return Refusal{Reason::missing_helper, "the program that reads " + what + " cannot run: " + run.what};
    case HelperRun::Outcome::timed_out:
      return Refusal{Reason::timed_out, "reading the " + what + " was stopped: " + run.what};
    case HelperRun::Outcome::too_much_output:
      return Refusal{Reason::too_large, "reading the " + what + " was stopped: " + run.what};
    case HelperRun::Outcome::crashed:
      return Refusal{Reason::damaged,
                     "the " + what + " is damaged: the program that reads it was " + run.what};
    case HelperRun::Outcome::finished:
      break;
  }
  if (extraction.error_reason == "encrypted") {
    return Refusal{Reason::encrypted, "the " + what + " is protected by a password; save a copy without one"};
  }
  if (extraction.error_reason == "too_large") {
    return Refusal{Reason::too_large, "the " + what + " is too large: " + extraction.error_message};
  }
  if (extraction.error_reason == "missing") return Refusal{Reason::missing_helper, extraction.error_message};
  if (!extraction.error_reason.empty()) {
    return Refusal{Reason::damaged,
                   "the " + what + " is damaged: " + extraction.error_message + "; fetch it again"};
  }
  if (!extraction.whole) {
    return Refusal{Reason::damaged, "the " + what + " is damaged: the program that reads it ended early"};
  }
  return std::nullopt;
}

void add_doubt(document::Document& document, document::Doubt&& doubt) {
  if (document.doubts.size() < kDoubtsMax) document.doubts.push_back(std::move(doubt));
}

// A page that has no text is marked in it, so that the doubt has a place and nobody thinks it was blank.
void add_unreadable_page(document::Document& document, int number, const std::string& why) {
  const std::string text = "[" + std::to_string(number) + "]";
  document::Doubt doubt;
  doubt.rule = "page.unreadable";
  doubt.raw = {{document.raw.size(), document.raw.size() + text.size()}};
  doubt.readings.push_back({text, because(Why::page_unreadable, {std::to_string(number), why}).text(), true});
  document.raw += text + "\n";
  add_doubt(document, std::move(doubt));
}

// Tesseract's Arabic model hardly knows ٠-٩: of our own test page it read one such number in eight.
bool has_arabic_digit(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (text[at] == '\xD9' && second >= 0xA0 && second <= 0xA9) return true;
  }
  return false;
}

void add_recognized(document::Document& document, const ExtractedPage& page) {
  for (const RecognizedLine& line : page.lines) {
    if (line.confidence >= kSureEnough && has_arabic_digit(line.text)) {
      document::Doubt doubt;
      doubt.rule = "ocr.digits";
      doubt.raw = {{document.raw.size(), document.raw.size() + line.text.size()}};
      doubt.readings.push_back({std::string(line.text), because(Why::digits_misread).text(), true});
      add_doubt(document, std::move(doubt));
    }
    if (line.confidence < kSureEnough) {
      document::Doubt doubt;
      doubt.rule = "ocr.unsure";
      doubt.raw = {{document.raw.size(), document.raw.size() + line.text.size()}};
      doubt.readings.push_back(
          {std::string(line.text),
           because(Why::unsure_line, {std::to_string(std::lround(line.confidence))}).text(), true});
      add_doubt(document, std::move(doubt));
    }
    document.raw += line.text;
    document.raw += line.ends_paragraph ? "\n\n" : "\n";
  }
}

void end_page(document::Document& document, bool last) {
  while (document.raw.ends_with("\n\n")) document.raw.pop_back();
  if (!last) document.raw += "\n\f";
}

}  // namespace

std::optional<Refusal> read_pdf(std::string_view bytes, const ReadOptions& options,
                                document::Document& document) {
  const std::string pdf = find_helper(options.helpers_folder, "mithaq-pdf");
  const std::string ocr = find_helper(options.helpers_folder, "mithaq-ocr");
  const HelperRun run = run_helper(pdf, {"words"}, bytes);
  const Extraction extraction = parse_extraction(run.output);
  if (auto refusal = refusal_of(run, extraction, "PDF")) return refusal;
  std::size_t scanned = 0, read = 0;
  std::optional<Refusal> ocr_refusal;
  for (const ExtractedPage& page : extraction.pages) {
    switch (page.state) {
      case ExtractedPage::State::text:
        document.raw += lay_out_page(page);
        ++read;
        break;
      case ExtractedPage::State::unreadable:
        add_unreadable_page(document, page.number, because(Why::pdf_damaged).text());
        break;
      case ExtractedPage::State::scan: {
        if (++scanned > kScannedPagesMax) {
          add_unreadable_page(document, page.number, because(Why::too_many_scans).text());
          break;
        }
        if (!ocr_refusal || ocr_refusal->reason != Refusal::Reason::missing_helper) {
          ocr_refusal.reset();
          HelperLimits limits;
          limits.output_bytes = 80u << 20;
          const HelperRun image =
              run_helper(pdf, {"image", std::to_string(page.number), "300"}, bytes, limits);
          if (image.outcome != HelperRun::Outcome::finished || image.exit_code != 0) {
            const Extraction said = parse_extraction(image.output);
            add_unreadable_page(document, page.number,
                                said.error_message.empty() ? image.what : said.error_message);
            break;
          }
          const HelperRun recognition = run_helper(ocr, {}, image.output, limits_for_ocr());
          const Extraction lines = parse_extraction(recognition.output);
          ocr_refusal = refusal_of(recognition, lines, "scanned page");
          if (!ocr_refusal) {
            for (const ExtractedPage& each : lines.pages) add_recognized(document, each);
            ++read;
          }
        }
        if (ocr_refusal) add_unreadable_page(document, page.number, ocr_refusal->message);
        break;
      }
    }
    end_page(document, &page == &extraction.pages.back());
  }
  if (read == 0 && ocr_refusal) return ocr_refusal;
  return std::nullopt;
}

std::optional<Refusal> read_image(std::string_view bytes, const ReadOptions& options,
                                  document::Document& document) {
  const std::string ocr = find_helper(options.helpers_folder, "mithaq-ocr");
  const HelperRun run = run_helper(ocr, {}, bytes, limits_for_ocr());
  const Extraction extraction = parse_extraction(run.output);
  if (auto refusal = refusal_of(run, extraction, "image")) return refusal;
  for (const ExtractedPage& page : extraction.pages) {
    if (page.state == ExtractedPage::State::unreadable) {
      add_unreadable_page(document, page.number, because(Why::image_damaged).text());
    } else {
      add_recognized(document, page);
    }
    end_page(document, &page == &extraction.pages.back());
  }
  return std::nullopt;
}

}  // namespace mithaq::reader
