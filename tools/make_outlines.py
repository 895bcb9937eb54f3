#!/usr/bin/env python3
"""Makes data/outlines.tsv: the shapes of countries for the maps that `mithaq warn plot map` draws.

Usage: tools/make_outlines.py web/node_modules/world-atlas/countries-110m.json data/states.tsv >data/outlines.tsv

Natural Earth's shapes at 1:110 million come as arcs that neighbours share. Each arc is simplified by itself (Douglas &
Peucker 1973), so that borders still meet, and rounded to a quarter of a degree.
"""
import json
import sys

TOLERANCE = 0.35  # degrees
SMALLEST = 1.0  # square degrees; smaller islands of a country that has larger parts are left out

HEADER = """# Outlines of countries for small maps, simplified from Natural Earth 1:110 million by tools/make_outlines.py. Lines on
# such a map carry no view on anybody's borders. id: of states.tsv. outline: rings parted by |, each a run of "longitude
# latitude" in quarters of a degree, parted by commas.
id\toutline\tsource"""

# Shapes without a number of M49, and one whose number the register leaves empty. The ids say nothing about status.
WITHOUT_NUMBER = {"Kosovo": "XKX", "N. Cyprus": "XNC", "Somaliland": "XSD", "Taiwan": "TWN"}


def simplified(points):
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    best, at = 0.0, 0
    for index in range(1, len(points) - 1):
        x, y = points[index]
        if length == 0:
            distance = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        else:
            distance = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length
        if distance > best:
            best, at = distance, index
    if best < TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: at + 1])[:-1] + simplified(points[at:])


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


atlas = json.load(open(sys.argv[1], encoding="utf-8"))
ids = {}
with open(sys.argv[2], encoding="utf-8") as states:
    columns = None
    for line in states:
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if columns is None:
            columns = cells
            continue
        row = dict(zip(columns, cells))
        if row.get("m49") and not row.get("to"):
            ids[row["m49"]] = row["id"]
scale, shift = atlas["transform"]["scale"], atlas["transform"]["translate"]
arcs = []
for arc in atlas["arcs"]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    arcs.append([(round(4 * px), round(4 * py)) for px, py in simplified(points)])


def ring_of(indices):
    ring = []
    for index in indices:
        part = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += part[1:] if ring else part
    return [point for at, point in enumerate(ring[:-1]) if at == 0 or point != ring[at - 1]]


def cut(ring, edge, keep_below):
    """The part of a ring on one side of a meridian (Sutherland & Hodgman 1974)."""
    inside = (lambda x: x <= edge) if keep_below else (lambda x: x >= edge)
    out = []
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if inside(ax):
            out.append((ax, ay))
        if inside(ax) != inside(bx):
            out.append((edge, round(ay + (by - ay) * (edge - ax) / (bx - ax))))
    return out


def within_the_map(ring):
    """A ring that crosses the date line becomes one on each side."""
    unwrapped = [ring[0]]
    for x, y in ring[1:]:
        before = unwrapped[-1][0]
        unwrapped.append((x - 1440 * round((x - before) / 1440), y))
    parts = []
    for shift in (-1440, 0, 1440):
        part = cut(cut([(x + shift, y) for x, y in unwrapped], 720, True), -720, False)
        if len(part) >= 3:
            parts.append(part)
    return parts


print(HEADER)
rows = []
for country in atlas["objects"]["countries"]["geometries"]:
    name = country["properties"]["name"]
    number = ids.get(country.get("id", "")) or WITHOUT_NUMBER.get(name)
    if number is None or number == "ATA":  # nobody is forecast there
        print(f"left out: {name}", file=sys.stderr)
        continue
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [ring_of(polygon[0]) for polygon in polygons]
    rings = [part for ring in rings if len(ring) >= 3 for part in within_the_map(ring)]
    rings.sort(key=area, reverse=True)
    rings = [ring for at, ring in enumerate(rings) if at == 0 or area(ring) >= SMALLEST * 16]
    if rings:
        rows.append((number, "|".join(",".join(f"{x} {y}" for x, y in ring) for ring in rings)))
for number, outline in sorted(rows):
    print(f"{number}\t{outline}\tNatural Earth 1:110m, public domain, simplified")
