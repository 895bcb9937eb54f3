// The requests of early warning and of the conflict map. One line each, with the types of their answers. Names are the
// server's own (docs/http-api.md). Months are written YYYY-MM.
import { address, get, post, type Query } from './client';
import type { Named } from './types';

// While the server makes the forecast it answers this instead (202).
export interface BeingMade {
  state: 'being_made';
  step: string;
  part: number; // 0 to 1
}
export type Answer<T> = T | BeingMade;

export interface Unit extends Named {
  m49?: string; // three digits as a text, as the shapes have them
}

export interface Vintage {
  id: string;
  name: string;
  source: string;
  licence: string;
}

// What became of a learner of the ensemble.
export interface Member {
  id: string;
  name: string;
  weight: number; // 0 to 1
  crps: number | null;
  dropped: boolean;
  why: string;
}

// What every answer says of the forecast that it stands on.
export interface ForecastHead {
  vintage: Vintage;
  origin: string; // the last month known
  newest: string;
  age_months: number;
  age_limit_months: number;
  is_forecast: boolean; // false: a projection from old data
  said: string; // the age, in a sentence
  horizon: number; // months
  made_at: string;
  members: Member[];
}

export const conditions = ['at_least_25', 'at_least_100', 'at_least_1000', 'onset', 'doubling'] as const;
export type Condition = (typeof conditions)[number];

export interface ReliabilityBin {
  count: number;
  probability: number | null; // mean of the bin, 0 to 1; null of an empty one
  happened: number | null; // share, 0 to 1
}

// How such warnings did before.
export interface TrackRecord {
  condition: { id: Condition; name: string };
  within: number; // months
  hits: number;
  false_alarms: number;
  misses: number;
  quiet: number;
  brier: number | null;
  benchmark_brier: number | null;
  average_precision: number | null;
  benchmark_average_precision: number | null;
  lead_months_mean: number | null;
  origin_first: string;
  origin_last: string;
  retrospective: boolean; // forecast for earlier months afterwards, with what was known then
  reliability: ReliabilityBin[];
  said: string;
  // What these warnings cost for each that could be given, where a miss costs 1; and never or always to warn.
  cost: number | null;
  cost_of_silence: number | null;
  cost_of_always: number | null;
  cheapest_threshold: number | null;
}

export interface Warning {
  unit: Unit;
  condition: { id: Condition; name: string };
  from: string;
  to: string;
  probability: number;
  benchmark: number; // the same, of the plain benchmark
  given: boolean; // at or above the threshold
  entry: number | null; // of the record, if it was issued
}

export interface Costs {
  false_alarm: number; // where a miss costs 1
  threshold: number; // probability
}

export interface Warnings {
  forecast: ForecastHead;
  track_record: TrackRecord[];
  costs: Costs;
  warnings: Warning[];
  total: number;
}

// Of each month before first_forecast what was observed, of the others what is forecast: two stretches of `months`.
export interface MapUnit extends Unit {
  observed: (number | null)[];
  p25: number[];
  p100: number[];
  p1000: number[];
  median: number[];
  q95: number[];
  mean: number[];
}
export interface ForecastMap {
  forecast: ForecastHead;
  months: string[];
  first_forecast: string;
  units: MapUnit[];
}

export interface HistoryMonth {
  month: string;
  state_based: number | null;
  non_state: number | null;
  one_sided: number | null;
}
export interface FanMonth {
  month: string;
  mean: number;
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
  any: number; // probability of any death
  p25: number;
  p100: number;
  p1000: number;
  benchmark_q50: number;
  benchmark_q95: number;
  benchmark_p25: number;
}
export interface Influence {
  feature: string;
  name: string;
  value: number | null;
  effect: number; // on the probability
  said: string;
}
export interface LikeCase {
  unit: Unit;
  month: string;
  weight: number;
  deaths_12: number;
  followed: number;
  followed_12: number;
  said: string;
}
export interface Reasons {
  month: string;
  deaths: number;
  base: number;
  probability: number;
  influences: Influence[];
  like: LikeCase[];
}
export interface SpeakingDocument {
  document: string;
  name: string;
  paragraph: string;
  text: string;
  date: string; // EDTF
}
export interface CountryForecast {
  forecast: ForecastHead;
  unit: Unit;
  history: HistoryMonth[];
  fan: FanMonth[];
  costs: Costs;
  warnings: Warning[];
  reasons: Reasons | null;
  documents: SpeakingDocument[];
  track_record: TrackRecord[];
}

