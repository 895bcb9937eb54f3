// The map of a forecast: what it shows of a month, by which step of the ramp. The same steps in every month, so that months
// can be compared as they pass.
import type { ForecastMap, MapUnit } from '$/api/early_warning';

export const forecastMeasures = ['p25', 'p100', 'p1000', 'median', 'q95'] as const;
export type ForecastMeasure = (typeof forecastMeasures)[number];
export type Measure = 'deaths' | ForecastMeasure;

export const isProbability = (measure: Measure): boolean => measure.startsWith('p');

export function measureOf(value: string | null): ForecastMeasure {
  return forecastMeasures.find((each) => each === value) ?? 'p25';
}

// Where the forecast begins among the months.
export function firstForecast(map: Pick<ForecastMap, 'months' | 'first_forecast'>): number {
  const at = map.months.indexOf(map.first_forecast);
  return at < 0 ? map.months.length : at;
}

// The place of a month of the address; the first that is forecast if it is none of these.
export function monthAt(map: Pick<ForecastMap, 'months' | 'first_forecast'>, month: string | null): number {
  const at = month === null ? -1 : map.months.indexOf(month);
  return at >= 0 ? at : Math.min(firstForecast(map), map.months.length - 1);
}

// What a month shows: deaths before the forecast, the measure after.
export function measureAt(map: ForecastMap, at: number, measure: ForecastMeasure): Measure {
  return at < firstForecast(map) ? 'deaths' : measure;
}

// null where it is not known.
export function valueAt(map: ForecastMap, unit: MapUnit, at: number, measure: ForecastMeasure): number | null {
  const first = firstForecast(map);
  const value = at < first ? unit.observed[at] : unit[measure][at - first];
  return value === undefined || value === null || Number.isNaN(value) ? null : value;
}

// The lowest value of each of the five steps.
const deathSteps = [1, 25, 100, 300, 1000] as const;
const probabilitySteps = [0.05, 0.1, 0.25, 0.5, 0.75] as const;
export const stepsOf = (measure: Measure): readonly number[] =>
  isProbability(measure) ? probabilitySteps : deathSteps;

//   returns  of the ramp, 0 (nothing to show) to 5
export function stepOf(value: number | null, measure: Measure): number {
  if (value === null) return 0;
  return stepsOf(measure).filter((from) => value >= from).length;
}

// The sum over the world of each month: observed deaths, then their forecast mean.
export function worldTotals(map: ForecastMap): number[] {
  const first = firstForecast(map);
  return map.months.map((_, at) =>
    map.units.reduce((sum, unit) => sum + ((at < first ? unit.observed[at] : unit.mean[at - first]) ?? 0), 0)
  );
}

export interface MapRow {
  unit: MapUnit;
  value: number;
  step: number;
}

// The units that have a value that month, the largest first; equal ones by name.
export function rowsAt(map: ForecastMap, at: number, measure: ForecastMeasure): MapRow[] {
  const shown = measureAt(map, at, measure);
  return map.units
    .flatMap((unit) => {
      const value = valueAt(map, unit, at, measure);
      return value === null ? [] : [{ unit, value, step: stepOf(value, shown) }];
    })
    .sort((a, b) => b.value - a.value || a.unit.name.localeCompare(b.unit.name));
}
