// The requests of the Partnership Fund, of calls (sponsorship, placements, secondments) and of the yearly exchanges. One line
// each, with the types of their answers. Names are the server's own (docs/http-api.md).
import type { Happened } from './convening';
import type { Acting } from './meetings';
import { address, get, type Query } from './client';
import type { Named } from './types';

// An amount in the smallest unit of its currency.
export interface Money {
  minor: number;
  currency: string;
  text: string; // "123.45 EUR"
}

export interface CurrencySums {
  code: string;
  pledged: Money;
  received: Money;
  allotted: Money;
  spent: Money;
  balance: Money;
}

export interface FundAccount {
  id: string;
  name: string;
  balances: Money[];
}

export interface ProjectRow {
  id: string;
  title: string;
  theme: Named | null;
  themes: Named[];
  beneficiaries: Named[];
  state: 'open' | 'closed';
  state_name: string;
  budget: Money;
  allotted: Money;
  spent: Money;
  budgets: Money[]; // in every currency
  allotted_in: Money[];
  spent_in: Money[];
  implementer: Named | null;
  from: string; // days
  to: string;
}

export interface Pledge {
  id: string;
  contributor: Named;
  at: string;
  pledged: Money;
  outstanding: Money;
  received: Money[];
  note: string;
}

export interface Rate {
  currency: string;
  rate: string; // units of it for one unit of `per`
  per: string;
  from: string;
  to: string;
  source: string;
  entry: number;
}

// Without a fund its id is empty.
export interface FundBook extends Acting {
  fund: Named;
  currencies: CurrencySums[];
  accounts: FundAccount[];
  pledges: Pledge[];
  projects: ProjectRow[];
  rates: Rate[];
  balanced: boolean;
}

export interface Posting {
  at: string;
  kind: string;
  said: string;
  amount: Money;
  entry: number;
}

export interface Project extends ProjectRow, Acting {
  summary: string;
  report: string;
  activities: { title: string; from: string | null; to: string | null; place: string }[];
  participants: { delegation: Named; names: string[]; call: string }[];
  postings: Posting[];
  history: Happened[];
}

export const fund = {
  book: (signal?: AbortSignal) => get<FundBook>(['fund'], {}, signal),
  project: (id: string, signal?: AbortSignal) => get<Project>(['fund', 'projects', id], {}, signal),
  sheet: (id: string, language: string) => address(['fund', 'projects', id, 'sheet'], { language }),
  iati: () => address(['fund', 'iati.xml']),
  table: (format: 'csv' | 'xlsx', language: string) => address(['fund', 'export'], { format, language })
};

export const callKinds = ['sponsorship', 'placement', 'field_secondment', 'election_secondment'] as const;
export type CallKind = (typeof callKinds)[number];

export interface CallRow {
  id: string;
  kind: CallKind;
  kind_name: string;
  title: string;
  opens: string;
  closes: string;
  places: number; // 0: no limit, for a roster alone
  taken: number;
  state: string;
  state_name: string;
  place: string; // a mission, a meeting, a section
  nominated: number;
}

export interface Deployment {
  from: string;
  to: string;
  place: string;
  duty: string;
  returned: string | null;
}

export interface Nomination {
  id: string; // "CALL-2026-001/3"
  delegation: Named;
  person: string;
  function: string;
  at: string;
  state: string;
  state_name: string;
  // How the nominee meets each criterion, and why it was decided so under it.
  criteria: { id: string; name: string; said: string; reason: string }[];
  deployments: Deployment[];
}

export interface Call extends CallRow, Acting {
  description: string;
  organization: Named | null;
  project: string | null;
  roster_until: string | null;
  from: string | null;
  to: string | null;
  criteria: { id: string; name: string }[];
  documents: string[];
  eligible_statuses: Named[];
  eligible_states: Named[];
  nominations: Nomination[]; // the asker's own; all of them for the secretariat
  selected: { delegation: Named; person: string; reason: string; from?: string; to?: string; place?: string }[];
  reports: { delegation: Named; at: string; kind: string; text: string }[];
  history: Happened[];
}

export interface RosterLine {
  call: string;
  nomination: string;
  delegation: Named;
  person: string;
  deployed: boolean; // today
  until: string;
}

export const calls = {
  list: (query: Query, signal?: AbortSignal) => get<{ calls: CallRow[] } & Partial<Acting>>(['calls'], query, signal),
  one: (id: string, signal?: AbortSignal) => get<Call>(['calls', id], {}, signal),
  roster: (kind: CallKind, signal?: AbortSignal) => get<{ roster: RosterLine[] }>(['rosters'], { kind }, signal)
};

export const sendingStates = ['on_time', 'notified_late', 'missing', 'corrected', 'due'] as const;
export type Sending = (typeof sendingStates)[number];

export interface ExchangeRow {
  state: Named;
  sent_at: string | null;
  status: Sending;
  state_name: string;
  obliged: boolean; // else it takes part of its own will
  nil: boolean; // it reported that there is nothing
  corrections: number;
  document: string | null;
  symbol?: string;
  due?: string | null; // where each State has its own last day
  delay?: { at: string; reason: string; expected: string | null };
  versions?: {
    number: number;
    corrects: number | null;
    kind: string;
    at: string;
    entry: number;
    shown: boolean;
    symbol?: string;
    document?: string | null;
    note?: string;
  }[];
}

export interface Rule {
  id: string;
  quote: string;
  source: string;
}

export interface Reminder {
  at: string;
  said: string;
  states: Named[];
}

export interface Exchange extends Acting {
  id: string;
  subject: string; // "aemi-2026"
  year: number;
  name: string;
  rule: Rule;
  due: string | null; // null: each State has its own
  due_local: { zone: string; local: string } | null;
  rows: ExchangeRow[];
  reminders: Reminder[];
}

export interface WholeExchange extends Exchange {
  clarifications: {
    number: number;
    asked_by: Named;
    of: Named;
    at: string;
    question: string;
    answered_at: string | null;
    answer: string;
  }[];
  history: Happened[];
}

export interface Quota {
  state: Named;
  kind: string;
  kind_name: string;
  quota: number | null; // null: it is not known before the State has reported
  used: number;
  same_state: number | null; // of it, at most for one State
  units: number | null; // from which it follows
  reported_year: number | null;
  rule: (Rule & { says: string }) | null;
}

export interface VisitRow {
  id: string;
  kind: string;
  kind_name: string;
  by: Named;
  to: Named;
  host: Named;
  unit: string;
  at: string;
  enters: string;
  state: string;
  state_name: string;
  reply_due: string | null;
}

export interface Visit extends VisitRow, Acting {
  hours: number;
  purpose: string;
  refusal?: { reason_name: string; text: string };
  not_owed_by: { reason_name: string; used: number; limit: number; rule: Rule }[];
  rules: (Rule & { says: string })[];
  report_due: string | null;
  history: Happened[];
}

export const exchanges = {
  year: (year: number, signal?: AbortSignal) =>
    get<{ year: number; exchanges: Exchange[] } & Acting>(['exchanges'], { year }, signal),
  one: (subject: string, signal?: AbortSignal) => get<WholeExchange>(['exchanges', subject], {}, signal),
  quotas: (year: number, signal?: AbortSignal) =>
    get<{ quotas: Quota[]; requests: VisitRow[] } & Acting>(['exchanges', 'quotas'], { year }, signal),
  visit: (id: string, signal?: AbortSignal) => get<Visit>(['visits', id], {}, signal),
  table: (format: 'csv' | 'xlsx', what: 'exchanges' | 'quotas', year: number) =>
    address(['exchanges', 'export'], { format, what, year })
};
