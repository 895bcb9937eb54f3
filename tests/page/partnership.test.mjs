// A delegation's desk, requests for partnership, the register of statuses and debates against the real server, in three languages,
// narrow and wide, without a violation of WCAG 2.2 AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act, ask, secretariatAt, statesOf, title, underSilence, viennaIn } from './convening_support.mjs';
import {
  address, languages, openBrowser, openWindow, picture, say, settled, stateSignedIn, violations
} from './support.mjs';

let browser, states;
const ids = {};

before(async () => {
  browser = await openBrowser();
  states = await statesOf(browser, await stateSignedIn(browser, { language: 'en' }), [
    ['registrar', 'officer', 'OSCE', 'The registrar'],
    ['astana', 'officer', 'KAZ', 'Delegation of Kazakhstan']
  ]);
  const { context, page } = await secretariatAt(browser, states.registrar);
  await underSilence(page);
  // A request that came on paper, circulated, with what a State said of two factors.
  const application = await act(page, 'application.received', '', {
    organization: 'OSCE',
    status: 'partner_mediterranean',
    signed_by: 'Minister for Foreign Affairs',
    dated: new Date(Date.now() - 25 * 86_400_000).toISOString().slice(0, 10),
    document: 'CIO.GAL/12/26',
    letter: { ar: 'يتشرف لبنان بأن يطلب مركز الشريك.', en: 'Lebanon has the honour to request the status of Partner.' }
  }, 'LBN');
  ids.application = application.subject;
  const before = { local: viennaIn(24 * 20), zone: 'Europe/Vienna' };
  await act(page, 'application.circulated', ids.application, { before });
  const { body } = await ask(page, 'GET', `applications/${ids.application}`);
  const delegate = await openWindow(browser, { language: 'en', state: states.astana });
  await delegate.page.goto(`${address}/overview`);
  await settled(delegate.page);
  for (const factor of body.factors.slice(0, 2)) {
    const text = { ar: 'علاقات طويلة في الحوار المتوسطي.', en: 'A long record in the Mediterranean dialogue.' };
    await act(delegate.page, 'application.assessed', ids.application, { factor: factor.id, text });
  }
  await delegate.context.close();
  // A status that the register holds is reviewed.
  const review = await act(page, 'application.review_opened', '', {
    organization: 'OSCE',
    state: 'JPN',
    status: 'partner_asian',
    reason: { ar: 'طلبت اليابان إنهاء مركزها.', en: 'Japan asked for the end of its status.' }
  });
  ids.review = review.subject;
  const debate = await act(page, 'debate.opened', '', {
    body: 'OSCE_PC',
    title: { ar: 'التعاون مع الشركاء', en: 'Co-operation with the Partners', ru: 'Сотрудничество с партнерами' },
    presidency: 'CHE',
    item: 'un_csto',
    begins: before
  });
  ids.debate = debate.subject;
  await act(page, 'debate.note_given', ids.debate, {
    text: { ar: 'نود أن نقترح أن تقدم الدول رؤيتها.', en: 'We should like to propose that States give their own views.' }
  });
  await context.close();
});
after(() => browser.close());

const open = (options) => openWindow(browser, { state: states.astana, ...options });

test('a delegation begins at its desk, and the record at a glance stays one step away', async () => {
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.goto(address);
  await settled(page);
  const task = page.locator('section[aria-labelledby=tasks] article', { hasText: title.ar }).first();
  await task.waitFor();
  // By the clock of Vienna and in UTC.
  assert.match(await task.innerText(), /UTC/);
  assert.match(await task.innerText(), /Europe\/Vienna/);
  await page.getByRole('link', { name: say('ar', 'home2.overview') }).click();
  await page.waitForURL((url) => url.pathname === '/overview');
  await settled(page);
  assert.equal(await page.locator('main h1').innerText(), say('ar', 'home.title'));
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the secretariat chooses whose desk it looks at', async () => {
  const { context, page, troubles } = await open({ language: 'en', state: states.registrar });
  await page.goto(`${address}/home`);
  await settled(page);
  await page.getByLabel(say('en', 'home2.whose')).selectOption('KAZ');
  await page.waitForURL((url) => url.searchParams.get('delegation') === 'KAZ');
  await settled(page);
  assert.match(await page.locator('main h1').innerText(), /Kazakhstan/);
  await page.locator('section[aria-labelledby=tasks] article').first().waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('States speak of the factors in their own words, without a score', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/applications/${ids.application}`);
  await settled(page);
  const stations = page.locator('section[aria-labelledby=way] li');
  assert.equal(await stations.count(), 6);
  assert.equal(await page.locator('section[aria-labelledby=way] li[aria-current=step]').count(), 1);
  const factors = page.locator('section[aria-labelledby=factors]');
  assert.equal(await factors.locator('h3').count(), 5);
  assert.match(await factors.innerText(), /A long record in the Mediterranean dialogue/);
  assert.doesNotMatch(await factors.innerText(), /\b(\d+ ?%|\d+ ?\/ ?\d+|score: )/);
  await page.getByRole('button', { name: say('en', 'partner.byDelegation') }).click();
  await page.waitForURL((url) => url.searchParams.get('by') === 'delegation');
  assert.deepEqual(await factors.locator('h3').allInnerTexts(), ['Kazakhstan']);
  await context.close();
});

for (const language of languages) {
  for (const width of [320, 1280]) {
    test(`partnership in ${language} at ${width} px`, async (t) => {
      const { context, page, troubles } = await open({ language, width });
      const views = {
        'delegation-home': '/',
        applications: '/applications',
        application: `/applications/${ids.application}`,
        review: `/applications/${ids.review}`,
        'application-by-state': `/applications/${ids.application}?by=delegation`,
        standing: '/standing',
        'standing-past': '/standing?at=1994-06-01',
        'standing-of': '/standing/KAZ',
        debates: '/debates',
        debate: `/debates/${ids.debate}`
      };
      for (const [name, place] of Object.entries(views)) {
        await t.test(name, async () => {
          troubles.length = 0;
          await page.goto(address + place);
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
  for (const place of ['/', '/applications', `/applications/${ids.application}`, `/applications/${ids.review}`, '/standing', '/debates']) {
    await page.goto(address + place);
    await settled(page);
    assert.deepEqual(await violations(page), [], place);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});
