// The queue of review as data: deciding, taking back, refusals, counts; the form of a correction; dates as they are typed.
import { describe, expect, it } from 'vitest';
import type { Statement } from '$/api/types';
import type { StatementInContext } from '$/api/work_types';
import { decide } from './decide';
import { keepAgain } from './keep_again';
import { move, moveTo } from './move';
import { sendAgain } from './send_again';
import { settle } from './settle';
import { takeBack } from './take_back';
import { takePage } from './take_page';
import { strengthOf } from '$/model/agreement';
import { correctionOf, draftOf, faultsOf } from '$/model/correction';
import { isEdtf } from '$/model/edtf_form';
import {
  asDecided,
  current,
  decisionOn,
  isSending,
  needsMore,
  newSitting,
  refused,
  remaining,
  seqOf,
  tally,
  type Sitting
} from '$/model/sitting';

const statement = (seq: number): Statement => ({
  statement: seq,
  type: 'cooperation',
  parties: [
    { role: 'actor', entity: 'UN', name: 'United Nations', found_by: 'name' },
    { role: 'counterpart', entity: 'OSCE', name: 'OSCE', found_by: 'context' }
  ],
  themes: ['mediation'],
  topic: 'mediation',
  places: [{ entity: 'XKX', name: 'Kosovo' }],
  time: '1993/..',
  modality: 'asserted',
  negated: false,
  status: 'unstated',
  instrument: '',
  value: '',
  unit: '',
  confidence: 'B',
  rule: 'works with',
  review: { state: 'proposed', by: '', at: '' },
  citation: { document: 'd', name: 'd', symbol: '', date: '', paragraph: '1', raw_bytes: [], words: '' }
});
const item = (seq: number): StatementInContext => ({
  statement: statement(seq),
  context: { before: '', text: '', after: '', range: [0, 0] },
  reviews: [],
  agreement: { confirmed: 0, corrected: 0, rejected: 0, unanimous: true },
  contradicted_by: [],
  suggestions: { parties: [], themes: [], places: [] }
});
const sitting = (count = 3, behind = 4): Sitting =>
  takePage(newSitting(), { items: Array.from({ length: count }, (_, at) => item(at + 1)), remaining: behind });
const confirm = { action: 'confirm', note: '' } as const;
const skip = { action: 'skip', note: '' } as const;
const inSight = (of: Sitting) => {
  const at = current(of);
  return at ? seqOf(at) : null;
};

describe('a sitting', () => {
  it('counts what is left, the one in sight among them', () => {
    expect(remaining(newSitting())).toBeNull();
    expect(remaining(sitting())).toBe(7);
    expect(remaining(decide(sitting(), confirm))).toBe(6);
    expect(remaining(takeBack(decide(sitting(), confirm)))).toBe(6);
  });

  it('shows the next statement at once, and the decision as on its way', () => {
    const after = decide(sitting(), confirm);
    expect(inSight(after)).toBe(2);
    expect(decisionOn(after, 1)).toMatchObject({ action: 'confirm', state: 'sending' });
    expect(isSending(after)).toBe(true);
    expect(isSending(settle(after, 0, { state: 'kept' }))).toBe(false);
  });

  it('ends behind the last', () => {
    const end = [1, 2, 3].reduce((of) => decide(of, confirm), sitting(3, 0));
    expect(inSight(end)).toBeNull();
    expect(remaining(end)).toBe(0);
    expect(decide(end, confirm)).toBe(end);
  });

  it('passes over what was decided when it goes on from an earlier one', () => {
    const two = decide(decide(sitting(), confirm), confirm);
    const back = move(move(two, -1), -1);
    expect(inSight(back)).toBe(1);
    expect(inSight(decide(back, { action: 'reject', note: 'no' }))).toBe(3);
    expect(decisionOn(decide(back, { action: 'reject', note: 'no' }), 1)?.action).toBe('reject');
  });

  it('takes back the latest decision and shows its statement again', () => {
    const back = takeBack(decide(decide(sitting(), confirm), { action: 'reject', note: 'why' }));
    expect(inSight(back)).toBe(2);
    expect(decisionOn(back, 2)?.state).toBe('withdrawing');
    const done = settle(back, 1, { state: 'withdrawn' });
    expect(decisionOn(done, 2)).toBeNull();
    expect(inSight(takeBack(done))).toBe(1);
    expect(takeBack(settle(takeBack(done), 0, { state: 'withdrawn' })).decisions).toHaveLength(2);
  });

  it('puts a new decision in the place of the one before, so that taking back goes one statement back', () => {
    const skipped = decide(decide(sitting(), confirm), skip);
    const again = decide(moveTo(skipped, 2), skip);
    expect(again.decisions).toHaveLength(2);
    expect(inSight(takeBack(again))).toBe(2);
    expect(inSight(takeBack(takeBack(again)))).toBe(1);
    // The answer to the first of two decisions does not settle the second.
    const twice = decide(moveTo(decide(sitting(), confirm), 1), { action: 'reject', note: '' });
    expect(decisionOn(settle(twice, 0, { state: 'kept' }), 1)).toMatchObject({ action: 'reject', state: 'sending' });
  });

  it('takes back a skip without asking anybody', () => {
    const back = takeBack(decide(sitting(), skip));
    expect(decisionOn(back, 1)).toBeNull();
    expect(isSending(back)).toBe(false);
  });

  it('keeps a decision that the server would not withdraw', () => {
    const kept = settle(decide(sitting(), confirm), 0, { state: 'kept' });
    expect(decisionOn(keepAgain(takeBack(kept), 0), 1)).toMatchObject({ action: 'confirm', state: 'kept' });
  });

  it('says what the server refused, until it is sent again or decided anew', () => {
    const error = new Error('no');
    const no = settle(decide(sitting(), confirm), 0, { state: 'refused', error });
    expect(refused(no)).toMatchObject([{ statement: 1, error }]);
    expect(remaining(moveTo(no, 1))).toBe(7);
    expect(tally(no).confirm).toBe(0);
    const again = sendAgain(no, 1);
    expect(refused(again)).toEqual([]);
    expect(decisionOn(again, 1)?.state).toBe('sending');
    expect(refused(decide(moveTo(no, 1), { action: 'reject', note: '' }))).toEqual([]);
  });

  it('lets an answer that comes late change nothing else', () => {
    const one = decide(sitting(), confirm);
    expect(settle(one, 1, { state: 'kept' })).toEqual(one);
    const back = takeBack(one);
    expect(decisionOn(settle(back, 0, { state: 'kept' }), 1)?.state).toBe('withdrawing');
  });

  it('counts each statement once', () => {
    const two = decide(decide(sitting(), confirm), skip);
    const again = decide(moveTo(two, 1), { action: 'correct', note: '', correction: { time: '1994' } });
    expect(tally(again)).toEqual({ confirm: 0, correct: 1, reject: 0, skip: 1 });
  });

  it('asks for more before it is at the end, and not when there is no more', () => {
    expect(needsMore(sitting(20))).toBe(false);
    expect(needsMore(move(sitting(20), 12))).toBe(true);
    expect(needsMore(sitting(3, 0))).toBe(false);
    expect(needsMore(newSitting())).toBe(true);
    // A server that sends the same page again and again does not keep the page asking.
    expect(needsMore(takePage(sitting(), { items: [item(1)], remaining: 9 }))).toBe(false);
  });

  it('shows a statement as it was decided before the server says so', () => {
    const after = decide(sitting(), confirm);
    expect(asDecided(statement(1), decisionOn(after, 1)).review.state).toBe('confirmed');
    expect(asDecided(statement(1), null).review.state).toBe('proposed');
  });
});

