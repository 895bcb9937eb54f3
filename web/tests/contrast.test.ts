// Every ink on every ground that it stands on: at least 4.5:1 for text, 3:1 for the rules of controls and the ring of the
// focus (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(process.cwd(), 'src/styles/tokens.css'), 'utf8');
const block = (selector: string) => css.split(`${selector} {`)[1]?.split('\n}')[0] ?? '';
const colours = (text: string) =>
  new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
const themes = { light: colours(block(':root')), dark: colours(block(":root[data-theme='dark']")) };

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function ratio(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'surface-sunken', 'surface-raised'];
const kinds = ['organization', 'state', 'place', 'person', 'date', 'paper', 'amount', 'theme'].map(
  (kind) => `kind-${kind}`
);
const pairs: [string, string, number][] = [
  ...['ink', 'ink-soft', 'ink-faint', 'green', 'brass', 'alarm', 'link', ...kinds].flatMap((ink) =>
    grounds.map((ground): [string, string, number] => [ink, ground, 4.5])
  ),
  ...kinds.flatMap((kind): [string, string, number][] => [
    [kind, `${kind}-soft`, 4.5],
    ['ink', `${kind}-soft`, 4.5]
  ]),
  ['ink', 'green-soft', 4.5],
  ['ink-soft', 'green-soft', 4.5],
  ['green', 'green-soft', 4.5],
  ['link', 'green-soft', 4.5],
  ['ink', 'mark', 4.5],
  ['ink', 'alarm-soft', 4.5],
  ['alarm', 'alarm-soft', 4.5],
  ['ink', 'brass-soft', 4.5],
  ['on-green', 'green', 4.5],
  ['on-green', 'green-strong', 4.5],
  ...grounds.flatMap((ground): [string, string, number][] => [
    ['focus', ground, 3],
    ['rule-strong', ground, 3]
  ])
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(pairs)('%s on %s has at least %d:1', (ink, ground, least) => {
    const [a, b] = [themes[theme].get(ink), themes[theme].get(ground)];
    expect(a, ink).toBeDefined();
    expect(b, ground).toBeDefined();
    expect(ratio(a ?? '', b ?? '')).toBeGreaterThanOrEqual(least);
  });
});
