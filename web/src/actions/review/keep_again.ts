// The server would not withdraw a decision: it counts still, and the page says so.
import type { Sitting } from '$/model/sitting';

export function keepAgain(sitting: Sitting, id: number): Sitting {
  const decisions = sitting.decisions.map((each) =>
    each.id === id && each.state === 'withdrawing' ? { ...each, state: 'kept' as const } : each
  );
  return { ...sitting, decisions };
}
