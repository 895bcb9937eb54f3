#!/usr/bin/env node
// Makes data/conflict/neighbours.tsv: which States of data/conflict/countries.tsv share a border.
//
// Two countries are neighbours if they have an arc in common in Natural Earth's map at 1:50,000,000, as the package
// world-atlas has it (web/node_modules, tools/build_page --packages). Natural Earth is in the public domain and draws
// lines as they are on the ground, which is no view on anybody's claim.
//
// Usage: tools/make_neighbours.mjs > data/conflict/neighbours.tsv
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");

// Rows of a table of data/ as objects.
function table(path) {
  const lines = readFileSync(join(project, path), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const columns = lines[0].split("\t");
  return lines.slice(1).map((line) => Object.fromEntries(line.split("\t").map((cell, at) => [columns[at], cell])));
}

const units = new Set(table("data/conflict/countries.tsv").map((row) => row.id));
const byM49 = new Map(table("data/states.tsv").map((row) => [row.m49, row.id]));
// Shapes without a code of UN M49 count as UCDP counts what happens there.
const byName = new Map([["Kosovo", "XKX"], ["Somaliland", "SOM"], ["N. Cyprus", "CYP"]]);
// Borders of parts overseas (French Guiana) do not make the States neighbours here: violence does not cross them.
const overseas = new Set(["BRA|FRA", "FRA|SUR"]);

const map = JSON.parse(readFileSync(join(project, "web/node_modules/world-atlas/countries-50m.json"), "utf8"));
const owners = new Map(); // arc: set of countries
for (const shape of map.objects.countries.geometries) {
  const id = byName.get(shape.properties.name) ?? byM49.get(shape.id);
  if (!units.has(id)) continue;
  // An arc that is gone along backwards stands as its complement.
  for (const arc of shape.arcs.flat(Infinity)) {
    const index = arc < 0 ? ~arc : arc;
    owners.set(index, (owners.get(index) ?? new Set()).add(id));
  }
}

const pairs = new Set();
for (const ids of owners.values()) {
  const sorted = [...ids].sort();
  for (let one = 0; one < sorted.length; one++)
    for (let other = one + 1; other < sorted.length; other++) pairs.add(`${sorted[one]}|${sorted[other]}`);
}

console.log(`# States that share a border, each pair once, in order of their ids. Made by tools/make_neighbours.mjs out of
# data/conflict/countries.tsv and Natural Earth's map at 1:50,000,000 (public domain), by arcs that two countries
# have in common. Borders of parts overseas are left out. Format: docs/data-files.md
country\tneighbour\treason\tsource`);
for (const pair of [...pairs].sort())
  if (!overseas.has(pair)) console.log(`${pair.replace("|", "\t")}\tshared border\tNatural Earth 1:50m`);
