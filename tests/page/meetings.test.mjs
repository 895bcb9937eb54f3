// Meetings, the Fund, calls and exchanges against the real server. A full Permanent Council (all participating States and
// Partners, six items, ninety statements) is run in Arabic by the keyboard alone; every view stands in three languages, narrow
// and wide, without a violation of WCAG 2.2 AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  address, languages, openBrowser, openWindow, picture, say, settled, stateSignedIn, violations
} from './support.mjs';

let browser, state;
const made = {}; // ids of what the tests made
before(async () => {
  browser = await openBrowser();
  state = await stateSignedIn(browser);
});
after(() => browser.close());

const open = (options) => openWindow(browser, { state, ...options });

async function ask(page, place) {
  return page.evaluate(async ([url]) => {
    const answer = await fetch(url, { headers: { 'Accept-Language': 'ar' } });
    return { status: answer.status, body: await answer.json() };
  }, [place]);
}

// An act of the secretariat, as the page sends it; what the server refuses fails the test with its reason.
async function act(page, type, subject, fields, more = {}) {
  const answer = await page.evaluate(async ([wanted]) => {
    const { csrf } = await fetch('/api/v1/session').then((each) => each.json());
    const sent = await fetch('/api/v1/acts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Mithaq-CSRF': csrf },
      body: JSON.stringify(wanted)
    });
    return { status: sent.status, body: await sent.json() };
  }, [{ type, subject, fields, capacity: 'secretariat', ...more }]);
  assert.equal(answer.status, 200, `${type}: ${JSON.stringify(answer.body)}`);
  return answer.body.subject;
}

const words = (ar, en, ru) => ({ ar, en, ru });
const items = [
  words('تقارير رؤساء البعثات الميدانية', 'Reports by heads of field operations', 'Доклады глав миссий'),
  words('الحالة في منطقة المنظمة', 'The situation in the OSCE area', 'Положение в регионе ОБСЕ'),
  words('حرية وسائط الإعلام', 'Freedom of the media', 'Свобода средств массовой информации'),
  words('الشراكة للتعاون', 'Partnership for Co-operation', 'Партнёрство в целях сотрудничества'),
  words('المسائل الجارية', 'Current issues', 'Текущие вопросы'),
  words('ما يستجد من أعمال', 'Any other business', 'Прочие вопросы')
];
const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

test('a Permanent Council is planned, invited and opened; every delegation is registered', async () => {
  const { context, page } = await open({ language: 'ar' });
  await page.goto(`${address}/calendar`);
  await settled(page);
  const id = await act(page, 'meeting.planned', '', {
    body: 'OSCE_PC',
    begins: { local: `${day}T10:00`, zone: 'Europe/Vienna' },
    ends: { local: `${day}T13:00`, zone: 'Europe/Vienna' },
    place: 'Hofburg, Vienna'
  });
  made.meeting = id;
  await act(page, 'meeting.agenda_proposed', id, { items: items.map((title) => ({ title })) });
  await act(page, 'meeting.invited', id, {});
  const { body: invited } = await ask(page, `/api/v1/meetings/${id}`);
  assert.ok(invited.invited.filter((each) => each.member).length >= 57, 'the participating States');
  assert.ok(invited.invited.filter((each) => !each.member).length >= 11, 'the Partners');
  for (const each of invited.invited)
    await act(page, 'meeting.registered', id, { names: 'A. Representative' }, { delegation: each.state.id });
  await act(page, 'meeting.opened', id, { chairperson: 'V. Häkkinen' });
  await act(page, 'meeting.agenda_adopted', id, {});
  // It stands in the calendar on its day, in the grid and as a link.
  await page.goto(`${address}/calendar?day=${day}`);
  await settled(page);
  await page.locator(`td[data-day="${day}"] a[href="/meetings/${id}"]`).first().waitFor();
  await context.close();
});

// A key of an Arabic keyboard: what it writes is Arabic, where it lies is what counts.
async function pressArabic(page, code, key) {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', code, key, text: key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key });
  await session.detach();
}

const isolated = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();

