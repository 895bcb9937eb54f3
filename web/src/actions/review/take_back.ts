// The latest decision is taken back, and its statement comes into sight again. One that the server has, or may have, is
// to be withdrawn there too; a skip was only here.
import { latest, seqOf, type Sitting } from '$/model/sitting';

export function takeBack(sitting: Sitting): Sitting {
  const decision = latest(sitting);
  if (!decision) return sitting;
  const state = decision.action === 'skip' ? ('withdrawn' as const) : ('withdrawing' as const);
  const decisions = sitting.decisions.map((each) => (each === decision ? { ...each, state } : each));
  const at = sitting.items.findIndex((item) => seqOf(item) === decision.statement);
  return { ...sitting, decisions, at: at < 0 ? sitting.at : at };
}
