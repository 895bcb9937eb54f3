// Answers of the server as the units' tests know them, one of each shape.
import type { ForecastHead, ForecastMap, TrackRecord, Unit } from '$/api/early_warning';

export const head: ForecastHead = {
  vintage: { id: 'ucdp-2024', name: 'UCDP 2024', source: 'UCDP GED', licence: 'CC BY 4.0' },
  origin: '2023-12',
  newest: '2023-12',
  age_months: 35,
  age_limit_months: 6,
  is_forecast: false,
  said: 'The newest month is 35 months old.',
  horizon: 3,
  made_at: '2026-11-28T18:00:00Z',
  members: []
};

export const trackRecord: TrackRecord = {
  condition: { id: 'at_least_25', name: 'at least 25 deaths' },
  within: 3,
  hits: 25,
  false_alarms: 15,
  misses: 9,
  quiet: 900,
  brier: 0.031,
  benchmark_brier: 0.042,
  average_precision: 0.86,
  benchmark_average_precision: 0.79,
  lead_months_mean: 1.4,
  origin_first: '2018-10',
  origin_last: '2022-10',
  retrospective: true,
  cost: 0.02,
  cost_of_silence: 0.037,
  cost_of_always: 0.31,
  cheapest_threshold: 0.28,
  reliability: [
    { count: 1500, probability: 0.02, happened: 0.01 },
    { count: 0, probability: null, happened: null },
    { count: 80, probability: 0.25, happened: 0.3 },
    { count: 30, probability: 0.55, happened: 0.5 },
    { count: 20, probability: 0.95, happened: 0.9 }
  ],
  said: 'Of 40 such warnings 25 came true, 15 were false alarms; 9 onsets came without a warning.'
};

const unit = (id: string, m49: string, name: string): Unit => ({ id, m49, name });

export const map: ForecastMap = {
  forecast: head,
  months: ['2023-11', '2023-12', '2024-01', '2024-02', '2024-03'],
  first_forecast: '2024-01',
  units: [
    {
      ...unit('MLI', '466', 'Mali'),
      observed: [120, 80],
      p25: [0.9, 0.85, 0.8],
      p100: [0.5, 0.45, 0.4],
      p1000: [0.01, 0.01, 0.02],
      median: [70, 60, 55],
      q95: [300, 310, 320],
      mean: [90, 85, 80]
    },
    {
      ...unit('NOR', '578', 'Norway'),
      observed: [0, null],
      p25: [0, 0, 0],
      p100: [0, 0, 0],
      p1000: [0, 0, 0],
      median: [0, 0, 0],
      q95: [0, 0, 0],
      mean: [0, 0, 0]
    }
  ]
};
