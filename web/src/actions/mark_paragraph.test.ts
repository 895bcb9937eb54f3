import { expect, it } from 'vitest';
import type { Edit, Paragraph } from '$/api/types';
import { editsByParagraph, markParagraph } from './mark_paragraph';

const edit = (raw_bytes: [number, number], kind: Edit['kind'] = 'replace'): Edit => ({
  rule: 'numbers.count',
  grade: 'uncertain',
  kind,
  raw_bytes,
  before: '75',
  after: '57',
  reason: ''
});

const paragraph: Paragraph = {
  id: 'p5',
  number: '',
  kind: 'body',
  section: 0,
  text: 'OSCE 57 States',
  pieces: [
    { range: [0, 5], raw_bytes: [100, 105], verbatim: true },
    { range: [5, 7], raw_bytes: [105, 107], verbatim: false },
    { range: [7, 14], raw_bytes: [107, 114], verbatim: true }
  ],
  mentions: [
    {
      type: 'organization',
      ref: 'acronym',
      entities: ['OSCE'],
      name: 'Organization for Security and Co-operation in Europe',
      value: '',
      unit: '',
      title: '',
      nested: false,
      range: [0, 4],
      raw_bytes: [[100, 104]]
    }
  ],
  statements: []
};

it('cuts at words and marks, and loses no letter', () => {
  const marked = markParagraph(paragraph, [edit([105, 107])], []);
  expect(marked.runs.map((run) => run.text)).toEqual(['OSCE', ' ', '57', ' ', 'States']);
  expect(marked.runs[0]?.mention).toBe('organization');
  expect(marked.runs[2]?.edit?.before).toBe('75');
  expect(marked.runs[4]?.edit).toBeNull();
});

it('gives an edit to the paragraph of its words, a dropped line to the one behind it', () => {
  const before = {
    ...paragraph,
    id: 'p4',
    pieces: [{ range: [0, 14], raw_bytes: [10, 24], verbatim: true }]
  } as Paragraph;
  const inside = edit([105, 107]);
  const dropped = edit([40, 60], 'drop');
  const behindAll = edit([900, 910], 'drop');
  const owners = editsByParagraph([before, paragraph], [inside, dropped, behindAll]);
  expect(owners.get('p5')).toEqual([inside, dropped, behindAll]);
  expect(owners.get('p4')).toBeUndefined();
});

it('shows edits of whole blocks without words of their own', () => {
  const marked = markParagraph(paragraph, [edit([100, 114], 'join')], []);
  expect(marked.findings[0]?.ranges).toEqual([]);
});
