// The server has answered about a decision: it is kept, refused, or withdrawn.
import type { Decision, Sitting } from '$/model/sitting';

export type Answer = { state: 'kept' } | { state: 'withdrawn' } | { state: 'refused'; error: unknown };

export function settle(sitting: Sitting, statement: number, answer: Answer): Sitting {
  const waits = (each: Decision) =>
    each.statement === statement &&
    (answer.state === 'withdrawn' ? each.state === 'withdrawing' : each.state === 'sending');
  const last = sitting.decisions.findLast(waits);
  if (!last) return sitting;
  const decisions = sitting.decisions.map((each) => (each === last ? { ...each, ...answer } : each));
  return { ...sitting, decisions };
}
