// What strangers put into papers and names is shown, never obeyed; symbols and numbers keep their order in both
// directions; what a status does not open stays closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  address, eventually, openBrowser, openWindow, partner, picture, say, settled, signIn, stateSignedIn
} from './support.mjs';

let browser, state;
before(async () => {
  browser = await openBrowser();
  state = await stateSignedIn(browser, { language: 'ar' });
});
after(() => browser.close());

// Hands a file in as the page does, and waits until it is read.
async function handIn(page, name, text, query = '') {
  return page.evaluate(
    async ([fileName, body, more]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(`/api/v1/documents?name=${encodeURIComponent(fileName)}${more}`, {
        method: 'POST',
        headers: { 'X-Mithaq-CSRF': csrf },
        body
      });
      if (answer.status !== 202) return { status: answer.status, ...(await answer.json()) };
      let { job } = await answer.json();
      while (['queued', 'reading'].includes(job.state)) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        job = (await (await fetch(`/api/v1/jobs/${job.id}`)).json()).job;
      }
      return { status: 202, ...job };
    },
    [name, text, query]
  );
}

// The letters of a piece of text in the order in which they are drawn, from left to right; null if it is not to be seen.
const drawnOrder = (page, text) =>
  page.evaluate((wanted) => {
    for (const element of document.querySelectorAll('main *')) {
      if (!element.checkVisibility() || !element.textContent.includes(wanted)) continue;
      if ([...element.children].some((child) => child.textContent.includes(wanted))) continue;
      // The element is the innermost one; a highlight may still cut its text in several nodes.
      const letters = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < node.length; ++at) letters.push({ node, at });
      const begin = element.textContent.indexOf(wanted);
      const places = letters.slice(begin, begin + wanted.length).map(({ node, at }) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return { letter: node.data[at], left: range.getBoundingClientRect().left };
      });
      return places.sort((one, other) => one.left - other.left).map(({ letter }) => letter).join('');
    }
    return null;
  }, text);

test('script in a paper and a name that turns direction', async () => {
  const { context, page, troubles } = await openWindow(browser, { language: 'ar', state });
  await page.goto(`${address}/documents`);
  await settled(page);
  const job = await handIn(
    page,
    'evil \u202Etxt.exe<img src=x onerror=stolen()>.txt',
    'The OSCE and UNHCR co-operate in Croatia. <script>window.stolen = 1</script> <img src=x onerror="window.stolen=2">\n'
  );
  assert.equal(job.state, 'done', JSON.stringify(job));
  await page.goto(`${address}/documents/${job.document}`);
  await settled(page);
  await page.getByText('<script>window.stolen = 1</script>').first().waitFor();
  assert.equal(await page.evaluate(() => window.stolen), undefined);
  assert.ok(!(await page.locator('main').innerText()).includes('\u202E'), 'the override is shown by its name');
  await picture(page, 'strangers-script');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('symbols and numbers keep their order', async () => {
  for (const language of ['ar', 'en', 'ru']) {
    const { context, page } = await openWindow(browser, { language, state });
    await page.goto(`${address}/documents`);
    await settled(page);
    const job = await handIn(
      page,
      'council note.txt',
      'قرر المجلس الدائم في قراره PC.DEC/1041 المؤرخ 2012-05-31 أن تتعاون منظمة الأمن والتعاون في أوروبا مع الأمم المتحدة.\n'
    );
    assert.ok(['done', 'known'].includes(job.state), JSON.stringify(job));
    await page.goto(`${address}/documents/${job.document}`);
    await settled(page);
    assert.equal(await drawnOrder(page, 'PC.DEC/1041'), 'PC.DEC/1041', `in ${language}`);
    await page.goto(`${address}/ask?words=PC.DEC/1041`);
    await settled(page);
    await picture(page, `strangers-order.${language}`);
    assert.equal(await drawnOrder(page, 'PC.DEC/1041'), 'PC.DEC/1041', `among what is found, in ${language}`);
    await context.close();
  }
});

test('what a status does not open', async () => {
  const officer = await openWindow(browser, { language: 'en', state });
  await officer.page.goto(`${address}/documents`);
  await settled(officer.page);
  const job = await handIn(officer.page, 'staff only.txt', 'The OSCE zirconium mission works in Moldova.\n', '&tlp=TLP:AMBER%2BSTRICT');
  assert.equal(job.state, 'done', JSON.stringify(job));

  const delegation = await openWindow(browser, { language: 'en', allowed: (text) => text.includes('403') });
  await signIn(delegation.page, partner.account, partner.password);
  await delegation.page.goto(`${address}/documents`);
  await settled(delegation.page);
  assert.equal(await delegation.page.getByText('staff only.txt').count(), 0, 'it is not in the list');
  await delegation.page.goto(`${address}/ask?words=zirconium`);
  await settled(delegation.page);
  assert.equal(await delegation.page.locator('main mark').count(), 0, 'a search does not find it');
  await delegation.page.goto(`${address}/documents/${job.document}`);
  await delegation.page.getByText(say('en', 'error.forbiddenHint').slice(0, 40)).first().waitFor();
  await picture(delegation.page, 'strangers-closed');
  assert.deepEqual(delegation.troubles, []);

  // The refusal stands in the record.
  const refused = await eventually(
    () => officer.page.evaluate(async () => {
      const { entries } = await (await fetch('/api/v1/record/log?limit=50&kind=act')).json();
      return entries.some((entry) => JSON.stringify(entry).includes('access.refused'));
    }),
    'the refusal is in the log'
  );
  assert.ok(refused);

  // An account that is disabled is out at once.
  await officer.page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    await fetch('/api/v1/accounts/jordan', {
      method: 'PATCH',
      headers: { 'X-Mithaq-CSRF': csrf, 'Content-Type': 'application/json' },
      body: JSON.stringify({ disabled: true })
    });
  });
  await delegation.page.goto(`${address}/documents`);
  await delegation.page.waitForSelector('input[name=password]');
  await officer.context.close();
  await delegation.context.close();
});
