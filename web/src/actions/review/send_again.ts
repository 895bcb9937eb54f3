// A decision that the server refused is sent once more.
import { refused, type Sitting } from '$/model/sitting';

export function sendAgain(sitting: Sitting, statement: number): Sitting {
  const decision = refused(sitting).find((each) => each.statement === statement);
  if (!decision) return sitting;
  const again = { ...decision, state: 'sending' as const, error: undefined };
  return { ...sitting, decisions: sitting.decisions.map((each) => (each === decision ? again : each)) };
}
