// A person decides about the statement in sight; the next one that is not decided comes into sight at once.
import { current, isDecided, seqOf, type Decision, type Sitting } from '$/model/sitting';

export type Choice = Pick<Decision, 'action' | 'note' | 'correction'>;

export function decide(sitting: Sitting, choice: Choice): Sitting {
  const item = current(sitting);
  if (!item) return sitting;
  const decision: Decision = {
    ...choice,
    statement: seqOf(item),
    // Skipping is said to nobody: the statement waits for somebody else, or for another day.
    state: choice.action === 'skip' ? 'kept' : 'sending'
  };
  const next = { ...sitting, decisions: [...sitting.decisions, decision] };
  let at = sitting.at + 1;
  while (at < next.items.length && isDecided(next, seqOf(next.items[at] as (typeof next.items)[number]))) ++at;
  return { ...next, at };
}
