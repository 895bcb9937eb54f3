// Looks at a statement before or behind the one in sight, without deciding.
import { seqOf, type Sitting } from '$/model/sitting';

export function move(sitting: Sitting, by: number): Sitting {
  const at = Math.min(Math.max(sitting.at + by, 0), sitting.items.length);
  return at === sitting.at ? sitting : { ...sitting, at };
}

export function moveTo(sitting: Sitting, statement: number): Sitting {
  const at = sitting.items.findIndex((item) => seqOf(item) === statement);
  return at < 0 ? sitting : { ...sitting, at };
}
