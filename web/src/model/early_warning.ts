// What early warning is asked, as it stands in the address; how months and probabilities are told.
import {
  conditions,
  type Condition,
  type IssuedWarning,
  type TrackRecord,
  type WarningQuery
} from '$/api/early_warning';

export const windows = [3, 6, 12] as const; // months
export type Window = (typeof windows)[number];

// How many false alarms a person takes for one outbreak that nobody warned of.
export const alarmChoices = [1, 2, 3, 5, 10, 20] as const;
export const alarmsDefault = 3;

export interface Asked {
  condition: Condition | ''; // '': all
  within: Window;
  alarms: number;
  in: string; // id of a country, '' for all
}

export function askedOf(query: URLSearchParams): Asked {
  const condition = query.get('condition') ?? '';
  const within = Number(query.get('within'));
  const alarms = Number(query.get('alarms'));
  return {
    condition: conditions.find((each) => each === condition) ?? '',
    within: windows.find((each) => each === within) ?? 3,
    alarms: alarmChoices.find((each) => each === alarms) ?? alarmsDefault,
    in: query.get('in') ?? ''
  };
}

// From which probability on a warning is the cheaper: c / (1 + c) with a false alarm's cost c = 1 / alarms.
//   example  thresholdOf(3) is 0.25
export function thresholdOf(alarms: number): number {
  return 1 / (1 + alarms);
}

export function queryOfAsked(asked: Asked): WarningQuery {
  return {
    within: asked.within,
    cost: Number((1 / asked.alarms).toFixed(6)),
    ...(asked.condition ? { condition: asked.condition } : {}),
    ...(asked.in ? { in: asked.in } : {})
  };
}

// Months since year 0; null if the text is no month.
//   example  monthNumber('2024-03') is 24290
export function monthNumber(month: string): number | null {
  const parts = /^(\d{4})-(\d{2})/.exec(month);
  if (!parts) return null;
  const of = Number(parts[2]);
  return of >= 1 && of <= 12 ? Number(parts[1]) * 12 + of - 1 : null;
}

// A stretch of months as EDTF; one month as itself.
export function stretch(from: string, to: string): string {
  return from === to ? from : `${from}/${to}`;
}

// The bins of a track record in which there is anything, and the largest of them.
export function reliabilityPoints(record: Pick<TrackRecord, 'reliability'>) {
  const bins = record.reliability.filter((bin) => bin.count > 0);
  return { bins, most: Math.max(1, ...bins.map((bin) => bin.count)) };
}

// Whether something was ever asked of a condition: without a hit, a false alarm or a miss nothing can be said of it.
export function isTried(record: TrackRecord): boolean {
  return record.hits + record.false_alarms + record.misses > 0;
}

// The most probable of the warnings that were issued in their time and whose months are not over.
export function strongestStanding(warnings: readonly IssuedWarning[]): IssuedWarning | null {
  return warnings
    .filter((each) => each.outcome === 'pending' && !each.retrospective)
    .reduce<IssuedWarning | null>((best, each) => (best && best.probability >= each.probability ? best : each), null);
}
