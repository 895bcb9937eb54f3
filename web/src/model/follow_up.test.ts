// What became of commitments: never more than the texts say.
import { describe, expect, it } from 'vitest';
import type { CommitmentRow } from '$/api/activity';
import type { Party, Statement } from '$/api/types';
import { csv, csvCell } from './csv';
import { sourcesOf } from './dossier';
import {
  byParagraph,
  contradictingStatuses,
  debtors,
  inOrder,
  missingIn,
  narrowed,
  paragraphOf,
  partsOf,
  statusCounts,
  toneOf
} from './follow_up';

let next = 1;
function statement(change: Partial<Statement> = {}): Statement {
  return {
    statement: next++,
    type: 'commitment',
    parties: [],
    themes: [],
    topic: '',
    places: [],
    time: '',
    modality: 'asserted',
    negated: false,
    status: 'unstated',
    instrument: '',
    value: '',
    unit: '',
    confidence: 'A',
    rule: '',
    review: { state: 'proposed', by: '', at: '' },
    citation: { document: 'd', name: 'paper.txt', symbol: '', date: '', paragraph: '4', raw_bytes: [], words: '' },
    ...change
  };
}
const party = (role: Party['role'], entity: string, name = entity): Party => ({ role, entity, name, found_by: 'name' });
const row = (
  status: string,
  commitment: Partial<Statement> = {},
  evidence: Partial<Statement>[] = []
): CommitmentRow => ({
  status,
  commitment: statement(commitment),
  evidence: evidence.map(statement)
});

describe('statuses', () => {
  it('stand from done to not stated; an unknown one before what is still open', () => {
    expect(inOrder(['unstated', 'pending', 'done', 'ongoing'])).toEqual(['done', 'ongoing', 'pending', 'unstated']);
    expect(inOrder(['unstated', 'postponed', 'done'])).toEqual(['done', 'postponed', 'unstated']);
  });

  it('never show what is not stated as done or as open', () => {
    expect(toneOf('unstated')).toBe('unstated');
    const parts = partsOf({ unstated: 3, done: 1 });
    expect(parts.map((part) => [part.status, part.size])).toEqual([
      ['done', 0.25],
      ['unstated', 0.75]
    ]);
    expect(partsOf({})).toEqual([]);
  });

  it('are counted', () => {
    expect(statusCounts([row('done'), row('unstated'), row('done')])).toEqual({ done: 2, unstated: 1 });
  });
});

describe('debtors', () => {
  const rows = [
    row('done', { parties: [party('actor', 'OIC'), party('actor', 'OIC'), party('addressee', 'UN')] }),
    row('pending', { parties: [party('actor', '', 'the mediators')] }),
    row('unstated', { parties: [party('actor', 'OIC')] })
  ];

  it('are those who act, once for each commitment', () => {
    expect(debtors(rows)).toEqual([
      { id: 'OIC', name: 'OIC', commitments: 2 },
      { id: 'the mediators', name: 'the mediators', commitments: 1 }
    ]);
  });

  it('narrow the rows, with a status or without', () => {
    expect(narrowed(rows, { debtor: 'OIC', status: '' })).toHaveLength(2);
    expect(narrowed(rows, { debtor: 'OIC', status: 'done' })).toHaveLength(1);
    expect(narrowed(rows, { debtor: 'the mediators', status: '' })).toHaveLength(1);
    expect(narrowed(rows, { debtor: '', status: '' })).toHaveLength(3);
  });
});

describe('paragraphs', () => {
  it('are those of the paper that obliges, which the statement names', () => {
    expect(paragraphOf(statement({ instrument: 'OIC resolution 53/45-POL, paragraph 7' }))).toBe('7');
    expect(paragraphOf(statement({ instrument: 'OIC resolution 53/45-POL' }))).toBe('4');
  });

  it('keep the order of the paper', () => {
    const groups = byParagraph([
      row('done', { instrument: 'X, paragraph 7' }),
      row('done', { instrument: 'X, paragraph 4' }),
      row('done', { instrument: 'X, paragraph 7' })
    ]);
    expect(groups.map((group) => [group.paragraph, group.rows.length])).toEqual([
      ['7', 2],
      ['4', 1]
    ]);
  });
});

describe('what is wrong or missing', () => {
  it('contradicting evidence is named, silence contradicts nothing', () => {
    expect(contradictingStatuses(row('done', {}, [{ status: 'pending' }, { status: 'done' }]))).toEqual([
      'done',
      'pending'
    ]);
    expect(contradictingStatuses(row('done', {}, [{ status: 'unstated' }, { status: 'done' }]))).toEqual([]);
  });

  it('is what the server says, else what the row shows', () => {
    expect(missingIn({ ...row('done'), missing: ['deadline'] })).toEqual(['deadline']);
    expect(missingIn(row('unstated'))).toEqual(['evidence', 'debtor', 'deadline']);
    expect(missingIn(row('done', { time: '2018', parties: [party('actor', 'OIC')] }, [{}]))).toEqual([]);
  });
});

describe('csv', () => {
  it('quotes what must be quoted', () => {
    expect(
      csv([
        ['a', 'b,c'],
        ['say "yes"', 'two\nlines']
      ])
    ).toBe('\ufeffa,"b,c"\r\n"say ""yes""","two\nlines"\r\n');
  });

  it('is never read as a formula', () => {
    for (const value of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])
      expect(csvCell(value).replace(/^"/, '')).toMatch(/^'/);
    expect(csvCell('١٩٩٩')).toBe('١٩٩٩');
  });
});

describe('sourcesOf', () => {
  it('numbers each paragraph once, in the order of first use', () => {
    const at = (paragraph: string) => statement({ citation: { ...statement().citation, paragraph } });
    const all = [at('4'), at('7'), at('4')];
    const sources = sourcesOf(all);
    expect(sources.list.map((each) => [each.number, each.citation.paragraph])).toEqual([
      [1, '4'],
      [2, '7']
    ]);
    expect(all.map((each) => sources.numberOf(each.citation))).toEqual([1, 2, 1]);
  });
});
