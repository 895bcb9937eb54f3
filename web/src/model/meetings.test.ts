import { describe, expect, it } from 'vitest';
import type { Invited } from '$/api/meetings';
import { placesOf, seatsOf, tabOfAct } from './meetings';

const state = (id: string) => ({ id, name: `name of ${id}` });
const came = (id: string, seat: string, at_table = true) => ({
  delegation: state(id),
  seat,
  seat_name: `seat ${seat}`,
  at_table,
  names: []
});
const invited = (id: string, status_name: string, declined = false): Invited => ({
  state: state(id),
  status: 'OSCE/participating_state',
  status_name,
  decision: '',
  member: true,
  at_table: true,
  declined
});

describe('placesOf', () => {
  it('joins invitations with registrations and keeps who came without one', () => {
    const places = placesOf(
      [invited('AUT', 'participating State'), invited('JPN', 'Partner', true)],
      [came('AUT', '1'), came('KWT', '60')]
    );
    expect(
      places.map((each) => [each.delegation.id, each.status, each.declined, each.registered?.seat ?? null])
    ).toEqual([
      ['AUT', 'participating State', false, '1'],
      ['JPN', 'Partner', true, null],
      ['KWT', '', false, '60']
    ]);
  });
});

describe('seatsOf', () => {
  it('counts who sits where', () => {
    expect(seatsOf([came('A', '1'), came('B', '2', false), came('C', '3')])).toEqual({ table: 2, behind: 1 });
  });
});

describe('tabOfAct', () => {
  it('puts what is about a part under its tab, and what is about the meeting above them all', () => {
    expect(['meeting.registered', 'meeting.agenda_adopted', 'meeting.limit_set'].map(tabOfAct)).toEqual([
      'delegations',
      'agenda',
      'speakers'
    ]);
    expect(['meeting.opened', 'meeting.moved', 'meeting.something_new'].map(tabOfAct)).toEqual([null, null, null]);
  });
});
