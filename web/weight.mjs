// Holds the built page to its weight: what a first view in a language loads, compressed, fonts included.
//
// Usage: node weight.mjs [--table]
import { readdirSync, readFileSync, statSync } from 'node:fs';

const limit = 350_000;
const assets = readdirSync('dist/assets');

const compressed = (name) => {
  const path = `dist/assets/${name}`;
  return statSync(assets.includes(`${name}.gz`) ? `${path}.gz` : path).size;
};
const named = (pattern) => {
  const found = assets.filter((name) => pattern.test(name) && !name.endsWith('.gz'));
  if (found.length === 0) throw new Error(`no built file is named ${pattern}`);
  return found;
};

// The entry and what it imports without being asked for a view, as index.html names it.
const html = readFileSync('dist/index.html', 'utf8');
const shell = [...html.matchAll(/\/assets\/([^"]+)/g)].map((match) => match[1]);
// What stands at the first address: the record at a glance, or the desk of a delegation with what it is made of.
const imports = (name) =>
  [...readFileSync(`dist/assets/${name}`, 'utf8').matchAll(/from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g)]
    .map((match) => match[1] ?? match[2])
    .filter((each) => assets.includes(each));
function withImports(names) {
  const all = new Set(names);
  for (const name of all) if (name.endsWith('.js')) for (const each of imports(name)) all.add(each);
  // The styles of a part have its name.
  for (const name of [...all])
    for (const style of assets)
      if (style.endsWith('.css') && style.split('-')[0] === name.split('-')[0]) all.add(style);
  return [...all];
}
const first = withImports(named(/^(Home|DelegationHome)-.*\.(js|css)$/));

const fonts = {
  // In Arabic names and symbols are in Latin letters too.
  ar: [/^ibm-plex-sans-arabic-arabic-[46]00-/, /^ibm-plex-sans-latin-[46]00-/],
  en: [/^ibm-plex-sans-latin-[46]00-/, /^source-serif-4-latin-600-/, /^ibm-plex-sans-arabic-arabic-600-/],
  ru: [
    /^ibm-plex-sans-(latin|cyrillic)-[46]00-/,
    /^source-serif-4-(latin|cyrillic)-600-/,
    /^ibm-plex-sans-arabic-arabic-600-/
  ]
};

let failed = false;
for (const [language, patterns] of Object.entries(fonts)) {
  const code = [...new Set([...shell, ...first, ...named(new RegExp(`^${language}-.*\\.js$`))])];
  const type = patterns.flatMap(named);
  const sum = (names) => names.reduce((total, name) => total + compressed(name), 0);
  const total = sum(code) + sum(type);
  process.stdout.write(
    `first view in ${language}: ${total} bytes (code ${sum(code)}, fonts ${sum(type)}), limit ${limit}\n`
  );
  failed ||= total > limit;
}
process.exit(failed ? 1 : 0);
