import { describe, expect, it } from 'vitest';
import {
  byDelegation,
  byStatus,
  cycleStations,
  dayIn,
  inTime,
  late,
  noticesByDay,
  placeOf,
  silenceSince,
  tasksInOrder,
  wayOf
} from './convening';
import { applicationExample, consultationExample, homeExample } from './convening.examples';

const compare = (a: string, b: string) => a.localeCompare(b, 'en');

it('puts the nearest deadline first, then what has none, and what is answered apart', () => {
  const { open, done } = tasksInOrder(homeExample.tasks);
  expect(open.map((task) => task.title)).toEqual(['a', 'b', 'c']);
  expect(done.map((task) => task.title)).toEqual(['d']);
});

it('gathers notices by the day of the delegation’s own calendar, newest first', () => {
  const groups = noticesByDay(homeExample.notices, 'Europe/Vienna');
  // Half past eleven at night in UTC is the next day in Vienna.
  expect(groups.map((group) => [group.day, group.notices.map((notice) => notice.entry)])).toEqual([
    ['2026-11-28', [9, 7, 4]]
  ]);
  expect(noticesByDay(homeExample.notices, 'UTC').map((group) => group.day)).toEqual(['2026-11-28', '2026-11-27']);
  expect(dayIn('2026-11-27T23:30:00Z', 'Europe/Vienna')).toBe('2026-11-28');
  expect(dayIn('2026-11-27T23:30:00Z', 'no zone')).toBe('2026-11-27');
});

it('knows the page of what a task or a notice is about', () => {
  expect(placeOf('consultation', 'PC-2026-0017')).toBe('/consultations/PC-2026-0017');
  expect(placeOf('consultation.objected', 'a/b')).toBe('/consultations/a%2Fb');
  expect(placeOf('factors', 'AP-1')).toBe('/applications/AP-1');
  expect(placeOf('unheard_of', 'x')).toBe('');
  expect(placeOf('meeting', '')).toBe('');
});

it('tells what came late from what broke silence', () => {
  expect(inTime(consultationExample.breaks).map((each) => each.kind)).toEqual(['objection']);
  expect(late(consultationExample.breaks).map((each) => each.kind)).toEqual(['amendment']);
});

it('runs the clock from when the last silence began', () => {
  expect(silenceSince(consultationExample)).toBe('2026-11-27T11:00:00Z');
  expect(silenceSince({ ...consultationExample, history: [] })).toBe('2026-11-26T10:00:00Z');
});

describe('the way of an application', () => {
  const states = (change: Partial<typeof applicationExample>) =>
    wayOf({ ...applicationExample, ...change }).map((station) => station.state);

  it('is drawn by its stage, with the times of its history', () => {
    expect(states({ stage: 'received' })).toEqual(['done', 'now', 'next', 'next', 'next', 'next']);
    expect(states({ stage: 'circulated' })).toEqual(['done', 'done', 'now', 'next', 'next', 'next']);
    expect(states({ stage: 'consultations' })).toEqual(['done', 'done', 'done', 'now', 'next', 'next']);
    expect(states({ stage: 'decision' })).toEqual(['done', 'done', 'done', 'done', 'now', 'next']);
    expect(states({ stage: 'granted' })).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
    expect(wayOf(applicationExample).map((station) => station.at)).toEqual([
      '2026-11-17T10:00:00Z',
      '2026-11-18T10:00:00Z',
      '2026-11-20T10:00:00Z',
      '',
      '',
      ''
    ]);
  });

  it('ends where the case was closed', () => {
    expect(states({ stage: 'refused' })).toEqual(['done', 'done', 'done', 'done', 'done', 'not']);
    expect(states({ stage: 'withdrawn' })).toEqual(['done', 'done', 'done', 'not', 'not', 'not']);
  });
});

it('turns factors with States into States with factors, in the order of names', () => {
  const found = byDelegation(applicationExample.factors, compare);
  expect(found.map(({ delegation, said }) => [delegation.id, said.map(({ factor, at }) => [factor.id, at])])).toEqual([
    [
      'KAZ',
      [
        ['existing_relations', 0],
        ['benefit', 0]
      ]
    ],
    ['CHE', [['existing_relations', 1]]]
  ]);
});

it('gathers States by status, the status with most first', () => {
  const row = (state: string, status: string) => ({
    state: { id: state, name: state },
    status: { id: status, name: status },
    from: '',
    to: null,
    source: '',
    decision: null
  });
  expect(
    byStatus([row('JOR', 'partner'), row('FRA', 'participating'), row('AUT', 'participating')], compare).map(
      (group) => [group.status.id, group.rows.map((each) => each.state.id)]
    )
  ).toEqual([
    ['participating', ['AUT', 'FRA']],
    ['partner', ['JOR']]
  ]);
});

it('tells the sessions of an item: taken up, gone by, the next, those after', () => {
  const session = (number: number, opens: string, decision: string | null = null) => ({
    session: number,
    opens,
    state: decision ? 'taken_up' : 'planned',
    decision
  });
  const found = cycleStations(
    [
      session(83, '2028-09-12'),
      session(71, '2016-09-13', 'A/RES/71/12'),
      session(79, '2024-09-10'),
      session(81, '2026-12-15')
    ],
    '2026-11-28'
  );
  expect(found.map((each) => [each.session.session, each.state])).toEqual([
    [71, 'done'],
    [79, 'not'],
    [81, 'now'],
    [83, 'next']
  ]);
});
