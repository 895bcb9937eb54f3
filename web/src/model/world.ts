// What the map shows: States with their counts, and the class of each.
import type { MapState } from '$/api/activity';
import { classBounds, classOf, rampStep } from './classes';

export type Measure = 'statements' | 'organizations' | 'leads';
export const measures: readonly Measure[] = ['statements', 'organizations', 'leads'];

export function measureOf(value: string | null): Measure {
  return measures.find((each) => each === value) ?? 'statements';
}

export interface MapClasses {
  bounds: number[];
  stepOf: (id: string) => number; // of the ramp, 0 for nothing
}

export function classesOf(states: readonly MapState[], measure: Measure): MapClasses {
  const bounds = classBounds(states.map((state) => state[measure]));
  const steps = new Map(states.map((state) => [state.id, rampStep(classOf(state[measure], bounds), bounds.length)]));
  return { bounds, stepOf: (id) => steps.get(id) ?? 0 };
}

// The States whose number stands on the map: the largest counts, so many as stay legible.
export function labelled(states: readonly MapState[], measure: Measure, most: number): Set<string> {
  return new Set(
    [...states]
      .filter((state) => state[measure] > 0)
      .sort((a, b) => b[measure] - a[measure] || (a.id < b.id ? -1 : 1))
      .slice(0, most)
      .map((state) => state.id)
  );
}