export const metrics = ['crps', 'ign', 'mis', 'log1p_crps', 'brier', 'coverage'] as const;
export type Metric = (typeof metrics)[number];
export type ScoreRow = { model: string; name: string } & Record<Metric, number | null>;
export type ByMetric = Partial<Record<Metric, number | null>>;
// The difference from the plain benchmark with the interval that a bootstrap over countries gives.
export interface Difference {
  difference?: ByMetric;
  low?: ByMetric;
  high?: ByMetric;
}
export interface Scores {
  forecast: ForecastHead;
  windows: { origin: string; rows: ScoreRow[] }[];
  all: (ScoreRow & Difference)[];
  without: { units: Unit[]; rows: ScoreRow[] };
  pit: number[]; // ten counts
  coverage_violence: number | null;
}

export type Outcome = 'pending' | 'hit' | 'false_alarm' | 'miss' | 'quiet';
export interface IssuedWarning extends Warning {
  origin: string;
  outcome: Outcome;
  lead_months: number | null;
  retrospective: boolean; // for months that were known already
  by: { account: string; name: string } | null;
  issued_at: string;
}
export interface WarningRecord {
  warnings: IssuedWarning[];
  track_record: TrackRecord[];
}

export interface ConflictYear {
  year: number;
  deaths: number;
  events: number;
}
export interface Conflict {
  id: string;
  name: string;
  countries: Named[]; // most deaths first
  parties: string[]; // the first of them
  parties_total: number;
  violence: string;
  first: string;
  last: string;
  deaths: number;
  deaths_12: number;
  course: ConflictYear[];
  state: 'war' | 'escalation' | 'de_escalation' | 'peace';
}
export interface Conflicts {
  vintage: Vintage;
  said: string; // what counts as a conflict
  query: string; // the command that gives the same again
  conflicts: Conflict[];
  total: number;
}
export interface ShareYear {
  year: number;
  members: number;
  conflicts: number;
  conflicts_world: number;
  share_conflicts: number | null;
  deaths: number;
  deaths_world: number;
  share_deaths: number | null;
}
// What one definition gives for the year of a claim.
export interface ClaimReading {
  year: number;
  of: 'conflicts' | 'deaths';
  share: number | null;
  said: string; // the definition
  query: string;
}
export interface Claim {
  statement: number;
  document: string;
  name: string;
  paragraph: string;
  words: string;
  value: number | string | null;
  unit: string;
  of: 'conflicts' | 'deaths';
  year: number | null;
  computed: ClaimReading[]; // by the definition asked for
  nearest: ClaimReading[]; // of all definitions tried, the nearest to the claim first
  definitions_tried: number;
}
export interface ConflictShare {
  organization: Named;
  vintage: Vintage;
  said: string; // what counts as a conflict, and where it lies
  years: ShareYear[];
  claims: Claim[];
  query: string; // the command that gives the same figures
  source: string;
}
export interface Thread {
  kind: 'actor' | 'neighbour' | 'driver';
  name: string;
  conflicts: string[];
  evidence: { said: string; source: string }[];
}
export interface Threads {
  said: string;
  query: string;
  threads: Thread[];
  total: number;
}

const path = 'early-warning';

export interface WarningQuery extends Query {
  condition?: string;
  within: number; // months
  cost: number; // of a false alarm
  in?: string;
}
export const warnings = (query: WarningQuery & { limit: number; offset: number }, signal?: AbortSignal) =>
  get<Answer<Warnings>>([path], query, signal);
export const forecastMap = (signal?: AbortSignal) => get<Answer<ForecastMap>>([path, 'map'], {}, signal);
export const countryForecast = (country: string, query: Omit<WarningQuery, 'in'>, signal?: AbortSignal) =>
  get<Answer<CountryForecast>>([path, 'countries', country], query, signal);
export const scores = (signal?: AbortSignal) => get<Answer<Scores>>([path, 'scores'], {}, signal);
export const warningRecord = (signal?: AbortSignal) => get<Answer<WarningRecord>>([path, 'record'], {}, signal);
export const issueWarnings = (wanted: { condition?: string; within: number; cost: number }) =>
  post<Answer<{ issued: number[] }>>([path, 'issue'], wanted);
export const exportAddress = (
  format: 'csv' | 'hxl' | 'json' | 'geojson',
  what: 'forecast' | 'warnings',
  query: Query = {}
) => address([path, 'export'], { format, what, ...query });

export interface ConflictQuery extends Query {
  org?: string;
  in?: string;
  from?: string;
  to?: string;
}
export const conflicts = (query: ConflictQuery & { limit: number; offset: number }, signal?: AbortSignal) =>
  get<Conflicts>(['conflicts'], query, signal);
export const conflictShare = (org: string, query: { from?: string; to?: string }, signal?: AbortSignal) =>
  get<ConflictShare>(['conflicts', 'share'], { org, ...query }, signal);
export const conflictThreads = (query: Omit<ConflictQuery, 'in'>, signal?: AbortSignal) =>
  get<Threads>(['conflicts', 'threads'], query, signal);
