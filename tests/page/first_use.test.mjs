// The first day of a desk officer, in Arabic: start, sign in, bring in a damaged paper, review three statements, ask who
// leads, take the answer along.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { address, eventually, openBrowser, openWindow, picture, say, settled, signIn } from './support.mjs';

const examples = new URL('../../examples/', import.meta.url);
// A damaged paper that the record does not have: the report of the examples with a line of its own.
const paper = Buffer.concat([
  fs.readFileSync(new URL('02-cooperation-report.ar.md', examples)),
  Buffer.from('\n\nنسخة المكتب.\n')
]);

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

test('first use', async () => {
  const { context, page, troubles } = await openWindow(browser, { language: 'ar' });
  const words = (key) => say('ar', key);
  await signIn(page);

  // Brings in the paper; its reading is seen to end.
  await page.goto(`${address}/documents`);
  await settled(page);
  await page.setInputFiles('input[type=file]', { name: 'تقرير-المكتب.md', mimeType: 'text/markdown', buffer: paper });
  await page.getByRole('dialog').getByRole('button', { name: words('upload.send') }).click();
  const link = page.locator('section a', { hasText: 'تقرير-المكتب.md' }).first();
  await link.waitFor({ timeout: 30000 });
  await picture(page, 'first-use-1-brought-in');

  // Reads it: what was damaged is put right, and says so.
  await link.click();
  await settled(page);
  await page.getByText('٥٤/١١٧').first().waitFor();
  assert.ok((await page.getByText('قيرغيزستان').count()) > 0, 'the repaired word stands in the text');
  assert.ok((await page.getByText('قبرغيزستان').count()) > 0, 'the word as it came stands beside it');
  await picture(page, 'first-use-2-read');
  const document = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);

  // Reviews three statements of it.
  await page.goto(`${address}/review?document=${encodeURIComponent(document)}`);
  await page.waitForSelector('#statement-title');
  const decided = [];
  page.on('response', (answer) => {
    if (answer.request().method() === 'POST' && /\/statements\/\d+\/review$/.test(answer.url()))
      decided.push(answer.status());
  });
  for (let at = 0; at < 3; ++at) {
    await page.waitForFunction(() => new URLSearchParams(location.search).has('statement'));
    const before = new URL(page.url()).searchParams.get('statement');
    await page.keyboard.press('c');
    await page.waitForFunction((seen) => new URLSearchParams(location.search).get('statement') !== seen, before);
  }
  await eventually(() => decided.length === 3, 'three decisions are kept');
  assert.ok(decided.every((status) => status < 300), `the server kept them: ${decided}`);
  await picture(page, 'first-use-3-reviewed');

  // Asks who leads in Croatia, from the box at the head of the page.
  await page.goto(`${address}/ask?tab=statements&place=HRV&kind=lead`);
  await settled(page);
  await page.getByText('المفوضية بدور رائد').first().waitFor();
  await picture(page, 'first-use-4-asked');

  // Takes the whole answer along, as humanitarian tools read it.
  await page.goto(`${address}/matrix`);
  await settled(page);
  await page.getByRole('button', { name: words('chart.export') }).first().click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: words('chart.exportHxl') }).click()
  ]);
  const rows = fs.readFileSync(await file.path(), 'utf8').split('\n');
  assert.ok(rows[1].startsWith('#org'), `the second line is HXL's: ${rows[1]}`);
  assert.ok(rows.length > 10);
  assert.deepEqual(troubles, []);
  await context.close();
});
