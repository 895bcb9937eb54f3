// The server has answered about a decision: it is kept, refused, or withdrawn. An answer that comes late, after the decision
// was taken back or another one took its place, changes nothing.
import type { Decision, Sitting } from '$/model/sitting';

export type Answer = { state: 'kept' } | { state: 'withdrawn' } | { state: 'refused'; error: unknown };

export function settle(sitting: Sitting, id: number, answer: Answer): Sitting {
  const waitsFor = answer.state === 'withdrawn' ? 'withdrawing' : 'sending';
  const settled = (each: Decision) => (each.id === id && each.state === waitsFor ? { ...each, ...answer } : each);
  return { ...sitting, decisions: sitting.decisions.map(settled) };
}
