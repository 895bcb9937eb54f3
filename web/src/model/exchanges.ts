// The exchanges of a year as a matrix of States and exchanges: what each has sent, and how it is counted.
import type { Exchange, ExchangeRow, Sending } from '$/api/fund';
import type { Named } from '$/api/types';

export interface MatrixRow {
  state: Named;
  cells: (ExchangeRow | null)[]; // in the order of the exchanges; null: the exchange is not this State's
}

// Rows in the order of names in a language.
export function matrixOf(exchanges: readonly Exchange[], tag: string): MatrixRow[] {
  const states = new Map<string, Named>();
  const cells = exchanges.map((exchange) => {
    for (const row of exchange.rows) states.set(row.state.id, row.state);
    return new Map(exchange.rows.map((row) => [row.state.id, row]));
  });
  return [...states.values()]
    .sort((a, b) => a.name.localeCompare(b.name, tag))
    .map((state) => ({ state, cells: cells.map((each) => each.get(state.id) ?? null) }));
}

// How many of an exchange's States stand in each way.
export function countsOf(exchange: Exchange): Record<Sending, number> {
  const counts: Record<Sending, number> = { on_time: 0, notified_late: 0, missing: 0, corrected: 0, due: 0 };
  for (const row of exchange.rows) if (row.status in counts) ++counts[row.status];
  return counts;
}

// Rows in which at least one cell stands in this way; all of them without one.
export function rowsWith(rows: readonly MatrixRow[], status: Sending | ''): MatrixRow[] {
  return status === '' ? [...rows] : rows.filter((row) => row.cells.some((cell) => cell?.status === status));
}

// The part of a quota that is used, 0 to 1; a quota of none is used up.
// One that is not known has no part.
export const usedPart = (quota: { quota: number | null; used: number }): number =>
  quota.quota === null ? 0 : quota.quota <= 0 ? 1 : Math.min(1, Math.max(0, quota.used / quota.quota));

// Signs that say a status without colour.
export const sendingSigns: Record<Sending, string> = {
  on_time: '●',
  notified_late: '◐',
  missing: '○',
  corrected: '↻',
  due: '…'
};
