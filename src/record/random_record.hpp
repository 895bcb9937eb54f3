// Random records, and everything that can be asked of one as one text: two records that should answer alike
// are compared by it.
#pragma once

#include <random>
#include <set>
#include <sstream>

#include "record/test_record.hpp"

namespace mithaq::record::test_record {

using document::Handling;
using document::Tlp;

inline const std::vector<Handling> kHandlings{
    {},
    {.tlp = Tlp::green},
    {.tlp = Tlp::amber, .statuses = {"OSCE/participating_state"}},
    {.tlp = Tlp::red, .recipients = {"account:amina"}},
    {.tlp = Tlp::amber_strict, .originator = "OIC"},
};

// A random record, as entries; those of documents in `left_out` become acts, so that all others keep their
// places.
struct RandomRecord {
  explicit RandomRecord(unsigned seed) : random(seed) {
    const std::size_t count = 2 + upto(7);
    for (std::size_t at = 0; at < count; ++at) add_document("doc" + std::to_string(at));
    for (std::size_t at = upto(8); at > 0; --at) add_change();
  }
  std::size_t upto(std::size_t count) { return random() % count; }

  void add_document(const std::string& name) {
    static const std::vector<std::string> kWords{"تعاون", "الأمم",  "المتحدة", "Kosovo", "united",
                                                 "peace", "السلام", "53/45",   "خاص",    "hidden"};
    std::vector<std::string> texts;
    for (std::size_t at = upto(5); at > 0; --at) {
      std::string text;
      for (std::size_t word = 1 + upto(6); word > 0; --word) text += kWords[upto(kWords.size())] + " ";
      text.pop_back();
      texts.push_back(text);
    }
    document::Document document = section(name, texts);
    const std::vector<std::string> entities{"OSCE", "UN", "OIC", "", "doc:" + name};
    document.metadata.language = upto(2) ? "ar" : "en";
    document.metadata.issuer = entities[upto(3)];
    document.metadata.handling = kHandlings[upto(kHandlings.size())];
    for (document::Statement& statement : document.statements) {
      statement.type = static_cast<document::StatementType>(upto(4));
      statement.parties[0].entity = entities[upto(5)];
      statement.parties[0].name = "name of " + statement.parties[0].entity + std::to_string(upto(2));
      statement.themes = {upto(2) ? "mediation" : "theme of " + name};
      statement.places = {upto(2) ? "KGZ" : "place:" + name};
      statement.place_names = {statement.places[0]};
    }
    for (document::Mention& mention : document.mentions) mention.entities = {entities[upto(5)]};
    for (Body& body : entries_of(std::move(document), true)) {
      if (auto* came = std::get_if<DocumentBody>(&body)) came->brought_by = upto(2) ? "amina" : "";
      if (kind_of(body) == EntryKind::statement) statements.emplace_back(bodies.size(), documents);
      owners.push_back(documents);
      bodies.push_back(std::move(body));
    }
    ++documents;
  }
  void add_change() {
    const std::size_t of = upto(documents);
    switch (upto(4)) {
      case 3: {
        const std::string id = document_id("doc" + std::to_string(of));
        const bool has_doubt = std::any_of(bodies.begin(), bodies.end(), [&id](const Body& body) {
          const auto* section = std::get_if<SectionBody>(&body);
          return section != nullptr && section->content.id == id && !section->content.doubts.empty();
        });
        if (!has_doubt || !revised.insert(of).second) break;
        owners.push_back(of);
        bodies.push_back(RevisionBody{.document = id,
                                      .action = RevisionAction::choose_reading,
                                      .reading = upto(2),
                                      .by = "account:r0"});
        break;
      }
      case 0:
        owners.push_back(of);
        bodies.push_back(HandlingBody{.document = document_id("doc" + std::to_string(of)),
                                      .handling = kHandlings[upto(kHandlings.size())]});
        break;
      case 1:
        if (statements.empty()) break;
        {
          const auto& [seq, owner] = statements[upto(statements.size())];
          ReviewBody review{.statement = seq,
                            .action = static_cast<ReviewAction>(upto(3)),
                            .by = "account:r" + std::to_string(upto(2))};
          owners.push_back(owner);
          bodies.push_back(review);
        }
        break;
      case 2:
        owners.push_back(std::nullopt);
        bodies.push_back(MergeBody{.entity = "doc:doc" + std::to_string(of), .into = "UN"});
        for (std::size_t at = 0; at + 1 < bodies.size(); ++at) {
          const auto* merge = std::get_if<MergeBody>(&bodies[at]);
          if (merge == nullptr || merge->entity != std::get<MergeBody>(bodies.back()).entity) continue;
          bodies.pop_back();
          owners.pop_back();
          break;
        }
        break;
    }
  }
  std::unique_ptr<SqlStore> store(const std::set<std::size_t>& left_out,
                                  const Location& location = ":memory:") const {
    std::vector<Body> all;
    for (std::size_t at = 0; at < bodies.size(); ++at) {
      const bool out = owners[at] && left_out.contains(*owners[at]);
      all.push_back(out ? Body(ActBody{.type = "padding", .json = "{}"}) : bodies[at]);
    }
    auto made = SqlStore::open(location, options());
    made->append(all);
    return made;
  }

  std::mt19937 random;
  std::vector<Body> bodies{};
  std::vector<std::optional<std::size_t>> owners{};  // which document each entry belongs to
  std::vector<std::pair<Seq, std::size_t>> statements{};
  std::size_t documents = 0;
  std::set<std::size_t> revised{};
};

// Everything that can be asked, as one text.
class Answers {
 public:
  explicit Answers(const View& view) : view_(view) {}

