// Rules that hold for every source of the page: only logical sides, nothing that a strict Content-Security-Policy would
// refuse, nothing from another host, every file opening with what it is for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname ?? join(process.cwd(), 'tests'), '..');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(svelte|ts|css)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, 'src', name), 'utf8') }));

const styleOf = (name: string, text: string) =>
  name.endsWith('.css')
    ? text
    : [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((match) => match[1]).join('\n');
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/<!--[\s\S]*?-->/g, '');

// Properties and values that name a side of the screen instead of a side of the text.
const physical =
  /(?:^|[\s;{(])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)/m;

describe('sides', () => {
  it('the test knows a physical side when it sees one', () => {
    for (const bad of [
      'a { margin-left: 1px }',
      'a {\n  right: 0;\n}',
      'a { text-align: right }',
      'a{border-top-left-radius:2px}'
    ]) {
      expect(bad).toMatch(physical);
    }
    expect('a { margin-inline-start: 1px; border-start-start-radius: 2px; text-align: start }').not.toMatch(physical);
  });

  it.each(files.filter(({ name }) => /\.(css|svelte)$/.test(name)))('$name', ({ name, text }) => {
    expect(withoutComments(styleOf(name, text))).not.toMatch(physical);
    // style:left={…} sets the same from the template.
    expect(text).not.toMatch(/style:(?:left|right|margin-left|margin-right|padding-left|padding-right)\b/);
  });
});

describe('what a strict policy refuses', () => {
  it.each(files.filter(({ name }) => name.endsWith('.svelte')))('$name', ({ text }) => {
    expect(withoutComments(text)).not.toMatch(/\sstyle="/);
    expect(withoutComments(text)).not.toMatch(/\{@html|javascript:/);
  });

  it('index.html has no script and no style in it', () => {
    const html = readFileSync(join(root, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });
});

describe('other hosts', () => {
  it.each(files)('$name', ({ text }) => {
    // Namespaces of SVG and names of standards are not fetched.
    const addresses = (text.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z0-9.-]+/gi) ?? []).filter(
      (each) => !/\/\/www\.w3\.org$/.test(each)
    );
    expect(addresses).toEqual([]);
  });
});

describe('the first line says what the file is for', () => {
  it.each(files.filter(({ name }) => !/\.test\.ts$|vite-env/.test(name)))('$name', ({ text }) => {
    expect(text).toMatch(/^(\/\/|\/\*|<!--)/);
  });
});
