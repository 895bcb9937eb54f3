// Decisions under way against the real server, in three languages, narrow and wide, without a violation of WCAG 2.2 AA. A text
// under silence is objected to by keyboard alone, what was refused shows its rule, and the clock runs by the server's time whatever
// the computer says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act, ask, secretariatAt, statesOf, tabTo, underSilence } from './convening_support.mjs';
import {
  address, eventually, languages, openBrowser, openWindow, picture, say, settled, stateSignedIn, violations
} from './support.mjs';

let browser, states;
const ids = {};

before(async () => {
  browser = await openBrowser();
  states = await statesOf(browser, await stateSignedIn(browser, { language: 'en' }), [
    ['secretary', 'officer', 'OSCE', 'The secretary'],
    ['almaty', 'officer', 'KAZ', 'Delegation of Kazakhstan']
  ]);
  const { context, page } = await secretariatAt(browser, states.secretary);
  ids.silence = await underSilence(page);
  ids.other = await underSilence(page, 60);
  ids.refused = await underSilence(page, 90);
  await context.close();
});
after(() => browser.close());

const open = (options) => openWindow(browser, { state: states.almaty, ...options });

test('a text under silence is objected to by keyboard alone, in Arabic', async () => {
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.goto(`${address}/consultations/${ids.silence}`);
  await settled(page);
  assert.equal(await page.locator('[role=timer]').count(), 1);
  await tabTo(page, 'button[data-act^="consultation.objected "]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('main form');
  // The focus is in the form.
  assert.ok(await page.evaluate(() => document.activeElement?.closest('form') !== null));
  await tabTo(page, 'main form select');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'main form textarea');
  await page.keyboard.type('تعليمات العاصمة لم تصل بعد، ونعترض على النص.');
  await tabTo(page, 'main form [type=submit]');
  await page.keyboard.press('Enter');
  // Asked once more; Escape goes back and sends nothing.
  await page.getByText(say('ar', 'act.final')).waitFor();
  await picture(page, 'objection-asked.ar.1280');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await page.getByText(say('ar', 'act.final')).waitFor({ state: 'detached' });
  await tabTo(page, 'main form [type=submit]');
  await page.keyboard.press('Enter');
  await page.getByText(say('ar', 'act.final')).waitFor();
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/acts'));
  await tabTo(page, '.question button.main');
  await page.keyboard.press('Enter');
  assert.equal((await sent).status(), 200);
  // What was done is in focus, with its entry; silence is broken and says by whom.
  await page.waitForFunction(() => document.activeElement?.matches('.done[role=status]'));
  await page.locator('section[aria-labelledby=breaks]').waitFor();
  assert.match(await page.locator('section[aria-labelledby=breaks]').innerText(), /تعليمات العاصمة/);
  assert.equal(await page.locator('button[data-act^="consultation.objected "]').count(), 0);
  await picture(page, 'objection-done.ar.1280');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('what is refused shows the rule in its own words and where it stands', async () => {
  const { context, page } = await open({ language: 'en', allowed: (said) => /40[39]/.test(said) });
  await page.goto(`${address}/consultations/${ids.refused}`);
  await settled(page);
  await page.locator('button[data-act^="consultation.objected "]').click();
  await page.locator('main form select').selectOption('objection');
  await page.locator('main form textarea').fill('Too late.');
  // Meanwhile the text was withdrawn.
  const secretary = await secretariatAt(browser, states.secretary);
  await act(secretary.page, 'consultation.withdrawn', ids.refused, {});
  await secretary.context.close();
  await page.locator('main form [type=submit]').click();
  await page.locator('.question button.main').click();
  const refused = page.locator('.refused');
  await refused.waitFor();
  assert.match(await refused.innerText(), new RegExp(say('en', 'act.refused')));
  assert.ok((await refused.locator('blockquote').innerText()).length > 20, 'the rule is quoted');
  assert.ok((await refused.locator('figcaption').innerText()).length > 10, 'its source is named');
  assert.deepEqual(await violations(page), []);
  await picture(page, 'refused.en.1280');
  await context.close();
});

test('the clock runs by the server’s time, whatever the computer’s clock says', async () => {
  const { context, page } = await open({ language: 'en' });
  // A computer whose clock is three hours fast.
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 3 * 3_600_000;
  });
  await page.goto(`${address}/consultations/${ids.other}`);
  await settled(page);
  const answer = await ask(page, 'GET', `consultations/${ids.other}`);
  const left = Date.parse(answer.body.expires_at) - Date.parse(answer.body.now);
  const shown = await page.locator('[role=timer]').evaluate((element) => {
    const numbers = [...element.querySelectorAll('b')].map((each) => Number(each.textContent));
    while (numbers.length < 4) numbers.unshift(0);
    const [days, hours, minutes, seconds] = numbers;
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  });
  assert.ok(Math.abs(shown - left) < 30_000, `${shown} shown, ${left} left`);
  // It runs, and says nothing aloud meanwhile.
  const spoken = await page.locator('[role=timer] ~ .heard, .heard[aria-live=polite]').allInnerTexts();
  const before = await page.locator('[role=timer]').innerText();
  await eventually(async () => (await page.locator('[role=timer]').innerText()) !== before, 'the clock runs', 5);
  assert.deepEqual(await page.locator('[role=timer] ~ .heard, .heard[aria-live=polite]').allInnerTexts(), spoken);
  await context.close();
});

test('who may object is a list of names, and nothing counts those who agree', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/consultations/${ids.other}`);
  await settled(page);
  const names = await page.locator('section[aria-labelledby=entitled] li').allInnerTexts();
  assert.equal(names.length, 57);
  assert.deepEqual(names, names.toSorted((a, b) => a.localeCompare(b, 'en-GB')));
  const words = await page.locator('main').innerText();
  assert.doesNotMatch(words, /\b(in favour|abstain|abstention|votes?)\b/i);
  await context.close();
});

test('two versions are compared word by word, in the direction of the text', async () => {
  const { context, page } = await open({ language: 'ar' });
  await page.goto(`${address}/consultations/${ids.other}`);
  await settled(page);
  await page.getByRole('button', { name: say('ar', 'consult.compare') }).click();
  await page.waitForURL((url) => url.searchParams.has('with'));
  const paper = page.locator('section[aria-labelledby=text] .paper');
  assert.equal(await paper.getAttribute('dir'), 'rtl');
  assert.match((await paper.locator('ins').allInnerTexts()).join(' '), /الخمسة/);
  assert.ok((await paper.locator('del').count()) > 0);
  // What stands unchanged is not marked.
  assert.doesNotMatch((await paper.locator('ins, del').allInnerTexts()).join(' '), /المجلس/);
  await context.close();
});

for (const language of languages) {
  for (const width of [320, 1280]) {
    test(`decisions under way in ${language} at ${width} px`, async (t) => {
      const { context, page, troubles } = await open({ language, width });
      const views = {
        consultations: '/consultations',
        'consultations-none': '/consultations?state=superseded',
        consultation: `/consultations/${ids.other}`,
        'consultation-broken': `/consultations/${ids.silence}`,
        'consultation-compared': `/consultations/${ids.other}?with=first`
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
  for (const place of ['/consultations', `/consultations/${ids.other}?with=first`]) {
    await page.goto(address + place);
    await settled(page);
    assert.deepEqual(await violations(page), [], place);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});
