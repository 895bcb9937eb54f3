// A sitting of review: the statements that came from the queue, the one in sight, and what was decided. Plain data; what
// can happen to it is in actions/review, one act a file.
import type { Statement } from '$/api/types';
import type { Correction, StatementInContext } from '$/api/work_types';

export type Verdict = 'confirm' | 'correct' | 'reject';

export interface Decision {
  id: number; // in the order in which they were made
  statement: number;
  action: Verdict | 'skip';
  note: string;
  correction?: Correction | undefined;
  // sending: shown as decided, the server has not answered yet. refused: the server said no, nothing was written.
  state: 'sending' | 'kept' | 'refused' | 'withdrawing' | 'withdrawn';
  error?: unknown;
}

export interface Sitting {
  items: StatementInContext[];
  at: number; // the one in sight; items.length: behind the last
  decisions: Decision[]; // as they were made; a new one about a statement takes the place of the one before
  made: number;
  behind: number | null; // how many wait behind those here; null: not known yet
}

export const newSitting = (): Sitting => ({ items: [], at: 0, decisions: [], made: 0, behind: null });

// So many statements are kept at hand in front of the one in sight, so that a decision never waits for the next.
export const atHand = 8;

export const current = (sitting: Sitting): StatementInContext | null => sitting.items[sitting.at] ?? null;
export const seqOf = (item: StatementInContext): number => item.statement.statement;

// What counts now: the last decision about each statement that was not taken back or refused.
export function decisionOn(sitting: Sitting, statement: number): Decision | null {
  return sitting.decisions.findLast((each) => each.statement === statement && each.state !== 'withdrawn') ?? null;
}

export const isDecided = (sitting: Sitting, statement: number): boolean => {
  const decision = decisionOn(sitting, statement);
  return decision !== null && decision.state !== 'refused';
};

export const refused = (sitting: Sitting): Decision[] =>
  sitting.decisions.filter((each) => each.state === 'refused' && decisionOn(sitting, each.statement) === each);

export const isSending = (sitting: Sitting): boolean =>
  sitting.decisions.some((each) => each.state === 'sending' || each.state === 'withdrawing');

// How many wait still, the one in sight among them.
export function remaining(sitting: Sitting): number | null {
  if (sitting.behind === null) return null;
  return sitting.behind + sitting.items.slice(sitting.at).filter((item) => !isDecided(sitting, seqOf(item))).length;
}

export const needsMore = (sitting: Sitting): boolean =>
  sitting.behind !== 0 && sitting.items.length - sitting.at <= atHand;

export interface Tally {
  confirm: number;
  correct: number;
  reject: number;
  skip: number;
}

export function tally(sitting: Sitting): Tally {
  const out: Tally = { confirm: 0, correct: 0, reject: 0, skip: 0 };
  const counted = new Set<number>();
  for (const { statement } of sitting.decisions) {
    if (counted.has(statement)) continue;
    counted.add(statement);
    const decision = decisionOn(sitting, statement);
    if (decision && decision.state !== 'refused' && decision.state !== 'withdrawing') ++out[decision.action];
  }
  return out;
}

// The latest decision that can be taken back.
export const latest = (sitting: Sitting): Decision | null =>
  sitting.decisions.findLast((each) => each.state === 'sending' || each.state === 'kept') ?? null;

// How a statement reads once a decision about it counts; before the server has said so.
export function asDecided(statement: Statement, decision: Decision | null): Statement {
  if (!decision || decision.action === 'skip' || decision.state === 'refused') return statement;
  const states = { confirm: 'confirmed', correct: 'corrected', reject: 'rejected' } as const;
  return { ...statement, review: { ...statement.review, state: states[decision.action] } };
}
