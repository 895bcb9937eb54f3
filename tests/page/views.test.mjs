// Every view in three languages, narrow and wide: reachable, without a violation of WCAG 2.2 AA, without a request to
// another host, no wider than the window, and in a picture to be looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  address, languages, openBrowser, openWindow, picture, settled, stateSignedIn, violations, windowPicture
} from './support.mjs';

const arabicReport = encodeURIComponent('02-cooperation-report.ar.md');
const views = {
  home: '/',
  documents: '/documents',
  reading: `/documents/${arabicReport}`,
  'reading-doubt': `/documents/${encodeURIComponent('10-joint-visit.ar.txt')}`,
  review: '/review',
  'review-history': '/review/history',
  'review-agreement': '/review/agreement',
  ask: `/ask?words=${encodeURIComponent('الوساطة')}`,
  'ask-filters': '/ask?org=OSCE&tab=paragraphs',
  'ask-nothing': '/ask?words=zzqqzz',
  matrix: '/matrix',
  network: '/network',
  map: '/map',
  organizations: '/organizations',
  organization: '/organizations/OSCE',
  states: '/states',
  state: '/states/KAZ',
  place: `/places/${encodeURIComponent('place:pristina')}`,
  'follow-up': '/follow-up',
  paper: `/follow-up/${encodeURIComponent('03-mediation-follow-up.ar.txt')}`,
  record: '/record',
  entry: '/record/0',
  verify: '/record/verify',
  accounts: '/accounts',
  account: '/account',
  nowhere: '/there-is-no-such-page',
  'no-document': '/documents/nothing',
  'no-organization': '/organizations/NOPE-X'
};

// Those that README shows.
const shown = ['reading', 'matrix', 'review', 'map', 'ask-filters'];

let browser, state;
before(async () => {
  browser = await openBrowser();
  state = await stateSignedIn(browser);
});
after(() => browser.close());

for (const language of languages) {
  for (const width of [320, 1280]) {
    test(`views in ${language} at ${width} px`, async (t) => {
      const { context, page, troubles } = await openWindow(browser, { language, width, state });
      for (const [name, place] of Object.entries(views)) {
        await t.test(name, async () => {
          troubles.length = 0;
          await page.goto(address + place);
          await settled(page);
          if (shown.includes(name) && width > 600) {
            // Of a text, where it was repaired.
            await page.evaluate(() => document.querySelector('[data-finding]')?.scrollIntoView({ block: 'center' }));
            await windowPicture(page, `window.${name}.${language}`);
            await page.evaluate(() => scrollTo(0, 0));
          }
          await picture(page, `${name}.${language}.${width}`);
          assert.equal(await page.evaluate(() => document.documentElement.lang), language);
          assert.equal(await page.evaluate(() => document.documentElement.dir), language === 'ar' ? 'rtl' : 'ltr');
          assert.deepEqual(await violations(page), []);
          assert.ok(
            (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
            'no wider than the window'
          );
          // What is not there is answered with 404, of which the browser itself tells the console.
          const missed = name.startsWith('no-') ? (each) => !each.includes('404') : () => true;
          assert.deepEqual(troubles.filter(missed), []);
        });
      }
      await context.close();
    });
  }
}

test('the sign-in page, to somebody who is not signed in', async (t) => {
  for (const language of languages) {
    for (const width of [320, 1280]) {
      await t.test(`${language} ${width}`, async () => {
        const { context, page, troubles } = await openWindow(browser, { language, width });
        await page.goto(`${address}/documents`);
        await page.waitForSelector('input[name=password]');
        await settled(page);
        await picture(page, `sign-in.${language}.${width}`);
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(troubles, []);
        await context.close();
      });
    }
  }
});
