// The queue of review by keyboard alone, as a person would: confirm, correct with a suggestion and a date, reject with a
// reason, skip, undo, back. Nothing is clicked. Used by the tests of the whole page; also runs by itself:
//
// Usage: node e2e/review_keyboard.mjs ADDRESS [LANGUAGE]
//   ADDRESS   of a running server, with a session in the browser or open to whoever reaches it
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

const statementInSight = (page) => new URL(page.url()).searchParams.get('statement');

// Presses a key and waits until another statement is in sight.
async function pressed(page, key) {
  const before = statementInSight(page);
  await page.keyboard.press(key);
  await page.waitForFunction(
    (statement) => new URLSearchParams(location.search).get('statement') !== statement,
    before,
    { timeout: 5000 }
  );
  return before;
}

const heard = (page) => page.locator('[aria-live="assertive"]').last().textContent();
const title = (page) => page.locator('#statement-title').textContent();
// Decisions are sent while the next statement is already in sight.
const settled = (page) => page.waitForSelector('.counts:not([data-sending])');

//   page  of a browser in which somebody is signed in who may review; at least six statements wait
export async function reviewByKeyboard(page, address) {
  await page.goto(`${address}/review`);
  await page.waitForSelector('#statement-title');
  await page.waitForFunction(() => new URLSearchParams(location.search).has('statement'));

  const answers = [];
  page.on('response', (answer) => {
    if (answer.request().method() === 'POST' && /\/statements\/\d+\/review$/.test(answer.url()))
      answers.push({ status: answer.status(), sent: answer.request().postDataJSON(), url: answer.url() });
  });

  // c confirms, and the next statement takes the focus at once.
  const confirmed = await pressed(page, 'c');
  assert.notEqual((await heard(page)).trim(), '', 'a decision is announced');
  assert.equal(
    await page.evaluate(() => document.activeElement?.id),
    'statement-title',
    'the focus is on the next one'
  );

  // e opens the form in its first field; Escape leaves it without deciding.
  const corrected = statementInSight(page);
  await page.keyboard.press('e');
  await page.waitForSelector('form select:focus');
  await page.keyboard.press('Escape');
  await page.waitForSelector('form select', { state: 'detached' });
  assert.equal(statementInSight(page), corrected, 'leaving the form decides nothing');

  // A date is typed; a wrong one is refused where it stands. Enter saves.
  await page.keyboard.press('e');
  await page.waitForSelector('form select:focus');
  const time = page.locator('input[placeholder="2018-11"]');
  for (let step = 0; step < 60 && !(await time.evaluate((box) => box === document.activeElement)); ++step)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('yesterday');
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[placeholder="2018-11"][aria-invalid="true"]:focus');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1997-05/..');
  await pressed(page, 'Enter');

  // r asks for a reason; Enter rejects.
  const rejected = statementInSight(page);
  await page.keyboard.press('r');
  await page.waitForSelector('.rejecting input:focus');
  await page.keyboard.type('not said in this paragraph');
  await pressed(page, 'Enter');

  // s skips; b goes back to it; it can be decided then.
  const skipped = await pressed(page, 's');
  await pressed(page, 'b');
  assert.equal(statementInSight(page), skipped, 'b goes back to the one before');
  await pressed(page, 's');

  // u takes the skip back, then the rejection, on the server too.
  await pressed(page, 'u');
  assert.equal(statementInSight(page), skipped);
  await pressed(page, 'u');
  assert.equal(statementInSight(page), rejected, 'u brings the statement back whose decision was taken back');
  await settled(page);

  // ? shows the keys; Escape closes them.
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open] kbd');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });

  const said = answers.map(({ url, sent }) => `${sent.action} ${/statements\/(\d+)/.exec(url)?.[1]}`);
  assert.deepEqual(said, [
    `confirm ${confirmed}`,
    `correct ${corrected}`,
    `reject ${rejected}`,
    `withdraw ${rejected}`
  ]);
  assert.deepEqual(answers[1].sent.correction, { time: '1997-05/..' }, 'only what was changed is sent');
  assert.equal(answers[2].sent.note, 'not said in this paragraph');
  for (const { status, url } of answers) assert.ok(status < 300, `${url} answered ${status}`);
  assert.notEqual(await title(page), '');
  return { confirmed, corrected, rejected, skipped };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [address = 'http://127.0.0.1:8080', language = 'ar'] = process.argv.slice(2);
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
  });
  try {
    const page = await (await browser.newContext({ locale: language })).newPage();
    process.stdout.write(`${JSON.stringify(await reviewByKeyboard(page, address))}\n`);
  } finally {
    await browser.close();
  }
}
