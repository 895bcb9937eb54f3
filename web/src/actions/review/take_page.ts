// A page of the queue has come: its statements stand behind those at hand.
import { seqOf, type Sitting } from '$/model/sitting';
import type { QueuePage } from '$/api/work_types';

export function takePage(sitting: Sitting, page: QueuePage): Sitting {
  const known = new Set(sitting.items.map(seqOf));
  const fresh = page.items.filter((item) => !known.has(seqOf(item)));
  // A page without anything new is the end, whatever its count says: else the queue would be asked for ever.
  return { ...sitting, items: [...sitting.items, ...fresh], behind: fresh.length === 0 ? 0 : page.remaining };
}