test('ninety statements on six items are heard by keyboard alone, in Arabic, and the focus is never lost', async () => {
  assert.ok(made.meeting, 'there is a meeting');
  const { context, page, troubles } = await open({ language: 'ar' });
  await page.goto(`${address}/meetings/${made.meeting}?tab=speakers`);
  await settled(page);
  // From here on nothing is clicked.
  const focus = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body || at === null ? 'lost' : (at.getAttribute('role') ?? at.tagName.toLowerCase());
    });
  const heard = (what) =>
    page.waitForFunction(
      (wanted) => document.querySelector('[aria-live=assertive]')?.textContent.replace(/[\u2066-\u2069]/g, '').includes(wanted),
      what,
      { timeout: 15_000 }
    );
  const writing = () => page.waitForFunction(() => document.activeElement?.matches('dialog input'));
  const { body: meeting } = await ask(page, `/api/v1/meetings/${made.meeting}`);
  const delegations = meeting.registered.map((each) => each.delegation);

  for (let item = 0; item < 6; ++item) {
    if (item > 0) {
      await page.keyboard.press('j');
      await page.waitForURL(new RegExp(`item=${item + 1}`));
    }
    await pressArabic(page, 'KeyN', 'ى');
    for (let at = 0; at < 15; ++at) {
      const delegation = delegations[(item * 15 + at * 4) % delegations.length];
      assert.equal(await focus(), 'combobox');
      await page.keyboard.insertText(delegation.name);
      await page.keyboard.press('Enter');
      await heard(isolated(say('ar', 'speak.inscribed').split('{kind}')[0].replace('{name}', delegation.name)));
    }
    await page.keyboard.press('Escape');
    assert.equal(await focus(), 'listbox');
    await page.keyboard.press('Home');
    for (let at = 0; at < 15; ++at) {
      await page.keyboard.press('Enter');
      await page.locator('[role=option].speaking').waitFor();
      const name = isolated(await page.locator('[role=option].speaking .name').innerText());
      await heard(name);
      assert.equal(await focus(), 'listbox');
      if (item === 1 && at === 3) {
        // A point of order interrupts; the Chair rules on it first, then the floor is theirs again who had it.
        await page.keyboard.press('o');
        await writing();
        await page.keyboard.insertText('سير العمل');
        await page.keyboard.press('Enter');
        await page.locator('[role=option].speaking .kind').waitFor();
        await page.keyboard.press('d');
        await writing();
        await page.keyboard.insertText('قُبلت');
        await page.keyboard.press('Enter');
        await heard(say('ar', 'speak.ruled'));
        assert.equal(await focus(), 'listbox');
      }
      await page.keyboard.press('Space');
      await page.locator('[role=option].speaking').waitFor({ state: 'detached' });
      assert.equal(await focus(), 'listbox');
      assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
    }
    if (item === 2) {
      // A right of reply comes behind the statements.
      await page.keyboard.press('Home');
      await page.keyboard.press('r');
      await page.locator('[role=option].waiting .kind').waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.locator('[role=option].speaking').waitFor();
      await page.keyboard.press('Space');
      await page.locator('[role=option].speaking').waitFor({ state: 'detached' });
    }
  }
  await picture(page, 'speakers-heard.ar.1280');
  const { body: over } = await ask(page, `/api/v1/meetings/${made.meeting}`);
  const speeches = Object.values(over.speakers).flat();
  assert.equal(speeches.filter((each) => each.kind === 'statement' && each.state === 'spoken').length, 90);
  assert.equal(speeches.filter((each) => each.kind === 'right_of_reply' && each.state === 'spoken').length, 1);
  assert.equal(speeches.filter((each) => each.kind === 'point_of_order' && each.ruling).length, 1);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a speaker who waits, one who speaks and a Partner stand on the list; the keyboard help has the keys', async () => {
  const { context, page } = await open({ language: 'ar' });
  await page.goto(`${address}/meetings/${made.meeting}?tab=speakers&item=6`);
  await settled(page);
  const { body: meeting } = await ask(page, `/api/v1/meetings/${made.meeting}`);
  const partner = meeting.invited.find((each) => !each.member);
  for (const delegation of [partner.state.id, ...meeting.registered.slice(20, 26).map((each) => each.delegation.id)])
    await act(page, 'meeting.inscribed', made.meeting, { item: 6, kind: 'statement' }, { delegation });
  await act(page, 'meeting.inscribed', made.meeting,
    { item: 6, kind: 'statement', group: 'EU', aligned: ['MDA', 'UKR'] }, { delegation: 'CYP' });
  await act(page, 'meeting.floor_given', made.meeting, { item: 6 });
  await page.reload();
  await settled(page);
  assert.match(await page.locator('div[role=listbox]').innerText(), new RegExp(say('ar', 'speak.partner')));
  assert.match(await page.locator('section[aria-label] .clock').innerText(), /^−?[٠-٩]+:[٠-٩]{2}$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('t');
  await page.waitForFunction(() => document.querySelector('[aria-live=assertive]')?.textContent.trim() !== '');
  await page.keyboard.press('?');
  assert.match(await page.getByRole('dialog').innerText(), new RegExp(say('ar', 'speak.keys.inscribe')));
  await context.close();
});

