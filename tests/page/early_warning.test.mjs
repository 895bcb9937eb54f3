// Early warning and the conflict map against the real server, which makes its forecast from the table that the program
// ships: progress until it is there, the track record before anything else, months by keyboard, costs in the address, every
// view in three languages, narrow and wide, without a violation of WCAG 2.2 AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  address, eventually, languages, openBrowser, openWindow, picture, say, settled, stateSignedIn, violations
} from './support.mjs';

const views = {
  warnings: '/early-warning',
  'warnings-onset': '/early-warning?condition=onset&within=12&alarms=10',
  'warnings-observed': '/early-warning?month=2023-06',
  'warning-country': '/early-warning/MLI',
  'warning-country-linear': '/early-warning/SDN?scale=linear&condition=at_least_100',
  'warning-quiet-country': '/early-warning/NOR',
  'warning-scores': '/early-warning/scores',
  'warning-scores-ign': '/early-warning/scores?metric=ign',
  'warning-record': '/early-warning/record',
  conflicts: '/conflicts',
  'conflicts-of': '/conflicts?org=OIC&from=2000'
};

// A forecast takes half a minute, and some minutes in a program that was built for finding faults.
const patienceSeconds = 400;

let browser, state;
before(async () => {
  browser = await openBrowser();
  state = await stateSignedIn(browser);
});
after(() => browser.close());

const open = (options) => openWindow(browser, { state, ...options });
// A key of the slider that goes forward in time, in the direction of the page.
const forward = (language) => (language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
const headings = (page) => page.locator('main h2').allInnerTexts();
const isolated = (text) => text.replace(/[\u2066-\u2069]/g, '').trim();

test('while the forecast is made the page says how far it is; then it stands there', async () => {
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.goto(`${address}/early-warning`);
  await page.waitForSelector('main progress, section h2');
  if (await page.locator('main progress').count()) {
    assert.match(await page.locator('main').innerText(), new RegExp(say('ar', 'warn.making')));
    await picture(page, 'warnings-made.ar.1280');
    assert.deepEqual(await violations(page), []);
  }
  await page.waitForSelector('section h2', { timeout: patienceSeconds * 1000 });
  await page.waitForSelector('input[type=range]', { timeout: patienceSeconds * 1000 });
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the track record stands before anything else, then the age of the data, the map, the warnings', async () => {
  for (const language of languages) {
    const { context, page } = await open({ language });
    await page.goto(`${address}/early-warning`);
    await page.waitForSelector('input[type=range]');
    await settled(page);
    const all = await headings(page);
    assert.equal(all[0], say(language, 'warn.track'));
    assert.ok([say(language, 'warn.notForecast'), say(language, 'warn.isForecast')].includes(all[1]), all[1]);
    assert.deepEqual(all.slice(2), [say(language, 'warn.map'), say(language, 'warn.list')]);
    // In words: how many came true.
    assert.match(await page.locator('main section:has(h2)').first().innerText(), /[\d٠-٩]/);
    await context.close();
  }
});

test('what is made of old data is called a projection, never a forecast', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/early-warning`);
  await page.waitForSelector('input[type=range]');
  const head = await page.evaluate(() =>
    fetch('/api/v1/early-warning?within=3', { headers: { Accept: 'application/json' } }).then((answer) => answer.json())
  );
  const kind = await page.locator('figcaption .kind').innerText();
  assert.equal(kind, say('en', head.forecast.is_forecast ? 'warn.forecast' : 'warn.projected'));
  assert.equal(head.forecast.is_forecast, head.forecast.age_months <= head.forecast.age_limit_months);
  await context.close();
});

test('months go by keyboard, in the direction of the page, and stand in the address', async () => {
  for (const language of ['ar', 'en']) {
    const { context, page, troubles } = await open({ language });
    await page.goto(`${address}/early-warning`);
    const slider = page.locator('input[type=range]');
    await slider.waitFor();
    await settled(page);
    const first = Number(await slider.inputValue());
    const said = await slider.getAttribute('aria-valuetext');
    await slider.focus();
    await page.keyboard.press(forward(language));
    assert.equal(Number(await slider.inputValue()), first + 1);
    assert.notEqual(await slider.getAttribute('aria-valuetext'), said);
    const month = new URL(page.url()).searchParams.get('month');
    assert.match(month, /^\d{4}-\d{2}$/);
    // The address is enough to stand there again.
    await page.reload();
    await slider.waitFor();
    await settled(page);
    assert.equal(Number(await slider.inputValue()), first + 1);
    await slider.focus();
    await page.keyboard.press('Home');
    assert.equal(await slider.inputValue(), '0');
    assert.match(await slider.getAttribute('aria-valuetext'), new RegExp(say(language, 'warn.observed')));
    // p lets the months pass, p stops them.
    await page.keyboard.press('p');
    await eventually(async () => Number(await slider.inputValue()) >= 2, 'months pass', 10);
    await page.keyboard.press('p');
    const stopped = await slider.inputValue();
    await page.waitForTimeout(1200);
    assert.equal(await slider.inputValue(), stopped);
    assert.deepEqual(troubles, []);
    await context.close();
  }
});

test('a measure of the forecast leads to its months, observed deaths back', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/early-warning`);
  const slider = page.locator('input[type=range]');
  await slider.waitFor();
  await settled(page);
  const first = Number(await slider.inputValue());
  const measure = page.getByLabel(say('en', 'warn.measure'), { exact: true });
  await measure.selectOption('deaths');
  assert.equal(Number(await slider.inputValue()), first - 1);
  await measure.selectOption('q95');
  assert.equal(Number(await slider.inputValue()), first);
  assert.equal(new URL(page.url()).searchParams.get('measure'), 'q95');
  await context.close();
});

