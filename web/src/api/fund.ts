// The requests of the Partnership Fund, of calls (sponsorship, placements, secondments) and of the yearly exchanges. One line
// each, with the types of their answers. Names are the server's own (docs/http-api.md).
import type { Acting, HistoryLine } from './meetings';
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
  theme: Named;
  beneficiaries: Named[];
  state: string;
  state_name?: string;
  budget: Money;
  allotted: Money;
  spent: Money;
  from: string; // days
  to: string;
}

export interface FundBook extends Partial<Acting> {
  fund: Named;
  currencies: CurrencySums[];
  accounts: FundAccount[];
  projects: ProjectRow[];
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
  summary?: string;
  participants: { delegation: Named; names: string[]; call: string }[];
  postings: Posting[];
  history: HistoryLine[];
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
  kind_name?: string;
  title: string;
  opens: string;
  closes: string;
  places: number;
  state?: string;
  state_name?: string;
  mission?: Named | null;
  nominated?: number;
}

export interface Nomination {
  id: string;
  delegation: Named;
  person: string; // empty where the asker may not know
  at: string;
  state: string;
  state_name?: string;
  criteria: { id: string; met: boolean | null; said: string }[];
}

export interface Call extends CallRow, Acting {
  criteria: { id: string; name: string; quote?: string; source?: string }[];
  nominations: Nomination[];
  selected: { delegation: Named; person: string; reason: string; from?: string; to?: string; place?: string }[];
  reports: { delegation: Named; at: string; text: string; due?: string }[];
  history: HistoryLine[];
}

export const calls = {
  list: (query: Query, signal?: AbortSignal) => get<{ calls: CallRow[] } & Partial<Acting>>(['calls'], query, signal),
  one: (id: string, signal?: AbortSignal) => get<Call>(['calls', id], {}, signal)
};

export const sendingStates = ['on_time', 'notified_late', 'missing', 'corrected', 'due'] as const;
export type Sending = (typeof sendingStates)[number];

export interface ExchangeRow {
  state: Named;
  sent_at: string | null;
  status: Sending;
  state_name: string;
  corrections: number;
  document: string | null;
}

export interface Exchange {
  id: string;
  name: string;
  rule: { id: string; quote: string; source: string };
  due: string;
  rows: ExchangeRow[];
}

export interface Quota {
  state: Named;
  kind: string;
  kind_name?: string;
  quota: number;
  used: number;
  rule: { id: string; quote: string; source: string };
}

export interface VisitRequest {
  id: string;
  kind: string;
  kind_name?: string;
  by: Named;
  to: Named;
  at: string;
  state: string;
  state_name?: string;
}

export const exchanges = {
  year: (year: number, signal?: AbortSignal) =>
    get<{ year: number; exchanges: Exchange[]; reminders?: { at: string; said: string }[] } & Partial<Acting>>(
      ['exchanges'],
      { year },
      signal
    ),
  quotas: (year: number, signal?: AbortSignal) =>
    get<{ quotas: Quota[]; requests: VisitRequest[] } & Partial<Acting>>(['exchanges', 'quotas'], { year }, signal)
};
