// What the tests of the page share: a browser that listens, signing in, and the page's own words.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const address = process.env.ADDRESS;
export const administrator = process.env.ADMINISTRATOR;
export const password = process.env.PASSWORD;
export const partner = { account: 'jordan', password: process.env.PARTNER };
export const languages = ['ar', 'en', 'ru'];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The sentences of the page in one language, read from its tables: 'documents.upload' → 'Bring in documents'.
const tables = {};
export function say(language, key) {
  if (!tables[language]) {
    tables[language] = {};
    const folder = new URL('../../web/src/i18n/', import.meta.url);
    for (const part of ['', 'activity/', 'convening/', 'meetings/', 'record/', 'warning/']) {
      if (!fs.existsSync(new URL(`${part}${language}.ts`, folder))) continue;
      const text = fs.readFileSync(new URL(`${part}${language}.ts`, folder), 'utf8');
      for (const [, name, value] of text.matchAll(/'([\w.]+)':\s*'((?:[^'\\]|\\.)*)'/g))
        tables[language][name] = value.replaceAll("\\'", "'");
    }
  }
  const sentence = tables[language][key];
  assert.ok(sentence, `the page has no sentence ${key} in ${language}`);
  return sentence;
}

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync']
  });
}

// A window in one language. What it must never do is collected in `troubles`: errors of scripts and of the content
// security policy, requests to other hosts.
export async function openWindow(browser, { language = 'ar', width = 1280, height, state, allowed = () => false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: height ?? (width < 600 ? 700 : 900) },
    locale: { ar: 'ar-EG', en: 'en-GB', ru: 'ru-RU' }[language],
    reducedMotion: 'reduce',
    // Who is signed in, not which language was chosen.
    storageState: state && { cookies: state.cookies, origins: [] }
  });
  const troubles = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !allowed(message.text())) troubles.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url()))
        troubles.push(`request elsewhere: ${request.url()}`);
    });
  });
  const page = await context.newPage();
  return { context, page, troubles };
}

export async function signIn(page, account = administrator, secret = password) {
  await page.goto(`${address}/sign-in`);
  await page.fill('input[name=account]', account);
  await page.fill('input[name=password]', secret);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

// What a window needs to be the administrator's: the state of one that has signed in.
export async function stateSignedIn(browser, options) {
  const { context, page } = await openWindow(browser, options);
  await signIn(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

// Until nothing is on its way any more. Streams of events never end, so that "networkidle" would not come.
export async function settled(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(
    () => document.querySelector('h1') && !document.querySelector('[aria-busy="true"]'), null, { timeout: 15000 });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(150);
}

// Violations of WCAG 2.2 AA, each in one line; the rules that axe itself calls experimental among them.
export async function violations(page) {
  // In a window as high as the page no bar that stays in sight covers what could be scrolled from under it.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(size.height, height), 8000) });
  await page.waitForTimeout(100);
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((found) =>
      JSON.stringify(found.violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.target.join(' ')).join(', '))))`,
    awaitPromise: true,
    returnByValue: true
  });
  await session.detach();
  await page.setViewportSize(size);
  return JSON.parse(result.value);
}

// The whole page, in a window as high as it, so that what is drawn only when it is in sight is drawn.
export async function picture(page, name) {
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(size.height, height), 6000) });
  await page.waitForTimeout(100);
  await page.screenshot({ path: path.join(process.env.PICTURES, `${name}.png`), fullPage: true });
  await page.setViewportSize(size);
}

// What stands in the window alone, as README shows it.
export async function windowPicture(page, name) {
  await page.screenshot({ path: path.join(process.env.PICTURES, `${name}.png`) });
}

// True once what `ask` gives is true; asked again for some seconds.
export async function eventually(ask, what, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) assert.fail(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