test('the calendar by keyboard: the arrows follow what is seen, Enter shows the day', async () => {
  for (const language of languages) {
    const { context, page } = await open({ language });
    await page.goto(`${address}/calendar?day=2026-03-18`);
    await settled(page);
    await page.locator('td[data-day="2026-03-18"]').focus();
    await page.keyboard.press(language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
    await page.waitForURL(/day=2026-03-19/);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.day), '2026-03-19');
    await page.keyboard.press('PageDown');
    await page.waitForURL(/day=2026-04-19/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'day-2026-04-19');
    await context.close();
  }
});

test('a Fund with its project, a call, the exchanges of the year', async () => {
  const { context, page } = await open({ language: 'en' });
  await page.goto(`${address}/fund`);
  await settled(page);
  const eur = (minor) => ({ minor, currency: 'EUR' });
  const title = words('صندوق الشراكة', 'Partnership Fund', 'Фонд партнёрства');
  await act(page, 'fund.opened', '', { series: 'PF', title, organization: 'OSCE', currency: 'EUR', rates_per: 'USD' });
  const pledge = await act(page, 'fund.pledged', 'PF', { contributor: 'NOR', amount: eur(9_000_000) });
  await act(page, 'fund.received', pledge, { amount: eur(7_200_000) });
  made.project = await act(page, 'fund.project_opened', 'PF', {
    title: words('إدارة المياه', 'Water management', 'Водные ресурсы'),
    themes: ['peace'],
    beneficiaries: ['JOR', 'MAR'],
    starts: `${day.slice(0, 4)}-01-01`,
    ends: `${day.slice(0, 4)}-12-31`,
    budget: [eur(4_500_000)]
  });
  await act(page, 'fund.allotted', made.project, { amount: eur(3_000_000) });
  await act(page, 'fund.spent', made.project, { amount: eur(1_250_000), purpose: 'participant', text: 'Travel' });
  made.call = await act(page, 'call.opened', '', {
    kind: 'sponsorship',
    title: words('مشاركون من دول الشركاء', 'Participants from Partner States', 'Участники из государств-партнёров'),
    closes: { local: `${day}T23:59`, zone: 'Europe/Vienna' },
    places: 2,
    eligible_states: ['JOR', 'MAR'],
    criteria: [{ id: 'theme', text: words('صلة العمل بالموضوع', 'Relevance of the work', 'Связь работы с темой') }]
  });
  await page.reload();
  await settled(page);
  const table = page.locator('section[aria-labelledby=balances] table').first();
  for (const sum of ['90,000.00', '72,000.00', '30,000.00', '12,500.00'])
    assert.match(await table.innerText(), new RegExp(sum.replace('.', '\\.')));
  assert.equal(await page.locator('section[aria-labelledby=balances] [role=img]').count(), 4, 'four parts of a bar');
  await page.locator(`a[href="/fund/${made.project}"]`).click();
  await page.waitForURL(/\/fund\/PF/);
  await settled(page);
  const { body: year } = await ask(page, `/api/v1/exchanges?year=${day.slice(0, 4)}`);
  made.exchange = year.exchanges[0].subject;
  await context.close();
});

const views = () => ({
  calendar: `/calendar?day=${day}`,
  'calendar-week': `/calendar?as=week&day=${day}`,
  bodies: '/bodies',
  body: '/bodies/OSCE_PC',
  'body-joint': '/bodies/OSCE_JOINT',
  agenda: `/meetings/${made.meeting}`,
  speakers: `/meetings/${made.meeting}?tab=speakers&item=6`,
  delegations: `/meetings/${made.meeting}?tab=delegations`,
  'meeting-journal': `/meetings/${made.meeting}?tab=journal`,
  'meeting-history': `/meetings/${made.meeting}?tab=history`,
  fund: '/fund',
  project: `/fund/${made.project}`,
  calls: '/calls',
  secondments: '/calls?kind=field_secondment',
  call: `/calls/${made.call}`,
  exchanges: `/exchanges?year=${day.slice(0, 4)}`,
  exchange: `/exchanges/${made.exchange}`,
  quotas: '/exchanges?tab=quotas',
  requests: '/exchanges?tab=requests'
});

for (const language of languages) {
  for (const width of [320, 1280]) {
    test(`meetings, Fund, calls and exchanges in ${language} at ${width} px`, async (t) => {
      const { context, page, troubles } = await open({ language, width });
      for (const [name, place] of Object.entries(views())) {
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

test('a meeting, a body, a project that there is not is said not to be there', async () => {
  const { context, page } = await open({ language: 'ar', allowed: () => true });
  for (const place of ['/meetings/NOPE', '/bodies/NOPE', '/fund/NOPE-1', '/calls/NOPE', '/exchanges/nope-1999']) {
    await page.goto(address + place);
    await page.locator('main [role=alert]').waitFor();
    assert.deepEqual(await violations(page), [], place);
  }
  await context.close();
});
