// What became of commitments: the order of statuses, the parts of a bar of progress, who owes what. "unstated" is always a
// part of its own: that a text says nothing about an outcome does not mean that nothing was done.
import type { CommitmentRow, Paper } from '$/api/activity';
import type { Party, Statement } from '$/api/types';

// From done to not yet said, as a bar is filled.
const order = [
  'done',
  'ongoing',
  'in progress',
  'partly done',
  'decided',
  'reaffirmed',
  'asserted',
  'under discussion',
  'proposed',
  'pending',
  'unstated'
] as const;

export type Tone = 'done' | 'under-way' | 'partly' | 'announced' | 'open' | 'unstated';
const tones: Record<string, Tone> = {
  done: 'done',
  ongoing: 'under-way',
  'in progress': 'under-way',
  'partly done': 'partly',
  decided: 'announced',
  reaffirmed: 'announced',
  asserted: 'announced',
  'under discussion': 'open',
  proposed: 'open',
  pending: 'open',
  unstated: 'unstated'
};

export const toneOf = (status: string): Tone => tones[status] ?? 'open';

export function inOrder(statuses: readonly string[]): string[] {
  const place = (status: string) => {
    const at = (order as readonly string[]).indexOf(status);
    return at < 0 ? order.length - 2.5 : at;
  };
  return [...statuses].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

export interface Part {
  status: string;
  tone: Tone;
  count: number;
  start: number; // 0 to 1
  size: number;
}

export function partsOf(byStatus: Readonly<Record<string, number>>): Part[] {
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  let start = 0;
  return inOrder(Object.keys(byStatus))
    .map((status) => ({ status, count: byStatus[status] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => {
      const part = { status, tone: toneOf(status), count, start, size: count / total };
      start += part.size;
      return part;
    });
}

export function statusCounts(rows: readonly CommitmentRow[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const row of rows) out[row.status] = (out[row.status] ?? 0) + 1;
  return out;
}

export const debtorsOf = (statement: Statement): Party[] => statement.parties.filter((party) => party.role === 'actor');
export const creditorsOf = (statement: Statement): Party[] =>
  statement.parties.filter((party) => party.role !== 'actor');

// Everybody who owes something by this paper, with how much.
export function debtors(rows: readonly CommitmentRow[]): { id: string; name: string; commitments: number }[] {
  const out = new Map<string, { id: string; name: string; commitments: number }>();
  for (const row of rows) {
    const counted = new Set<string>();
    for (const party of debtorsOf(row.commitment)) {
      const id = party.entity || party.name;
      if (id === '' || counted.has(id)) continue;
      counted.add(id);
      const entry = out.get(id) ?? { id, name: party.name || id, commitments: 0 };
      ++entry.commitments;
      out.set(id, entry);
    }
  }
  return [...out.values()].sort((a, b) => b.commitments - a.commitments || (a.name < b.name ? -1 : 1));
}

export interface FollowUpFilter {
  debtor: string;
  status: string;
}

export function narrowed(rows: readonly CommitmentRow[], filter: FollowUpFilter): CommitmentRow[] {
  return rows.filter(
    (row) =>
      (filter.status === '' || row.status === filter.status) &&
      (filter.debtor === '' ||
        debtorsOf(row.commitment).some((party) => (party.entity || party.name) === filter.debtor))
  );
}

// The paragraph of the paper that obliges: what the statement names ("…, paragraph 7"), else where it stands.
export function paragraphOf(statement: Statement): string {
  return /,\s*paragraphs?\s+(\S+)$/i.exec(statement.instrument)?.[1] ?? statement.citation.paragraph;
}

export interface ParagraphGroup {
  paragraph: string;
  rows: CommitmentRow[];
}

// In the order in which the server gives them: that of the paper.
export function byParagraph(rows: readonly CommitmentRow[]): ParagraphGroup[] {
  const groups = new Map<string, ParagraphGroup>();
  for (const row of rows) {
    const paragraph = paragraphOf(row.commitment);
    const group = groups.get(paragraph) ?? { paragraph, rows: [] };
    group.rows.push(row);
    groups.set(paragraph, group);
  }
  return [...groups.values()];
}

// Evidence that says different things about one commitment: both stay in sight.
export function contradictingStatuses(row: CommitmentRow): string[] {
  const said = new Set(row.evidence.map((each) => each.status).filter((status) => status !== 'unstated'));
  return said.size > 1 ? inOrder([...said]) : [];
}

// What is missing: as the server says; else what can be seen in the row itself.
export function missingIn(row: CommitmentRow): string[] {
  if (row.missing) return row.missing;
  return [
    row.evidence.length === 0 ? 'evidence' : '',
    debtorsOf(row.commitment).some((party) => party.entity !== '') ? '' : 'debtor',
    row.commitment.time === '' ? 'deadline' : ''
  ].filter((each) => each !== '');
}

export function paperTotals(papers: readonly Paper[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const paper of papers)
    for (const [status, count] of Object.entries(paper.by_status)) out[status] = (out[status] ?? 0) + count;
  return out;
}
