import { describe, expect, it } from 'vitest';
import type { Speaker, SpeakerState } from '$/api/meetings';
import { delegationsOf, keepMark, momentPassed, secondsLeft, secondsSpoken, speakersList } from './speakers';

const speaker = (id: string, state: SpeakerState, more: Partial<Speaker> = {}): Speaker => ({
  id,
  delegation: { id, name: id },
  group: '',
  aligned: [],
  partner: false,
  kind: 'statement',
  state,
  seconds: 0,
  limit_seconds: null,
  ...more
});
const ids = (speakers: readonly Speaker[]) => speakers.map((each) => each.id);

describe('speakersList', () => {
  const list = speakersList([
    speaker('a', 'spoken'),
    speaker('b', 'withdrawn'),
    speaker('c', 'waiting'),
    speaker('d', 'speaking'),
    speaker('e', 'waiting')
  ]);

  it('reads as the meeting goes: who has spoken, who speaks, who waits; the withdrawn are not in it', () => {
    expect(ids(list.all)).toEqual(['a', 'd', 'c', 'e']);
    expect(list.speaking?.id).toBe('d');
    expect(ids(list.waiting)).toEqual(['c', 'e']);
    expect(list.spoken).toBe(1);
  });

  it('gives the floor to whoever raised a point of order, and remembers whom it interrupts', () => {
    const interrupted = speakersList([
      speaker('a', 'speaking'),
      speaker('b', 'waiting'),
      speaker('c', 'speaking', { kind: 'point_of_order' })
    ]);
    expect(interrupted.speaking?.id).toBe('c');
    expect(interrupted.order?.id).toBe('c');
    expect(interrupted.interrupted?.id).toBe('a');
    expect(ids(interrupted.all)).toEqual(['c', 'a', 'b']);
  });

  it('leaves out who was not heard when the meeting closed', () => {
    expect(speakersList([speaker('a', 'unheard')]).all).toEqual([]);
  });
});

describe('the clock of the floor', () => {
  const told = Date.parse('2026-03-26T09:00:00.000Z');
  const now = told + 65_400;
  const speaking = speaker('a', 'speaking', { seconds: 120, limit_seconds: 180 });

  it('counts on from what the server told', () => {
    expect(secondsSpoken(speaking, told, now)).toBe(185);
    expect(secondsLeft(speaking, told, now)).toBe(-5);
  });
  it('does not count backwards where the browser’s clock is set back', () => {
    expect(secondsSpoken(speaking, told, told - 5000)).toBe(120);
  });
  it('keeps what was counted of one who has spoken, and has no rest without a limit', () => {
    expect(secondsSpoken(speaker('a', 'spoken', { seconds: 77 }), told, now)).toBe(77);
    expect(secondsLeft(speaker('a', 'speaking'), told, now)).toBeNull();
  });
});

describe('momentPassed', () => {
  it('speaks once as each moment passes', () => {
    expect(momentPassed(61, 60)).toBe(60);
    expect(momentPassed(60, 59)).toBeNull();
    expect(momentPassed(31, 30)).toBe(30);
    expect(momentPassed(1, 0)).toBe(0);
    expect(momentPassed(0, -1)).toBeNull();
  });
  it('says the last one where several passed between two looks', () => expect(momentPassed(90, -3)).toBe(0));
  it('says nothing without a limit', () => expect(momentPassed(null, null)).toBeNull());
});

describe('keepMark', () => {
  const before = [speaker('a', 'waiting'), speaker('b', 'waiting'), speaker('c', 'waiting')];
  it('stays on the same inscription wherever it went', () => {
    expect(keepMark(before, [before[2], before[1], before[0]] as Speaker[], 'a')).toBe('a');
  });
  it('goes to what took its place, or to the last', () => {
    expect(keepMark(before, [before[0], before[2]] as Speaker[], 'b')).toBe('c');
    expect(keepMark(before, [before[0], before[1]] as Speaker[], 'c')).toBe('b');
    expect(keepMark(before, [], 'c')).toBe('');
  });
});

describe('delegationsOf', () => {
  it('has each once, those that are registered first', () => {
    const state = (id: string) => ({ id, name: id });
    const found = delegationsOf({
      registered: [{ delegation: state('JPN') }],
      invited: [{ state: state('AUT') }, { state: state('JPN') }]
    });
    expect(found.map((each) => each.id)).toEqual(['JPN', 'AUT']);
  });
});