  std::string all() {
    const Statistics count = view_.statistics();
    out_ << count.documents << ' ' << count.paragraphs << ' ' << count.statements << ' ' << count.mentions
         << ' ' << count.doubts << ' ' << count.edits << ' ' << count.reviews << '\n';
    documents({});
    documents({.languages = {"ar"}});
    documents({.issuers = {"UN"}});
    documents({.reference = "A/55/98", .limit = 3, .offset = 1});
    for (const StatementOrder order :
         {StatementOrder::document, StatementOrder::time, StatementOrder::newest})
      statements({.order = order});
    statements({.parties = {"UN"}});
    statements({.parties = {"name of OSCE0"}});
    statements({.parties = {"doc:doc0"}, .reviews = {ReviewState::rejected, ReviewState::proposed}});
    statements({.themes = {"mediation"}, .places = {"KGZ"}, .limit = 2, .offset = 1});
    statements({.instrument = "53/45"});
    statements({.documents = {document_id("doc0"), document_id("doc1")}});
    statements({.text = "السلام"});
    for (const MentionQuery& query :
         {MentionQuery{}, MentionQuery{.entities = {"UN"}}, MentionQuery{.documents = {document_id("doc1")}},
          MentionQuery{.limit = 3, .offset = 2}}) {
      for (const MentionRow& row : view_.mentions(query)) mention(row);
      out_ << '\n';
    }
    for (const DoubtRow& row : view_.doubts())
      out_ << row.section_entry << row.rule << row.by << row.citation.words << ';';
    for (const EditRow& row : view_.edits()) out_ << row.section_entry << row.edit.rule << ';';
    for (const auto& counts : {view_.parties(), view_.themes(), view_.places(), view_.parties(2)}) {
      for (const EntityCount& each : counts) out_ << each.id << '|' << each.name << each.statements << ';';
      out_ << '\n';
    }
    for (const ReviewerCount& each : view_.reviewers()) out_ << each.by << each.confirmed << each.rejected;
    for (const SharedDecision& each : view_.decided_by_both("account:r0", "account:r1"))
      out_ << each.statement;
    for (const ReviewRow& each : view_.latest_reviews(3, 1)) out_ << each.seq << ';';
    for (const std::string& id : view_.same_as("UN")) out_ << id << ';';
    using Need = TextTerm::Need;
    search({{.text = "السلام"}});
    search({{.text = "united", .need = Need::may}, {.text = "hidden", .need = Need::may}});
    search({{.text = "united peace", .form = TextTerm::Form::phrase}});
    search({{.text = "peace"}}, {.entities = {"UN"}});
    search({{.text = "peace"}}, {.themes = {"mediation"}});
    search({{.text = "peace"}}, {.languages = {"en"}});
    search({{.text = "peace"}}, {.documents = {document_id("doc0"), document_id("doc2")}});
    return out_.str();
  }
  // One document, by its id; empty if it is not there.
  std::string one(const std::string& id) {
    documents({.id = id});
    if (view_.documents({.id = id}).empty()) return "";
    out_ << view_.document(id).seq << view_.raw_text(id) << view_.read_section(id, 0).paragraphs.size();
    for (const ParagraphRow& row : view_.paragraphs(id)) {
      out_ << row.row << row.paragraph.text << view_.cite(row).document_name;
      out_ << view_.paragraph(row.row).paragraph.id << view_.paragraph(id, row.paragraph.id).row;
      for (const StatementRow& each : view_.statements_of_paragraph(row.row)) statement(each);
      for (const MentionRow& each : view_.mentions_of_paragraph(row.row)) mention(each);
    }
    out_ << view_.doubts(id).size() << ' ' << view_.edits(id).size() << '\n';
    return out_.str();
  }

 private:
  void documents(const DocumentQuery& query) {
    for (const DocumentRow& row : view_.documents(query)) {
      out_ << row.seq << row.name << to_canonical_json(row.metadata.handling) << row.brought_by
           << row.sections << row.paragraphs << row.statements << row.doubts << row.edits << ';';
    }
    out_ << '\n';
  }
  void statement(const StatementRow& row) {
    out_ << row.seq << name_of(row.type) << name_of(row.review) << row.reviewed_by
         << row.citation.document_name << row.citation.paragraph << row.citation.words;
    for (const PartyRow& party : row.parties) out_ << party.entity << '|' << party.name;
    for (const PlaceRow& place : row.places) out_ << place.entity;
    for (const std::string& theme : row.themes) out_ << theme;
    for (const ReviewRow& review : view_.reviews(row.seq)) out_ << review.seq << review.by;
    out_ << view_.agreement(row.seq).confirmed << view_.statement(row.seq).seq
         << view_.proposed_statement(row.seq).words << ';';
  }
  void statements(const StatementQuery& query) {
    for (const StatementRow& row : view_.statements(query)) statement(row);
    out_ << view_.count_statements(query) << '\n';
  }
  void mention(const MentionRow& row) {
    out_ << row.name << row.citation.words << row.citation.paragraph_row;
    for (const std::string& entity : row.entities) out_ << entity << ',';
  }
  void search(const std::vector<TextTerm>& terms, const ParagraphFilter& filter = {}) {
    const ParagraphHits hits = view_.search_paragraphs(terms, filter, 5);
    for (const ParagraphHit& hit : hits.hits) out_ << hit.row << ' ' << hit.score << ';';
    out_ << hits.matched << hits.truncated << '\n';
  }

  const View& view_;
  std::ostringstream out_{};
};

}  // namespace mithaq::record::test_record
