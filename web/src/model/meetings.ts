// Who of the invited has come to a meeting, and where they sit.
import type { Invited, Registered } from '$/api/meetings';

export interface Place {
  delegation: { id: string; name: string };
  status: string; // in the language
  declined: boolean;
  registered: Registered | null;
}

// Every invited delegation with its registration, those that are registered without an invitation after them.
export function placesOf(invited: readonly Invited[], registered: readonly Registered[]): Place[] {
  const coming = new Map(registered.map((each) => [each.delegation.id, each]));
  const places = invited.map((each) => ({
    delegation: each.state,
    status: each.status_name,
    declined: each.declined,
    registered: coming.get(each.state.id) ?? null
  }));
  const asked = new Set(invited.map((each) => each.state.id));
  const others = registered
    .filter((each) => !asked.has(each.delegation.id))
    .map((each) => ({ delegation: each.delegation, status: '', declined: false, registered: each }));
  return [...places, ...others];
}

// How many of those that are registered sit at the main table, and how many behind.
export function seatsOf(registered: readonly Registered[]): { table: number; behind: number } {
  const table = registered.filter((each) => each.at_table).length;
  return { table, behind: registered.length - table };
}

export const meetingTabs = ['agenda', 'speakers', 'delegations', 'journal', 'history'] as const;
export type MeetingTab = (typeof meetingTabs)[number];

// Under which tab an act stands, by the word behind its dot; what is about the meeting as a whole stands above them all.
const places: Record<string, MeetingTab> = {
  agenda_proposed: 'agenda',
  item_added: 'agenda',
  agenda_objected: 'agenda',
  agenda_objection_withdrawn: 'agenda',
  agenda_adopted: 'agenda',
  document_added: 'agenda',
  consultation_tabled: 'agenda',
  decision_adopted: 'journal',
  limit_set: 'speakers',
  invited: 'delegations',
  registered: 'delegations',
  declined: 'delegations'
};
//   example  tabOfAct('meeting.registered') is 'delegations', tabOfAct('meeting.opened') is null
export const tabOfAct = (type: string): MeetingTab | null => places[type.slice(type.indexOf('.') + 1)] ?? null;