test('the cost of a false alarm decides from which probability on a warning is given', async () => {
  const { context, page, troubles } = await open({ language: 'en' });
  await page.goto(`${address}/early-warning`);
  await page.waitForSelector('input[type=range]');
  const asked = page.waitForRequest((request) => /early-warning\?.*cost=0\.1(&|$)/.test(request.url()));
  await page.getByLabel(say('en', 'warn.alarms'), { exact: true }).selectOption('10');
  await asked;
  assert.equal(new URL(page.url()).searchParams.get('alarms'), '10');
  await eventually(async () => /\b9%/.test(isolated(await page.locator('p.said').first().innerText())), 'from 9 % on');
  await settled(page);
  // Nobody who is warned of lies under the threshold, and each has the benchmark's number beside it.
  const rows = await page.evaluate(() =>
    fetch('/api/v1/early-warning?within=3&cost=0.1&limit=30').then((answer) => answer.json())
  );
  assert.ok(rows.warnings.length > 0, 'somewhere violence is likely');
  for (const row of rows.warnings) assert.equal(row.given, row.probability >= rows.costs.threshold);
  const shown = page.locator('section[aria-labelledby=warnings] tbody tr');
  assert.equal(await shown.count(), rows.warnings.length);
  assert.match(isolated(await shown.first().innerText()), /plain benchmark:/);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('from a warning to its country by keyboard: fan, reasons, like cases', async () => {
  const { context, page, troubles } = await open({ language: 'en' });
  await page.goto(`${address}/early-warning`);
  const link = page.locator('section[aria-labelledby=warnings] tbody a').first();
  await link.waitFor();
  const name = isolated(await link.innerText());
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/early-warning\/[A-Z]{3}/);
  await page.waitForSelector('section[aria-labelledby=fan] svg');
  await settled(page);
  assert.match(isolated(await page.locator('h1').innerText()), new RegExp(name));
  assert.equal((await headings(page))[0], say('en', 'warn.trackOwn'));
  // 36 months ahead, 120 before, in the table.
  await page.locator('section[aria-labelledby=fan] summary').click();
  const rows = page.locator('section[aria-labelledby=fan] table');
  assert.equal(await rows.first().locator('tbody tr').count(), 36);
  assert.equal(await rows.last().locator('tbody tr').count(), 120);
  // Month after month is read with the slider.
  const slider = page.locator('section[aria-labelledby=fan] input[type=range]');
  await slider.focus();
  const before = await slider.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await slider.getAttribute('aria-valuetext'), before);
  assert.ok((await page.locator('section[aria-labelledby=reasons] tbody tr').count()) > 0, 'reasons are given');
  const like = page.locator('section[aria-labelledby=like] tbody tr');
  assert.ok((await like.count()) > 0, 'past cases are named');
  await like.first().locator('a').click();
  await page.waitForURL(/early-warning\/[A-Z]{3}/);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('exports are files of their kind', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/early-warning/MLI`);
  await page.waitForSelector('section[aria-labelledby=fan] svg');
  await page.getByRole('button', { name: say('en', 'chart.export'), exact: true }).click();
  const places = await page.getByRole('menuitem').evaluateAll((items) => items.map((item) => item.href));
  assert.equal(places.length, 8);
  for (const place of places) {
    const file = await page.evaluate(
      (from) => fetch(from).then(async (answer) => ({ status: answer.status, text: await answer.text() })),
      place
    );
    assert.equal(file.status, 200, place);
    const format = new URL(place).searchParams.get('format');
    if (format === 'json' || format === 'geojson') JSON.parse(file.text);
    if (format === 'geojson') assert.equal(JSON.parse(file.text).type, 'FeatureCollection');
    if (format === 'hxl') assert.match(file.text, /#country/);
  }
  await context.close();
});

test('issuing asks first; from old data it is refused and the reason stands in the dialog', async () => {
  const { context, page } = await open({ language: 'en', allowed: () => true });
  await page.goto(`${address}/early-warning/record`);
  await page.getByRole('button', { name: say('en', 'warn.issue') }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), new RegExp(say('en', 'warn.issueSaid').slice(0, 40)));
  assert.deepEqual(await violations(page), []);
  const head = await page.evaluate(() => fetch('/api/v1/early-warning?within=3').then((answer) => answer.json()));
  await dialog.getByRole('button', { name: say('en', 'warn.issueGo') }).click();
  if (head.forecast.is_forecast) {
    await dialog.waitFor({ state: 'hidden' });
    await page.waitForSelector('section[aria-labelledby=issued] tbody tr');
  } else {
    await dialog.locator('[role=alert]').waitFor();
    assert.equal(await page.locator('section[aria-labelledby=issued] tbody tr').count(), 0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
  await context.close();
});

test('the conflict map: an organization’s share with the command that gives it again', async () => {
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.goto(`${address}/conflicts?org=OIC`);
  await page.waitForSelector('section[aria-labelledby=share] svg');
  await settled(page);
  assert.match(await page.locator('section[aria-labelledby=share] code').innerText(), /mithaq conflicts share OIC/);
  await page.locator('section[aria-labelledby=share] summary').first().click();
  assert.ok((await page.locator('section[aria-labelledby=share] tbody tr').count()) > 20, 'years');
  assert.ok((await page.locator('section[aria-labelledby=conflicts] tbody tr').count()) > 5, 'conflicts');
  const wide = await page.evaluate(() => fetch('/api/v1/conflicts').then((answer) => answer.json()));
  const narrow = await page.evaluate(() => fetch('/api/v1/conflicts?org=OIC').then((answer) => answer.json()));
  assert.ok(narrow.total > 0 && narrow.total < wide.total, `${narrow.total} of ${wide.total}`);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a country that is none is said to be none', async () => {
  const { context, page } = await open({ language: 'en', allowed: () => true });
  await page.goto(`${address}/early-warning/NOPE`);
  await page.locator('main [role=alert]').waitFor();
  assert.deepEqual(await violations(page), []);
  await context.close();
});

for (const language of languages) {
  for (const width of [320, 1280]) {
    test(`early warning in ${language} at ${width} px`, async (t) => {
      const { context, page, troubles } = await open({ language, width });
      for (const [name, place] of Object.entries(views)) {
        await t.test(name, async () => {
          troubles.length = 0;
          await page.goto(address + place);
          await page.waitForSelector('main table, main .empty', { state: 'attached' });
          await settled(page);
          await picture(page, `${name}.${language}.${width}`);
          assert.equal(await page.locator('main [role=alert]').count(), 0);
          assert.deepEqual(await violations(page), []);
          assert.ok(
            (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
            'no wider than the window'
          );
          assert.deepEqual(troubles, []);
        });
      }
      await context.close();
    });
  }
}

test('in the dark theme too', async () => {
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, place] of Object.entries(views)) {
    await page.goto(address + place);
    await page.waitForSelector('main table, main .empty', { state: 'attached' });
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await picture(page, `${name}.ar.1280.dark`);
    assert.deepEqual(await violations(page), [], name);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});
