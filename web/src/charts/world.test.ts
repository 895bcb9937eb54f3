// The map, on the shapes that it is drawn from.
import { describe, expect, it } from 'vitest';
import { clearPlaces, countriesOf, drawWorld, paperHeight } from './world';
import { loadWorld } from './load_world';

const world = await loadWorld();
const ids = new Map([
  ['398', 'KAZ'],
  ['818', 'EGY'],
  ['048', 'BHR'],
  ['036', 'AUS'],
  ['250', 'FRA'],
  ['275', 'PSE'],
  ['732', 'ESH']
]);
const countries = countriesOf(world, ids);
const size = { width: 1000, height: 500 };

describe('countriesOf', () => {
  it('joins shapes by their number in M49, zeros in front', () => {
    const keys = new Set(countries.map((country) => country.key));
    for (const id of ids.values()) expect(keys).toContain(id);
  });

  it('knows the shapes that have no number by our ids', () => {
    const keys = new Set(countries.map((country) => country.key));
    for (const id of ['XKX', 'XNC', 'XSD', 'TWN']) expect(keys).toContain(id);
  });
});

describe('drawWorld', () => {
  const drawn = drawWorld(world, countries, size);
  const of = (key: string) => drawn.countries.find((country) => country.key === key);

  it('draws each country once, though it comes as several shapes', () => {
    const keys = drawn.countries.map((country) => country.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(of('AUS')).toBeDefined();
  });

  it('puts the number of a country into its main part', () => {
    expect(of('FRA')?.x).toBeGreaterThan(440);
    expect(of('FRA')?.x).toBeLessThan(500);
    expect(of('EGY')?.y).toBeGreaterThan(of('KAZ')?.y ?? 0);
    expect(of('EGY')?.x).toBeLessThan(of('KAZ')?.x ?? 0);
  });

  it('marks the States that are too small to be seen', () => {
    expect(of('BHR')?.small).toBe(true);
    expect(of('EGY')?.small).toBe(false);
  });

  it('fills the paper with what it is zoomed to', () => {
    const focus = new Set(['EGY']);
    const near = drawWorld(world, countries, size, focus, 0.1).countries.find((country) => country.key === 'EGY');
    expect(near?.x).toBeGreaterThan(400);
    expect(near?.x).toBeLessThan(600);
    expect(paperHeight(countries, focus)).toBeGreaterThan(paperHeight(countries, new Set()));
  });
});

describe('clearPlaces', () => {
  it('keeps the weightier of two that would cover each other', () => {
    const places = [
      { id: 'a', x: 0, y: 0 },
      { id: 'b', x: 5, y: 5 },
      { id: 'c', x: 40, y: 0 }
    ];
    expect(clearPlaces(places, { wide: 20, high: 15 }).map((place) => place.id)).toEqual(['a', 'c']);
  });
});
