// What the server answers about review, the record's log and accounts (docs/http-api.md), as types.
import type {
  Account,
  Citation,
  Named,
  Page,
  Party,
  Range,
  ReviewAction,
  ReviewState,
  Role,
  Statement,
  StatementType
} from './types';

export interface Entity extends Named {
  kind?: string;
  statements?: number;
}

// What a correction replaces; a member left out stays as it is.
export interface Correction {
  type?: StatementType;
  parties?: { role: Party['role']; entity: string; name: string; found_by?: Party['found_by'] }[];
  themes?: string[];
  topic?: string;
  places?: string[];
  place_names?: string[]; // as many as places
  time?: string; // EDTF
  modality?: string;
  negated?: boolean;
  status?: string;
  instrument?: string;
  value?: string;
  unit?: string;
}

export interface Review {
  entry: number;
  statement?: number;
  action: ReviewAction;
  by: string;
  by_name?: string;
  for?: string;
  at: string;
  note: string;
  correction?: Correction;
}

// One statement with what a person needs to decide about it.
export interface StatementInContext {
  statement: Statement;
  context: { before: string; text: string; after: string; range: Range };
  reviews: Review[];
  agreement: { confirmed: number; corrected: number; rejected: number; unanimous: boolean };
  contradicted_by: number[];
  suggestions: { parties: Entity[]; themes: Entity[]; places: Entity[] };
  doubt?: number;
  weight?: number;
  why?: string[];
}

export type QueueOrder = 'doubt' | 'weight' | 'newest';

export interface QueuePage {
  items: StatementInContext[];
  remaining: number; // that wait behind those given
}

export interface Agreement {
  reviewers: { account: string; name: string; confirmed: number; corrected: number; rejected: number }[];
  pairs: { a: string; b: string; both: number; agree: number; kappa: number | null }[];
  disagreements: number[];
}

export interface PastReview extends Review {
  statement: number;
  type: StatementType;
  state: ReviewState;
  citation: Citation;
}

export interface ReviewHistory {
  reviews: PastReview[];
  page: Page;
}

export interface LogRow {
  entry: number;
  kind: string;
  time: string;
  leaf: string;
  leaf_hash: string;
  summary: string;
  by?: { account: string; name: string }; // who acted
  document?: string;
  withheld?: boolean;
  erased?: boolean;
}

export interface LogRows {
  entries: LogRow[];
  size: number;
  next_before?: number | null; // where older entries begin
}

export interface SignedHead {
  checkpoint: string;
  verifier_key: string;
}

export interface AccountRow extends Omit<Account, 'staff' | 'language'> {
  staff?: boolean;
  language?: string;
  email?: string; // for who signs in through the organization's provider
  disabled: boolean;
  created_at: string;
  last_seen_at: string | null;
}

export interface AccountChange {
  name?: string;
  role?: Role;
  party?: string;
  statuses?: string[];
  email?: string;
  totp?: false; // the second factor is taken away
  disabled?: boolean;
  password?: true; // a new one is made
}

export interface AccountAnswer {
  account: AccountRow;
  password?: string; // shown once
}
