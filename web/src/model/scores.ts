// Scores of models side by side: which is best, and whether a difference from the benchmark may be chance.
import { metrics, type Difference, type Metric, type ScoreRow, type Scores } from '$/api/early_warning';

const coverageWanted = 0.9;

export function metricOf(value: string | null): Metric {
  return metrics.find((each) => each === value) ?? 'crps';
}

// How far from the best that a model could score: less is better for every metric, and coverage is best at 90 %.
const distance = (value: number, metric: Metric) => (metric === 'coverage' ? Math.abs(value - coverageWanted) : value);

// The model with the best score; none where nobody has one, or where two share it.
export function bestModel(rows: readonly ScoreRow[], metric: Metric): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const row of rows) {
    const value = row[metric];
    if (value === null || value === undefined) continue;
    const far = distance(value, metric);
    if (far < least) {
      least = far;
      best = row.model;
    } else if (far === least) {
      best = null;
    }
  }
  return best;
}

// How far a model is from the plain benchmark, with the interval; null where that is not known.
export function differenceOf(row: Difference, metric: Metric): { value: number; low: number; high: number } | null {
  const [value, low, high] = [row.difference?.[metric], row.low?.[metric], row.high?.[metric]];
  return typeof value === 'number' && typeof low === 'number' && typeof high === 'number' ? { value, low, high } : null;
}

export interface ScoreLine {
  model: string;
  name: string;
  values: (number | null)[]; // of each window, then of all together
}

// One line for each model, in the order of the whole; windows that do not know it leave a gap.
export function scoreLines(scores: Pick<Scores, 'windows' | 'all'>, metric: Metric): ScoreLine[] {
  const names = new Map<string, string>();
  for (const row of [...scores.all, ...scores.windows.flatMap((window) => window.rows)]) {
    if (!names.has(row.model)) names.set(row.model, row.name);
  }
  const of = (rows: readonly ScoreRow[], model: string) => rows.find((row) => row.model === model)?.[metric] ?? null;
  return [...names].map(([model, name]) => ({
    model,
    name,
    values: [...scores.windows.map((window) => of(window.rows, model)), of(scores.all, model)]
  }));
}
