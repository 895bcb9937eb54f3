// The requests of convening that a delegation's home, consultations, partnership and debates ask. Names are the server's own
// (docs/http-api.md). What a person reads comes in the language that was asked for; texts that delegations wrote come in
// every language that they wrote them in (Words).
import type { Offer, Words } from './acts';
import { address, get, type Query } from './client';
import type { Named, Tlp } from './types';

// What happened, as an entry of the record.
export interface Happened {
  entry: number | null;
  at: string;
  type: string;
  said: string;
  delegation?: Named | string | null;
  by?: string; // as entries write it: account:amina
  by_name?: string;
  text?: string;
}

// One instant by several clocks.
export interface Clock {
  zone: string;
  local: string;
  offset?: string;
}

// ---- A delegation's home

export interface Task {
  kind: string;
  subject: string;
  title: string;
  said: string;
  deadline: string | null;
  deadline_local: Clock | null; // by the clock of the delegation
  deadline_host?: Clock | null; // by the clock by which it was said
  done: boolean;
}
export interface Notice {
  entry: number;
  at: string;
  kind: string; // type of the act
  subject: string;
  title: string;
  said: string;
  deadline: string | null;
}
export interface MeetingShort {
  id: string;
  body: Named | string;
  number: number | string | null;
  title: string;
  begins: string;
  ends: string | null;
  zone: string;
  place: string;
  state: string;
}
// What a status opens, with where that stands.
export interface Opens {
  what: string;
  says: string;
  source: string;
}
export interface Home {
  delegation: Named | null;
  zone: string;
  now: string;
  statuses: (Named & { opens?: Opens[] })[];
  tasks: Task[];
  notices: Notice[];
  meetings: MeetingShort[];
}
export const home = (delegation: string, signal?: AbortSignal) => get<Home>(['home'], { delegation }, signal);

// ---- Consultations

export const consultationStates = [
  'draft',
  'proposed',
  'objected_in_meeting',
  'under_silence',
  'on_hold',
  'broken',
  'adopted',
  'announced',
  'issued',
  'withdrawn',
  'superseded'
] as const;
export type ConsultationState = (typeof consultationStates)[number];

export interface ConsultationShort {
  id: string;
  title: string;
  body: Named | null;
  rule_set: Named;
  state: ConsultationState;
  state_name: string;
  opened_at: string;
  proposed_by: Named | null;
  expires_at: string | null;
  zone: string;
  number: string | null;
}
export interface Version {
  mark: string; // 'Rev.1', 'Corr.1'; empty: the first
  at: string;
  words: Words;
  note?: string;
}
export interface RuleStep {
  id: string;
  says: string;
  quote: string;
  source: string;
  state: 'done' | 'now' | 'next' | 'not';
  at?: string | null;
}
export interface NextStep {
  says: string;
  rule: string | { id: string; quote: string; source: string };
  at: string | null;
}
export type BreakKind = 'objection' | 'amendment' | 'hold' | 'in_meeting';
// Who raised it: alone or with others, each with its own words.
export interface Raised extends Named {
  by?: string; // as entries write it: account:amina
  by_name?: string;
  kind?: BreakKind;
  text?: string;
  withdrawn_at?: string | null;
  until?: string; // of a hold
}
export interface Break {
  delegations: Raised[];
  kind: BreakKind;
  at: string;
  text: string;
  late: boolean;
}
export interface Statement {
  kind: 'interpretative' | 'reservation';
  by: Named[];
  text: string;
  words?: Words;
  attachment: number | null;
  at?: string;
}
export interface Consultation extends ConsultationShort {
  now?: string;
  interim_title?: string | null; // while it is subject to silence
  expires: { utc: string; host: Clock; reader?: Clock } | null;
  entitled: Named[];
  excluded?: Named[];
  may_object: boolean;
  text: { version: string; words: Words };
  versions: Version[];
  steps: RuleStep[];
  next: NextStep[];
  breaks: Break[];
  statements: Statement[];
  series: string;
  journal: string | null;
  embargo_until: string | null; // in words
  superseded_by?: string | null;
  handling?: { tlp: Tlp; statuses: string[]; recipients: string[] };
  case: string | null;
  history: Happened[];
  can: Offer[];
}
export interface Consultations {
  consultations: ConsultationShort[];
  total: number;
  now?: string;
  can?: Offer[];
}
export const consultations = (
  query: Query & { state?: string; body?: string; limit?: number; offset?: number },
  signal?: AbortSignal
) => get<Consultations>(['consultations'], query, signal);
export const consultation = (id: string, signal?: AbortSignal) => get<Consultation>(['consultations', id], {}, signal);
export const paperAddress = (id: string, format: 'html' | 'docx' | 'pdf', language: string) =>
  address(['consultations', id, 'paper'], { format, language });

