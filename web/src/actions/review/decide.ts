// A person decides about the statement in sight; the next one that is not decided comes into sight at once.
import { current, isDecided, seqOf, type Decision, type Sitting } from '$/model/sitting';

export type Choice = Pick<Decision, 'action' | 'note' | 'correction'>;

export function decide(sitting: Sitting, choice: Choice): Sitting {
  const item = current(sitting);
  if (!item) return sitting;
  const decision: Decision = {
    ...choice,
    id: sitting.made,
    statement: seqOf(item),
    // Skipping is said to nobody: the statement waits for somebody else, or for another day.
    state: choice.action === 'skip' ? 'kept' : 'sending'
  };
  const others = sitting.decisions.filter((each) => each.statement !== decision.statement);
  const next = { ...sitting, decisions: [...others, decision], made: sitting.made + 1 };
  let at = sitting.at + 1;
  while (at < next.items.length && isDecided(next, seqOf(next.items[at] as (typeof next.items)[number]))) ++at;
  return { ...next, at };
}
