// The requests of review, record and accounts by name. One line each.
import { get, patch, post, type Query } from './client';
import type { ReviewAction, Role, Statement } from './types';
import type { LogPage, SentProof } from './log_pages';
import type {
  AccountAnswer,
  AccountChange,
  AccountRow,
  Agreement,
  Correction,
  Entity,
  LogRows,
  QueuePage,
  ReviewHistory,
  SignedHead,
  StatementInContext
} from './work_types';

export const review = {
  queue: (query: Query, signal?: AbortSignal) => get<QueuePage>(['review', 'queue'], query, signal),
  statement: (seq: number, signal?: AbortSignal) => get<StatementInContext>(['statements', seq], {}, signal),
  decide: (seq: number, action: ReviewAction, note: string, correction?: Correction) =>
    post<{ statement: Statement; entry: number }>(['statements', seq, 'review'], {
      action,
      ...(note ? { note } : {}),
      ...(correction ? { correction } : {})
    }),
  agreement: (by: string[], signal?: AbortSignal) => get<Agreement>(['review', 'agreement'], { by }, signal),
  history: (query: Query, signal?: AbortSignal) => get<ReviewHistory>(['review', 'history'], query, signal)
};

export const entities = {
  named: (words: string, kind: string, signal?: AbortSignal) =>
    get<{ entities: Entity[] }>(['entities'], { words, kind, limit: 8 }, signal)
};

export const log = {
  rows: (query: Query, signal?: AbortSignal) => get<LogRows>(['record', 'log'], query, signal),
  head: (signal?: AbortSignal) => get<SignedHead>(['record', 'checkpoint'], {}, signal),
  proof: (seq: number, signal?: AbortSignal) => get<SentProof>(['record', 'proof', seq], {}, signal),
  entries: (from: number, limit: number, signal?: AbortSignal) =>
    get<LogPage>(['record', 'entries'], { from, limit }, signal),
  consistency: (from: number, to: number, signal?: AbortSignal) =>
    get<{ proof: string[] }>(['record', 'consistency'], { from, to }, signal)
};

export interface NewAccount {
  id: string;
  name: string;
  role: Role;
  party: string;
  statuses: string[];
  email?: string;
}

export const accounts = {
  list: (signal?: AbortSignal) => get<{ accounts: AccountRow[] }>(['accounts'], {}, signal),
  add: (account: NewAccount) => post<AccountAnswer>(['accounts'], account),
  change: (id: string, change: AccountChange) => patch<AccountAnswer>(['accounts', id], change)
};
