// The requests of bodies, meetings and their calendar. One line each, with the types of their answers. Names are the
// server's own (docs/http-api.md). Instants are RFC 3339 in UTC; `zone` says where a meeting's clock hangs.
import type { Offer } from './acts';
import type { Happened } from './convening';
import { address, get, type Query } from './client';
import type { Handling, Named } from './types';

// What every detailed view carries: what the asker may do now.
export interface Acting {
  can: Offer[];
}

export const meetingStates = ['planned', 'invited', 'open', 'suspended', 'closed', 'cancelled'] as const;
export type MeetingState = (typeof meetingStates)[number];

export interface MeetingRow {
  id: string;
  body: Named;
  number: number | null;
  title: string;
  begins: string;
  ends: string;
  zone: string;
  place: string;
  state: MeetingState;
  state_name?: string;
  sequence: number; // rises with every move, as iCalendar counts
}

// A meeting that the rules of a body propose (every Thursday at ten), and the one that was planned for it.
export interface Proposal {
  rule: string;
  body: Named;
  number: number;
  title: string;
  begins: string;
  ends: string;
  begins_local: string; // by the clock of `zone`: "2026-03-26T10:00"
  ends_local?: string;
  zone: string;
  place: string;
  meeting: string | null;
}

export interface MeetingList extends Partial<Acting> {
  meetings: MeetingRow[];
}

export interface AgendaDocument {
  symbol: string;
  title: string;
  handling: Handling;
  restricted: boolean; // the mark OSCE+ behind the symbol
  url: string; // empty if its text is not in the record
  delegation?: Named;
}

export interface AgendaItem {
  number: string;
  title: string;
  documents: AgendaDocument[];
  consultations: string[];
  state: 'ahead' | 'now' | 'done';
  list_closed?: boolean;
  state_name?: string;
}

export interface Invited {
  state: Named;
  status: string; // empty: by a decision
  status_name: string;
  decision: string;
  member: boolean; // takes part in decisions
  at_table: boolean; // sits at the main table
  declined: boolean;
}

export interface Registered {
  delegation: Named;
  seat: string; // its number along the table
  seat_name: string;
  at_table: boolean;
  names: string[];
}

export type SpeakerKind = 'statement' | 'right_of_reply' | 'point_of_order';
export type SpeakerState = 'waiting' | 'speaking' | 'spoken' | 'withdrawn' | 'unheard';

export interface Speaker {
  id: string;
  delegation: Named;
  group: string; // "European Union"; empty if for itself
  aligned: Named[];
  kind: SpeakerKind;
  state: SpeakerState;
  partner: boolean; // sits and speaks, never blocks
  seconds: number; // spoken so far, when this was asked; an interrupted one stands still
  limit_seconds: number | null;
  symbol?: string; // of its text
  restricted?: boolean;
  text?: string; // of a point of order
  ruling?: string; // of the Chair on it
}

export interface MeetingTime {
  kind: 'opened' | 'suspended' | 'resumed' | 'closed';
  at: string;
}

export interface MeetingDecision {
  number: string;
  title: string;
  consultation: string;
  at: string | null;
}

export interface Presiding {
  id: string; // of the State
  name: string; // of the person
  state: Named | null;
  from: string;
}

export interface AgendaObjection {
  delegation: Named;
  text: string;
  at: string;
}

export interface Meeting extends MeetingRow, Acting {
  agenda: AgendaItem[];
  agenda_adopted: boolean;
  agenda_objections: AgendaObjection[]; // that stand against it
  documents: AgendaDocument[]; // of no item
  invited: Invited[];
  registered: Registered[];
  speakers: Record<string, Speaker[]>; // by the number of the item, in the order in which they speak
  times: MeetingTime[];
  chairs: Presiding[];
  chaired_by: Chair[]; // the States whose turn it is
  decisions: MeetingDecision[];
  journal: boolean;
  next_meeting: MeetingRow | null;
  next_said: string;
  reason: string; // why it was moved or cancelled
  history: Happened[];
}

export interface Chair {
  state: Named;
  from: string;
  to: string | null; // the first day on which it no longer chairs
  rule: string;
  expected: boolean; // by rotation; no table names it yet
  source: string;
}

export interface BodyRow {
  id: string;
  name: string;
  kind: string;
  kind_name?: string;
  rule_set: Named | null; // none: it takes no decisions
  organization: Named;
  zone: string;
  chair: Chair | null;
  meets: { says: string; rule: string };
}

export interface Body extends BodyRow, Partial<Acting> {
  chairs: Chair[];
  troika: { role: 'outgoing' | 'holder' | 'incoming'; state: Named; from: string; to: string | null }[];
  members_status: Named;
  invited: Named[];
  languages: string[]; // codes
  source: string;
}

export const meetings = {
  list: (query: Query, signal?: AbortSignal) => get<MeetingList>(['meetings'], query, signal),
  one: (id: string, signal?: AbortSignal) => get<Meeting>(['meetings', id], {}, signal),
  journal: (id: string, format: 'html' | 'docx' | 'pdf', language: string) =>
    address(['meetings', id, 'journal'], { format, language }),
  proposals: (query: { year: number; body?: string }, signal?: AbortSignal) =>
    get<{ year: number; proposals: Proposal[] }>(['calendar'], query, signal),
  calendarAddress: (signal?: AbortSignal) => get<{ address: string }>(['calendar', 'address'], {}, signal)
};

export const bodies = {
  list: (signal?: AbortSignal) => get<{ bodies: BodyRow[] }>(['bodies'], {}, signal),
  one: (id: string, year: number, signal?: AbortSignal) => get<Body>(['bodies', id], { year }, signal)
};
