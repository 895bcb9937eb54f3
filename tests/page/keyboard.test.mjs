// Bringing in, reviewing and asking by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { reviewByKeyboard } from '../../web/e2e/review_keyboard.mjs';
import { address, openBrowser, openWindow, say, settled, stateSignedIn } from './support.mjs';

let browser, state;
before(async () => {
  browser = await openBrowser();
  state = await stateSignedIn(browser, { language: 'en' });
});
after(() => browser.close());

// Presses Tab until the element in focus is the one that is looked for.
async function tabTo(page, selector, most = 80) {
  for (let step = 0; step < most; ++step) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${selector}`);
}

for (const language of ['ar', 'en']) {
  test(`the queue of review in ${language}`, async () => {
    const { context, page, troubles } = await openWindow(browser, { language, state });
    await reviewByKeyboard(page, address);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test('bringing in a file', async () => {
  const { context, page, troubles } = await openWindow(browser, { language: 'en', state });
  // Listened for from the start: a key may open it sooner than the browser hears that somebody listens.
  const chosen = page.waitForEvent('filechooser');
  await page.goto(`${address}/documents`);
  await settled(page);
  await page.getByRole('button', { name: say('en', 'documents.upload') }).first().waitFor();
  await page.keyboard.press('a');
  const chooser = await chosen;
  await chooser.setFiles({
    name: 'keyboard note.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('The OSCE and UNHCR co-operate closely in Croatia.\n')
  });
  await page.waitForSelector('dialog[open]');
  const send = say('en', 'upload.send');
  for (let step = 0; step < 40; ++step) {
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === send) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.locator('section a', { hasText: 'keyboard note.txt' }).first().waitFor({ timeout: 30000 });
  assert.deepEqual(troubles, []);
  await context.close();
});

test('asking', async () => {
  const { context, page, troubles } = await openWindow(browser, { language: 'ar', state });
  await page.goto(address);
  await settled(page);
  await page.keyboard.press('/');
  await page.keyboard.type('الوساطة');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/ask');
  await settled(page);
  await page.waitForSelector('main mark');
  await tabTo(page, 'main a[href*="/documents/"]');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname.startsWith('/documents/'));
  assert.deepEqual(troubles, []);
  await context.close();
});
