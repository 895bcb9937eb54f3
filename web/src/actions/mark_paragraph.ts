// A paragraph and what was found in it, as runs to be drawn: each word, or part of one, with all the marks on it.
import type { Doubt, Edit, MentionType, Paragraph, Range, Statement } from '$/api/types';
import { overlap, placesOf, textOf, type Places } from '$/model/places';

export type Finding =
  | { sort: 'statement'; id: string; ranges: Range[]; statement: Statement }
  | { sort: 'edit'; id: string; ranges: Range[]; edit: Edit }
  | { sort: 'doubt'; id: string; ranges: Range[]; doubt: Doubt };

export interface Run {
  text: string;
  range: Range; // in code points
  mention: MentionType | null; // the innermost
  title: string; // what the mention names
  edit: Edit | null;
  doubt: Doubt | null;
  findings: string[]; // ids of the findings whose words these are
}

export interface Marked {
  paragraph: Paragraph;
  places: Places;
  runs: Run[];
  findings: Finding[]; // in the order of their words; those that have none in the text first
}

export const editId = (edit: Edit): string => edit.id ?? `${edit.rule}@${edit.raw_bytes[0]}`;
export const doubtId = (doubt: Doubt): string => doubt.id ?? `${doubt.rule}@${doubt.citation.raw_bytes[0]?.[0] ?? 0}`;

const rawSpan = (paragraph: Paragraph): [number, number] => {
  const placed = paragraph.pieces.map((piece) => piece.raw_bytes).filter(([begin, end]) => end > begin);
  return [Math.min(...placed.map(([begin]) => begin)), Math.max(...placed.map(([, end]) => end))];
};

// To which paragraph each edit belongs: to the one whose words it stands in; one that stands in none (a header that was
// taken out) to the paragraph that begins next in the raw text, or to the last.
export function editsByParagraph(paragraphs: Paragraph[], edits: Edit[]): Map<string, Edit[]> {
  const out = new Map<string, Edit[]>();
  const spans = paragraphs.map((paragraph) => ({ paragraph, span: rawSpan(paragraph) }));
  for (const edit of edits) {
    const inside = paragraphs.find((paragraph) =>
      paragraph.pieces.some(
        (piece) => piece.raw_bytes[1] > piece.raw_bytes[0] && overlap(piece.raw_bytes, edit.raw_bytes)
      )
    );
    const next = spans
      .filter(({ span }) => span[0] >= edit.raw_bytes[0])
      .sort((a, b) => a.span[0] - b.span[0])[0]?.paragraph;
    const owner = inside ?? next ?? paragraphs.at(-1);
    if (owner) out.set(owner.id, [...(out.get(owner.id) ?? []), edit]);
  }
  return out;
}

// Edits of whole blocks have no words of their own in the text.
const ofWords = (edit: Edit) => edit.kind === 'replace' || edit.kind === 'permute';

export function markParagraph(paragraph: Paragraph, edits: Edit[], doubts: Doubt[]): Marked {
  const places = placesOf(paragraph);
  const findings: Finding[] = [
    ...edits.map((edit): Finding => ({
      sort: 'edit',
      id: `edit-${editId(edit)}`,
      ranges: ofWords(edit) ? textOf(places, [edit.raw_bytes]) : [],
      edit
    })),
    ...doubts.map((doubt): Finding => ({
      sort: 'doubt',
      id: `doubt-${doubtId(doubt)}`,
      ranges: textOf(places, doubt.citation.raw_bytes),
      doubt
    })),
    ...paragraph.statements.map((statement): Finding => ({
      sort: 'statement',
      id: `statement-${statement.statement}`,
      ranges: textOf(places, statement.citation.raw_bytes),
      statement
    }))
  ].sort((a, b) => (a.ranges[0]?.[0] ?? -1) - (b.ranges[0]?.[0] ?? -1));

  const letters = [...paragraph.text];
  const cuts = new Set([0, letters.length]);
  for (const [at, letter] of letters.entries()) {
    if (/\s/.test(letter)) cuts.add(at).add(at + 1);
  }
  const ranges = [
    ...paragraph.mentions.map((mention) => mention.range),
    ...findings.flatMap((finding) => finding.ranges)
  ];
  for (const [begin, end] of ranges) cuts.add(Math.min(begin, letters.length)).add(Math.min(end, letters.length));
  const sorted = [...cuts].sort((a, b) => a - b);

  // Inner mentions come later and win.
  const mentions = [...paragraph.mentions].sort((a, b) => b.range[1] - b.range[0] - (a.range[1] - a.range[0]));
  const runs: Run[] = [];
  for (const [at, begin] of sorted.entries()) {
    const end = sorted[at + 1];
    if (end === undefined) break;
    const here: Range = [begin, end];
    const mention = mentions.findLast((each) => overlap(each.range, here));
    const on = findings.filter((finding) => finding.ranges.some((range) => overlap(range, here)));
    const edit = on.find((finding) => finding.sort === 'edit');
    const doubt = on.find((finding) => finding.sort === 'doubt');
    runs.push({
      text: letters.slice(begin, end).join(''),
      range: here,
      mention: mention?.type ?? null,
      title: mention ? mention.names?.filter(Boolean).join(' · ') || mention.name : '',
      edit: edit?.edit ?? null,
      doubt: doubt?.doubt ?? null,
      findings: on.map((finding) => finding.id)
    });
  }
  return { paragraph, places, runs, findings };
}