describe('a correction', () => {
  it('holds what was changed and nothing else', () => {
    const before = statement(1);
    expect(correctionOf(before, draftOf(before))).toBeNull();
    const draft = { ...draftOf(before), time: '1994', note: 'why' };
    expect(correctionOf(before, draft)).toEqual({ time: '1994' });
    const placed = { ...draftOf(before), places: [{ id: 'ALB', name: 'Albania' }] };
    expect(correctionOf(before, placed)).toEqual({ places: ['ALB'], place_names: ['Albania'] });
    const parties = { ...draftOf(before), parties: draftOf(before).parties.slice(0, 1) };
    expect(correctionOf(before, parties)?.parties).toHaveLength(1);
    expect(correctionOf(before, { ...draftOf(before), themes: [] })).toEqual({ themes: [] });
    expect(correctionOf(before, { ...draftOf(before), negated: true, type: 'lead' })).toEqual({
      negated: true,
      type: 'lead'
    });
  });

  it('calls themes by their names without taking that for a change', () => {
    const before = statement(1);
    expect(correctionOf(before, draftOf(before, new Map([['mediation', 'الوساطة']])))).toBeNull();
  });

  it('is faulty with a wrong date, a party without a name, a value that is no number', () => {
    const draft = draftOf(statement(1));
    expect(faultsOf(draft)).toEqual([]);
    expect(faultsOf({ ...draft, time: 'yesterday', value: '12 or so' })).toEqual(['time', 'value']);
    expect(faultsOf({ ...draft, parties: [{ role: 'actor', entity: '', name: ' ', found_by: 'name' }] })).toEqual([
      'parties'
    ]);
  });
});

describe('a date as it is typed', () => {
  it.each([
    '2018',
    '2018-11',
    '2018-11-29',
    '2018-05-05/2018-05-06',
    '199X',
    '19XX',
    '1990~/1993~',
    '2004?',
    '1993/..',
    '../2010',
    '2019-22',
    'XXXX-10-28',
    '2000-02-29'
  ])('%s is one', (text) => expect(isEdtf(text)).toBe(true));
  it.each([
    '',
    '18',
    '2018-13',
    '2018-11-31',
    '2001-02-29',
    '../..',
    '2018/2019/2020',
    '29 Nov 2018',
    'XXXX',
    '199X-05'
  ])('%s is none', (text) => expect(isEdtf(text)).toBe(false));
});

it('puts kappa into words', () => {
  expect([-0.1, 0, 0.2, 0.41, 0.8, 0.81, 1].map(strengthOf)).toEqual([
    'none',
    'slight',
    'slight',
    'moderate',
    'substantial',
    'almostPerfect',
    'almostPerfect'
  ]);
});
