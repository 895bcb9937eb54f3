// The map of the world: shapes of countries joined with what the record says about them, projected to the plane.
// Equal Earth keeps areas true, so that no country looks weightier than it is. The map is never mirrored.
//   source  Šavrič, Patterson & Jenny (2018), The Equal Earth map projection; shapes: Natural Earth through world-atlas
import { geoArea, geoBounds, geoEqualEarth, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Feature, FeatureCollection, Geometry } from 'geojson';

export type World = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

export interface Country {
  key: string; // our id (ISO 3166 alpha-3) if it is known, else the name that the shapes give
  m49: string;
  shape: Feature<Geometry, { name: string }>;
}

// Shapes that stand without a number in M49, and one whose number the register leaves empty. The identifiers are those of
// data/states.tsv and say nothing about status.
const withoutNumber: Record<string, string> = { Kosovo: 'XKX', 'N. Cyprus': 'XNC', Somaliland: 'XSD' };
const byNumber: Record<string, string> = { '158': 'TWN' };

export function countriesOf(world: World, ids: ReadonlyMap<string, string>): Country[] {
  const all = feature(world, world.objects.countries) as FeatureCollection<Geometry, { name: string }>;
  return all.features.map((shape) => {
    const m49 = shape.id === undefined ? '' : String(shape.id).padStart(3, '0');
    const key = ids.get(m49) ?? byNumber[m49] ?? withoutNumber[shape.properties.name] ?? shape.properties.name;
    return { key, m49, shape };
  });
}

export interface DrawnCountry {
  key: string;
  path: string;
  x: number; // the middle of its largest part, for its number or its mark
  y: number;
  small: boolean; // too small on the paper to be seen or met: it also gets a mark
}

export interface DrawnWorld {
  countries: DrawnCountry[];
  borders: string;
  frame: string;
}

const smallArea = 22 / 1000 ** 2; // as a part of the square of the drawing's width

// The largest part of a country, so that a label of France stands in France and not in the Atlantic.
function mainPart(shape: Feature<Geometry>): GeoPermissibleObjects {
  if (shape.geometry.type !== 'MultiPolygon') return shape;
  let largest = shape.geometry.coordinates[0];
  let area = -1;
  for (const polygon of shape.geometry.coordinates) {
    const size = geoArea({ type: 'Polygon', coordinates: polygon });
    if (size > area) {
      area = size;
      largest = polygon;
    }
  }
  return { type: 'Polygon', coordinates: largest ?? [] };
}

//   focus    keys of the countries that must fill the paper; empty: the whole world
//   margin   around them, as a part of the paper's width and height
export function drawWorld(
  world: World,
  countries: readonly Country[],
  size: { width: number; height: number },
  focus: ReadonlySet<string> = new Set(),
  margin = 0.03
): DrawnWorld {
  const projection = geoEqualEarth().rotate([-11, 0]);
  const chosen = countries.filter((country) => focus.has(country.key));
  const target: GeoPermissibleObjects = chosen.length > 0 ? around(chosen) : { type: 'Sphere' };
  const inset = chosen.length > 0 ? { x: size.width * margin, y: size.height * margin } : { x: 6, y: 6 };
  projection.fitExtent(
    [
      [inset.x, inset.y],
      [size.width - inset.x, size.height - inset.y]
    ],
    target
  );
  projection.clipExtent([
    [-2, -2],
    [size.width + 2, size.height + 2]
  ]);
  const path = geoPath(projection).digits(1);
  // Some countries come as several shapes (Australia and its islands): they are drawn as one.
  const byKey = new Map<string, DrawnCountry & { area: number; largest: number }>();
  for (const country of countries) {
    const drawn = path(country.shape);
    if (!drawn) continue;
    const part = mainPart(country.shape);
    const area = path.area(country.shape);
    const [x, y] = path.centroid(part);
    const before = byKey.get(country.key);
    const largest = path.area(part);
    if (!before) {
      byKey.set(country.key, { key: country.key, path: drawn, x: x || 0, y: y || 0, small: false, area, largest });
    } else {
      before.path += drawn;
      before.area += area;
      if (largest > before.largest) Object.assign(before, { x, y, largest });
    }
  }
  return {
    countries: [...byKey.values()].map(({ area, largest: _largest, ...country }) => ({
      ...country,
      small: area < smallArea * size.width ** 2
    })),
    borders: path(mesh(world, world.objects.countries, (a, b) => a !== b)) ?? '',
    frame: path({ type: 'Sphere' }) ?? ''
  };
}

// Those of the places, the weightiest first, whose numbers can stand without covering one that is there already.
export function clearPlaces<P extends { x: number; y: number }>(
  places: readonly P[],
  room: { wide: number; high: number }
): P[] {
  const out: P[] = [];
  for (const place of places) {
    const free = out.every(
      (each) => Math.abs(each.x - place.x) >= room.wide || Math.abs(each.y - place.y) >= room.high
    );
    if (free) out.push(place);
  }
  return out;
}

// How high the paper must be for what it is zoomed to, as a part of its width.
export function paperHeight(countries: readonly Country[], focus: ReadonlySet<string>): number {
  const chosen = countries.filter((country) => focus.has(country.key));
  if (chosen.length === 0) return 0.5;
  const projection = geoEqualEarth().rotate([-11, 0]);
  const [[x0, y0], [x1, y1]] = geoPath(projection).bounds(around(chosen));
  return Math.min(0.8, Math.max(0.45, (y1 - y0) / Math.max(1, x1 - x0)));
}

// A frame around the main parts of some countries, as points: far islands must not make the map as wide as the world.
function around(countries: readonly Country[]): GeoPermissibleObjects {
  const points: [number, number][] = [];
  for (const country of countries) {
    const [[west, south], [east, north]] = geoBounds(mainPart(country.shape));
    // A part across the date line is left to its middle.
    if (west > east) points.push([180, (south + north) / 2]);
    else points.push([west, south], [west, north], [east, south], [east, north]);
  }
  return { type: 'MultiPoint', coordinates: points };
}
