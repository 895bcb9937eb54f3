// What the tests of convening share: acts as the page sends them, accounts of delegations, a text under silence, keys.
import assert from 'node:assert/strict';
import { address, openWindow, settled, signIn } from './support.mjs';

// A request of the page itself, as whoever is signed in in its window.
export const ask = (page, method, path, body) =>
  page.evaluate(
    async ([how, where, what]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(`/api/v1/${where}`, {
        method: how,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Mithaq-CSRF': csrf },
        ...(what === undefined ? {} : { body: JSON.stringify(what) })
      });
      return { status: answer.status, body: await answer.json() };
    },
    [method, path, body]
  );

export async function act(page, type, subject, fields = {}, delegation = undefined) {
  const answer = await ask(page, 'POST', 'acts', {
    type, fields, ...(subject ? { subject } : {}), ...(delegation ? { delegation } : {})
  });
  assert.equal(answer.status, 200, `${type}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

// An account of a person of a State or an organization, with its first password.
async function accountFor(page, id, role, party, name) {
  const answer = await ask(page, 'POST', 'accounts', { id, name, role, party });
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body.password;
}

// The wall clock of Vienna some hours from now, as a deadline is written.
export function viennaIn(hours) {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Vienna', dateStyle: 'short', timeStyle: 'short'
  }).format(Date.now() + hours * 3_600_000);
  return parts.replace(' ', 'T');
}

const text = {
  ar: 'إن المجلس الدائم، وبعد التشاور في العوامل، يقرر منح لبنان مركز الشريك.',
  en: 'The Permanent Council, having consulted on the factors, decides to grant Lebanon the status of Partner.'
};
const revised = {
  ar: 'إن المجلس الدائم، وبعد التشاور في العوامل الخمسة، يقرر الترحيب بلبنان شريكا من البحر المتوسط.',
  en: 'The Permanent Council, having consulted on the five factors, decides to welcome Lebanon as a Mediterranean Partner.'
};
export const title = { ar: 'منح لبنان مركز الشريك', en: 'Welcoming Lebanon as a Partner', ru: 'Принятие Ливана партнером' };

// A text under silence, revised once.
export async function underSilence(page, hours = 30) {
  const { subject } = await act(page, 'consultation.opened', '', { rule_set: 'osce_pc', title, text });
  await act(page, 'consultation.revised', subject, { text: revised });
  const deadline = { local: viennaIn(hours), zone: 'Europe/Vienna' };
  await act(page, 'consultation.proposed', subject, { meeting: 'PC.JOUR', deadline });
  await act(page, 'consultation.silence_opened', subject, {});
  return subject;
}

// Presses Tab until the element in focus is the one that is looked for.
export async function tabTo(page, selector, most = 200) {
  for (let step = 0; step < most; ++step) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${selector}`);
}

// Signs in new accounts, each of a person who acts for somebody.
//   people   [id, role, party, name]
//   returns  the state of a window in which each is signed in, by id
export async function statesOf(browser, root, people) {
  const states = {};
  const keeper = await openWindow(browser, { language: 'en', state: root });
  await keeper.page.goto(`${address}/account`);
  await settled(keeper.page);
  for (const [id, role, party, name] of people) {
    const secret = await accountFor(keeper.page, id, role, party, name);
    const { context, page } = await openWindow(browser, { language: 'en' });
    await signIn(page, id, secret);
    states[id] = await context.storageState();
    await context.close();
  }
  await keeper.context.close();
  return states;
}

// A window of the secretariat, ready to act.
export async function secretariatAt(browser, state) {
  const { context, page } = await openWindow(browser, { language: 'en', state });
  await page.goto(`${address}/overview`);
  await settled(page);
  return { context, page };
}