// ---- Partnership

export const stages = ['received', 'circulated', 'consultations', 'decision', 'granted'] as const;
export type Stage = (typeof stages)[number] | 'refused' | 'withdrawn' | 'revoked' | 'under_review';

export interface Assessment {
  delegation: Named;
  text: Words | string;
  at: string;
  late?: boolean;
  amended?: boolean;
}
export interface Factor {
  id: string;
  name: string;
  quote: string;
  source?: string;
  named_by?: Named | null; // of one that was named in this case
  assessments: Assessment[];
}
export interface ApplicationShort {
  id: string;
  state: Named;
  organization: Named | string;
  status_wanted: Named | string;
  stage: Stage;
  title?: string;
  letter?: Letter | null; // none of a review
  // The status stands in the register, no case granted it, and its revocation may be put to the body.
  review?: { at: string; reason?: Words | string } | null;
}
export interface Letter {
  at?: string;
  dated?: string;
  signed_by?: string;
  document?: string;
  text?: Words | string;
}
export interface Application extends ApplicationShort {
  now?: string;
  zone?: string;
  consulted?: Named[];
  assessments_shown?: boolean; // the applicant is not shown what States say of it
  revoked_at?: string | null;
  circulated?: { at: string; document?: string; before?: string | null } | null;
  factors: Factor[];
  consultations: { held?: string; at?: string; with?: Named[]; said?: Words | string | null }[];
  decision: ConsultationShort | null;
  revocation?: ConsultationShort | null;
  granted_at: string | null;
  closed_at?: string | null;
  closed_for?: Words | string | null;
  opens: Opens[];
  history: Happened[];
  can: Offer[];
}
export interface Applications {
  applications: ApplicationShort[];
  total?: number;
  can?: Offer[];
}
export const applications = (signal?: AbortSignal) => get<Applications>(['applications'], {}, signal);
export const application = (id: string, signal?: AbortSignal) => get<Application>(['applications', id], {}, signal);

// ---- The register of statuses

export interface StandingRow {
  state: Named;
  status: Named;
  from: string;
  to: string | null;
  source: string;
  decision: string | null;
  ended_by?: string | null;
  uncertain?: boolean;
}
export interface Standing {
  organization: Named;
  at: string;
  states: StandingRow[];
  opens: Record<string, Opens[]>;
}
export interface StandingOf {
  state: Named;
  history: (StandingRow & { organization: Named })[];
}
export const standing = (query: Query & { organization?: string; at?: string }, signal?: AbortSignal) =>
  get<Standing>(['standing'], query, signal);
export const standingOf = (state: string, signal?: AbortSignal) => get<StandingOf>(['standing', state], {}, signal);

// ---- Debates

export type DebateState = 'preparing' | 'held' | 'concluded' | 'cancelled';
export interface DebateShort {
  id: string;
  title: string;
  body: Named | string | null;
  state: DebateState;
  begins: string | null;
  zone?: string;
}
export interface Speaker {
  id: string;
  name: string;
  office?: string;
  organization?: Named | string | null;
  role: string; // 'briefer', 'guest', 'regional_member', 'other_state'
  accepts: boolean | null; // null: no answer yet
}
export interface View {
  delegation: Named;
  text: Words | string;
  document?: string;
  at: string;
  late?: boolean;
  amended?: boolean;
}
export interface CycleSession {
  session: number;
  opens: string; // a day
  state: string; // 'taken_up', 'due', …
  decision?: string | null;
  reminders?: { days: number; at: string; sent?: boolean }[];
}
export interface Cycle {
  id: string;
  item: string;
  series: string;
  every: number; // sessions from one to the next
  followed?: boolean;
  source?: string;
  sessions: CycleSession[];
  can?: Offer[];
}
export interface Debate extends DebateShort {
  now?: string;
  notes: { document?: string; text: Words | string; at: string }[];
  speakers: Speaker[];
  question?: Words | string | null;
  views_before: string | null;
  asked?: Named[];
  views_shown?: boolean;
  views: View[];
  outcome?: Words | string | null;
  symbol?: string | null;
  decision?: string | null;
  cycle: Cycle | null;
  history: Happened[];
  can: Offer[];
}
export interface Debates {
  debates: DebateShort[];
  cycles?: Cycle[];
  total?: number;
  can?: Offer[];
}
export const debates = (signal?: AbortSignal) => get<Debates>(['debates'], {}, signal);
export const debate = (id: string, signal?: AbortSignal) => get<Debate>(['debates', id], {}, signal);
