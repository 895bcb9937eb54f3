// What is asked, from the address and back.
import { describe, expect, it } from 'vitest';
import {
  askedOf,
  isTried,
  monthNumber,
  queryOfAsked,
  reliabilityPoints,
  stretch,
  strongestStanding,
  thresholdOf
} from './early_warning';
import type { IssuedWarning } from '$/api/early_warning';
import { trackRecord } from './early_warning.examples';

describe('what the address asks', () => {
  it('has defaults', () => {
    expect(askedOf(new URLSearchParams())).toEqual({ condition: '', within: 3, alarms: 3, in: '' });
  });

  it('is read', () => {
    const query = new URLSearchParams('condition=onset&within=12&alarms=10&in=MLI');
    expect(askedOf(query)).toEqual({ condition: 'onset', within: 12, alarms: 10, in: 'MLI' });
  });

  it('takes nothing that is not among the choices', () => {
    const query = new URLSearchParams('condition=x&within=4&alarms=-1');
    expect(askedOf(query)).toEqual({ condition: '', within: 3, alarms: 3, in: '' });
  });

  it('goes to the server as the cost of a false alarm', () => {
    const asked = { condition: 'onset', within: 6, alarms: 4, in: '' } as const;
    expect(queryOfAsked(asked)).toEqual({ condition: 'onset', within: 6, cost: 0.25 });
    expect(queryOfAsked({ ...asked, condition: '', in: 'MLI' })).toEqual({ within: 6, cost: 0.25, in: 'MLI' });
  });
});

it('the threshold is the one of the cost', () => {
  for (const alarms of [1, 2, 3, 10]) {
    const cost = 1 / alarms;
    expect(thresholdOf(alarms)).toBeCloseTo(cost / (1 + cost), 12);
  }
});

describe('months', () => {
  it('are counted', () => {
    expect((monthNumber('2024-01') ?? 0) - (monthNumber('2023-12') ?? 0)).toBe(1);
    expect(monthNumber('2024-13')).toBeNull();
    expect(monthNumber('')).toBeNull();
  });

  it('make a stretch', () => {
    expect([stretch('2024-01', '2024-03'), stretch('2024-01', '2024-01')]).toEqual(['2024-01/2024-03', '2024-01']);
  });
});

describe('a track record', () => {
  it('has points where something was forecast', () => {
    const { bins, most } = reliabilityPoints(trackRecord);
    expect(bins.map((bin) => bin.count)).toEqual([1500, 80, 30, 20]);
    expect(most).toBe(1500);
    expect(reliabilityPoints({ reliability: [] })).toEqual({ bins: [], most: 1 });
  });

  it('was tried if anything became of a warning or of a silence', () => {
    expect(isTried(trackRecord)).toBe(true);
    expect(isTried({ ...trackRecord, hits: 0, false_alarms: 0, misses: 0 })).toBe(false);
  });
});

it('the strongest warning is one that stands: issued in its time, its months not over', () => {
  const issued = (probability: number, more: Partial<IssuedWarning> = {}) =>
    ({ probability, outcome: 'pending', retrospective: false, ...more }) as IssuedWarning;
  const all = [issued(0.4), issued(0.99, { outcome: 'hit' }), issued(0.98, { retrospective: true }), issued(0.6)];
  expect(strongestStanding(all)?.probability).toBe(0.6);
  expect(strongestStanding([issued(0.9, { outcome: 'false_alarm' })])).toBeNull();
});
