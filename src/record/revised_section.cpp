#include "record/revised_section.hpp"

#include "base/error.hpp"

namespace mithaq::record {

void SectionDecisions::add(const RevisionBody& revision, std::string_view time) {
  const std::size_t at = revision.target;
  const auto put = [at](auto& list, auto value) {
    if (list.size() <= at) list.resize(at + 1);
    list[at] = std::move(value);
  };
  const Mark mark{.by = revision.by, .time = std::string(time)};
  switch (revision.action) {
    case RevisionAction::undo_edit:
      put(decisions_.undone, true);
      put(edits_, mark);
      break;
    case RevisionAction::redo_edit:
      put(decisions_.undone, false);
      put(edits_, Mark{});
      break;
    case RevisionAction::choose_reading:
      put(decisions_.chosen, revision.reading);
      put(doubts_, revision.reading ? mark : Mark{});
      break;
  }
}

const SectionDecisions::Mark& SectionDecisions::mark_of(const std::vector<Mark>& marks, std::size_t at) {
  static const Mark kNone{};
  return at < marks.size() ? marks[at] : kNone;
}

void require_possible(const RevisionBody& revision, const document::Document& as_read,
                      const SectionDecisions& before) {
  const std::size_t at = revision.target;
  if (revision.action == RevisionAction::choose_reading) {
    if (at >= as_read.doubts.size()) {
      throw Error(ErrorKind::invalid_input, "the section has no doubt " + std::to_string(at));
    }
    if (revision.reading && *revision.reading >= as_read.doubts[at].readings.size()) {
      throw Error(ErrorKind::invalid_input, "the doubt has no reading " + std::to_string(*revision.reading));
    }
    if (before.chosen_of(at) == revision.reading) {
      throw Error(ErrorKind::conflict, "the doubt is settled so already");
    }
  } else {
    if (at >= as_read.edits.size()) {
      throw Error(ErrorKind::invalid_input, "the section has no edit " + std::to_string(at));
    }
    if (as_read.edits[at].grade == document::Grade::flag) {
      throw Error(ErrorKind::invalid_input, "a flag changed nothing that could be undone");
    }
    const bool undo = revision.action == RevisionAction::undo_edit;
    if (before.is_undone(at) == undo) {
      throw Error(ErrorKind::conflict, undo ? "the edit is undone already" : "the edit stands already");
    }
  }
  SectionDecisions after = before;
  after.add(revision, "");
  if (!as_read.paragraphs.empty() && revise(as_read, after.decisions()).paragraphs.empty()) {
    throw Error(ErrorKind::invalid_input, "nothing would be left of the text");
  }
}

namespace {

SectionBody revised(const document::Document& as_read, bool last, const document::Decisions& decisions) {
  return {.content = revise(as_read, decisions), .last = last};
}

}  // namespace

RevisedSection::RevisedSection(SectionBody as_read, SectionDecisions decisions)
    : as_read_(std::move(as_read.content)),
      decisions_(std::move(decisions)),
      revised_(revised(as_read_, as_read.last, decisions_.decisions())),
      locator_(revised_.content.paragraphs) {}

void RevisedSection::place(StatementBody& statement) const {
  if (decisions_.decisions().changes_nothing()) return;
  document::Place& place = statement.statement.evidence;
  if (place.paragraph >= as_read_.paragraphs.size()) {
    throw Error(ErrorKind::invalid_input,
                "a statement stands outside the paragraphs of " + statement.document);
  }
  document::revise_statement(as_read_, decisions_.decisions(), statement.statement);
  place = locator_.carried(as_read_.paragraphs[place.paragraph], place.range);
  if (place.paragraph < revised_.content.paragraphs.size()) {
    statement.paragraph = revised_.content.paragraphs[place.paragraph].id;
  }
}

}  // namespace mithaq::record
