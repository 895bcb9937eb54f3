// The map of a forecast after another measure was chosen: deaths are of observed months, all else of forecast ones, so that
// the month moves over the border if it must.
import type { ForecastMeasure, Measure } from '$/model/forecast_map';

export interface MapPlace {
  at: number; // which month
  measure: ForecastMeasure; // of the forecast months
}

//   first  where the forecast begins among the months
//   count  of the months
export function chooseMeasure(place: MapPlace, chosen: Measure, first: number, count: number): MapPlace {
  if (chosen === 'deaths') return { ...place, at: Math.max(0, Math.min(place.at, first - 1)) };
  return { at: Math.min(Math.max(place.at, first), count - 1), measure: chosen };
}

// The month after one, from the beginning again after the last.
export function nextMonth(at: number, count: number): number {
  return at + 1 < count ? at + 1 : 0;
}
