// The server would not withdraw a decision: it counts still, and the page says so.
import type { Sitting } from '$/model/sitting';

export function keepAgain(sitting: Sitting, statement: number): Sitting {
  const last = sitting.decisions.findLast((each) => each.statement === statement && each.state === 'withdrawing');
  if (!last) return sitting;
  return {
    ...sitting,
    decisions: sitting.decisions.map((each) => (each === last ? { ...each, state: 'kept' } : each))
  };
}
