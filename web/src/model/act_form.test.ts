import { describe, expect, it } from 'vitest';
import type { ActField, FieldKind } from '$/api/acts';
import { comesOnPaper, emptyValues, isFinal, minorOf, offered, readForm } from './act_form';

const field = (name: string, kind: FieldKind, required = false): ActField => ({ name, kind, label: name, required });

describe('readForm', () => {
  it('names what is missing and sends nothing of it', () => {
    const fields = [field('title', 'words', true), field('text', 'text', true), field('late', 'flag')];
    expect(readForm(fields, emptyValues(fields, 'UTC'))).toEqual({
      fields: {},
      errors: { title: 'act.wordsMissing', text: 'act.missing' }
    });
  });

  it('sends each kind as the server takes it, and leaves out what is empty', () => {
    const fields = [
      field('title', 'words', true),
      field('until', 'deadline', true),
      field('with', 'states'),
      field('public', 'flag'),
      field('seats', 'number'),
      field('amount', 'money'),
      field('day', 'day'),
      field('note', 'text')
    ];
    const values = emptyValues(fields, 'Europe/Vienna');
    const at = (name: string) => values[name] as NonNullable<(typeof values)[string]>;
    at('title').words = { ar: ' قرار ', en: '', ru: '' };
    at('until').text = '2026-12-03T12:00';
    at('with').states = ['KAZ', 'UZB'];
    at('public').flag = true;
    at('seats').text = '١٢';
    at('amount').text = '1 234,5';
    at('day').text = '2026-12-03';
    expect(readForm(fields, values)).toEqual({
      errors: {},
      fields: {
        title: { ar: 'قرار' },
        until: { local: '2026-12-03T12:00', zone: 'Europe/Vienna' },
        with: ['KAZ', 'UZB'],
        public: true,
        seats: 12,
        amount: { minor: 123450, currency: 'EUR' },
        day: '2026-12-03'
      }
    });
  });

  it('chooses what is the only choice, and nothing else', () => {
    const one = { ...field('kind', 'choice', true), choices: [{ id: 'objection', name: 'objection' }] };
    const two = { ...field('other', 'choice', true), choices: ['a', 'b'] };
    expect(readForm([one, two], emptyValues([one, two], 'UTC'))).toEqual({
      fields: { kind: 'objection' },
      errors: { other: 'act.missing' }
    });
  });

  it('guesses no time that is never, nor which of two is meant', () => {
    const fields = [field('until', 'deadline', true)];
    const values = emptyValues(fields, 'Europe/Vienna');
    const until = values.until as NonNullable<(typeof values)[string]>;
    until.text = '2026-03-29T02:30';
    expect(readForm(fields, values).errors).toEqual({ until: 'act.timeNever' });
    until.text = '2026-10-25T02:30';
    expect(readForm(fields, values).errors).toEqual({ until: 'act.timeTwice' });
    until.offset = '+01:00';
    expect(readForm(fields, values).fields).toEqual({
      until: { local: '2026-10-25T02:30', zone: 'Europe/Vienna', offset: '+01:00' }
    });
  });
});

describe('minorOf', () => {
  it('reads amounts as people write them', () => {
    expect(minorOf('123.45', 'EUR')).toBe(12345);
    expect(minorOf('١٢٣٫٤', 'EUR')).toBe(12340);
    expect(minorOf('5000', 'JPY')).toBe(5000);
    expect(minorOf('1.234', 'KWD')).toBe(1234);
  });
  it('refuses what is no amount of the currency', () => {
    for (const [text, currency] of [
      ['', 'EUR'],
      ['1.234', 'EUR'],
      ['-5', 'EUR'],
      ['1.5', 'JPY'],
      ['5', 'NOPE']
    ])
      expect(minorOf(text as string, currency as string), text).toBeNull();
  });
});

it('asks once more for what nothing takes back', () => {
  expect(isFinal('consultation.objected')).toBe(true);
  expect(isFinal('consultation.issued')).toBe(true);
  expect(isFinal('debate.view_given')).toBe(false);
});

it('finds what the asker may do', () => {
  const can = [{ type: 'consultation.objected', says: 'Object', fields: [] }];
  expect(offered(can, 'consultation.objected')?.says).toBe('Object');
  expect(offered(can, 'consultation.adopted')).toBeUndefined();
  expect(offered(undefined, 'x')).toBeUndefined();
});

it('sends an instant as RFC 3339, and asks which where a time comes twice', () => {
  const fields = [field('enters', 'instant', true)];
  const values = emptyValues(fields, 'Europe/Vienna');
  const enters = values.enters;
  if (!enters) throw new Error('no value for the field');
  enters.text = '2026-06-09T10:00';
  expect(readForm(fields, values).fields).toEqual({ enters: '2026-06-09T08:00:00.000Z' });
  enters.text = '2026-10-25T02:30';
  expect(readForm(fields, values).errors).toEqual({ enters: 'act.timeTwice' });
  enters.offset = '+01:00';
  expect(readForm(fields, values).fields).toEqual({ enters: '2026-10-25T01:30:00.000Z' });
});

it('lets the secretariat enter for a delegation what delegations do, and nothing else', () => {
  const offer = (type: string) => ({ type, says: '', fields: [] });
  expect(comesOnPaper(offer('consultation.objected'))).toBe(true);
  expect(comesOnPaper(offer('consultation.issued'))).toBe(false);
  expect(comesOnPaper({ ...offer('consultation.objected'), capacity: 'delegation' })).toBe(false);
  expect(comesOnPaper({ ...offer('consultation.objected'), delegation: 'KAZ' })).toBe(false);
});
