// The views, each with its address, its title, its place in the table of contents, and the file that draws it. A view is
// loaded when it is first opened. To add one: a line here, its folder beside, its words in src/i18n.
import type { Component } from 'svelte';
import type { Right } from '$/api/types';
import type { Key } from '$/i18n/language.svelte';
import { actsForDelegation } from '$/model/session.svelte';

export type ViewProps = Record<string, string>;

export interface View {
  pattern: string;
  title: Key;
  section?: 'work' | 'convening' | 'questions' | 'register'; // where the table of contents lists it; none: not listed
  right?: Right; // who sees it in the table of contents
  open?: boolean; // needs nobody signed in
  wide?: boolean; // takes the whole width: the table of contents waits behind its button
  key?: string; // g and this letter lead there
  load: () => Promise<{ default: Component<ViewProps> }>;
}

type Loaded = Promise<{ default: Component<ViewProps> }>;
const as = (loaded: Promise<{ default: unknown }>): Loaded => loaded as Loaded;

export const views: View[] = [
  {
    pattern: '/',
    title: 'nav.home',
    key: 'h',
    // A delegation begins with what waits for it; all others with what the record holds.
    load: () =>
      actsForDelegation() ? as(import('./convening/DelegationHome.svelte')) : as(import('./home/Home.svelte'))
  },
  { pattern: '/overview', title: 'nav.overview', load: () => as(import('./home/Home.svelte')) },
  { pattern: '/sign-in', title: 'nav.signIn', open: true, load: () => as(import('./account/SignIn.svelte')) },
  {
    pattern: '/documents',
    title: 'nav.documents',
    section: 'work',
    key: 'd',
    load: () => as(import('./documents/Documents.svelte'))
  },
  { pattern: '/documents/:id', title: 'nav.documents', wide: true, load: () => as(import('./reading/Reading.svelte')) },
  {
    pattern: '/home',
    title: 'nav.delegationHome',
    section: 'convening',
    key: 'e',
    load: () => as(import('./convening/DelegationHome.svelte'))
  },
  {
    pattern: '/consultations',
    title: 'nav.consultations',
    section: 'convening',
    key: 'k',
    load: () => as(import('./convening/Consultations.svelte'))
  },
  {
    pattern: '/consultations/:id',
    title: 'nav.consultations',
    load: () => as(import('./convening/Consultation.svelte'))
  },
  {
    pattern: '/applications',
    title: 'nav.applications',
    section: 'convening',
    load: () => as(import('./convening/Applications.svelte'))
  },
  {
    pattern: '/applications/:id',
    title: 'nav.applications',
    load: () => as(import('./convening/Application.svelte'))
  },
  {
    pattern: '/standing',
    title: 'nav.standing',
    section: 'convening',
    load: () => as(import('./convening/Standing.svelte'))
  },
  { pattern: '/standing/:state', title: 'nav.standing', load: () => as(import('./convening/StandingOf.svelte')) },
  {
    pattern: '/debates',
    title: 'nav.debates',
    section: 'convening',
    load: () => as(import('./convening/Debates.svelte'))
  },
  { pattern: '/debates/:id', title: 'nav.debates', load: () => as(import('./convening/Debate.svelte')) },
  {
    pattern: '/calendar',
    title: 'nav.calendar',
    wide: true,
    section: 'convening',
    key: 'y',
    load: () => as(import('./calendar/Calendar.svelte'))
  },
  {
    pattern: '/bodies',
    title: 'nav.bodies',
    section: 'convening',
    key: 'b',
    load: () => as(import('./bodies/Bodies.svelte'))
  },
  { pattern: '/bodies/:id', title: 'nav.bodies', load: () => as(import('./bodies/Body.svelte')) },
  { pattern: '/meetings/:id', title: 'nav.meeting', wide: true, load: () => as(import('./meeting/Meeting.svelte')) },
  {
    pattern: '/fund',
    title: 'nav.fund',
    section: 'convening',
    load: () => as(import('./fund/Fund.svelte'))
  },
  { pattern: '/fund/:id', title: 'nav.fund', load: () => as(import('./fund/Project.svelte')) },
  {
    pattern: '/calls',
    title: 'nav.calls',
    section: 'convening',
    load: () => as(import('./calls/Calls.svelte'))
  },
  { pattern: '/calls/:id', title: 'nav.calls', load: () => as(import('./calls/Call.svelte')) },
  {
    pattern: '/exchanges',
    title: 'nav.exchanges',
    wide: true,
    section: 'convening',
    load: () => as(import('./exchanges/Exchanges.svelte'))
  },
  { pattern: '/exchanges/:id', title: 'nav.exchanges', load: () => as(import('./exchanges/Round.svelte')) },
  { pattern: '/visits/:id', title: 'nav.exchanges', load: () => as(import('./exchanges/Visit.svelte')) },
  {
    pattern: '/ask',
    title: 'nav.ask',
    section: 'questions',
    key: 'a',
    load: () => as(import('./ask/Ask.svelte'))
  },
  {
    pattern: '/matrix',
    title: 'nav.matrix',
    wide: true,
    section: 'questions',
    key: 'm',
    load: () => as(import('./matrix/Matrix.svelte'))
  },
  {
    pattern: '/network',
    title: 'nav.network',
    wide: true,
    section: 'questions',
    key: 'n',
    load: () => as(import('./network/Network.svelte'))
  },
  {
    pattern: '/map',
    title: 'nav.map',
    wide: true,
    section: 'questions',
    key: 'p',
    load: () => as(import('./map/Map.svelte'))
  },
  {
    pattern: '/follow-up',
    title: 'nav.followUp',
    section: 'questions',
    key: 'f',
    load: () => as(import('./follow_up/FollowUp.svelte'))
  },
  { pattern: '/follow-up/:paper', title: 'nav.followUp', load: () => as(import('./follow_up/Paper.svelte')) },
  {
    pattern: '/early-warning',
    title: 'nav.earlyWarning',
    wide: true,
    section: 'questions',
    key: 'w',
    load: () => as(import('./early_warning/EarlyWarning.svelte'))
  },
  {
    pattern: '/early-warning/scores',
    title: 'warn.scoresTitle',
    load: () => as(import('./early_warning/Scores.svelte'))
  },
  {
    pattern: '/early-warning/record',
    title: 'warn.recordTitle',
    load: () => as(import('./early_warning/Record.svelte'))
  },
  {
    pattern: '/early-warning/:country',
    title: 'nav.earlyWarning',
    load: () => as(import('./early_warning/Country.svelte'))
  },
  {
    pattern: '/conflicts',
    title: 'nav.conflicts',
    section: 'questions',
    key: 'c',
    load: () => as(import('./conflicts/Conflicts.svelte'))
  },
  {
    pattern: '/organizations',
    title: 'nav.organizations',
    section: 'questions',
    key: 'o',
    load: () => as(import('./entities/Organizations.svelte'))
  },
  {
    pattern: '/organizations/:id',
    title: 'nav.organizations',
    load: () => as(import('./entities/Organization.svelte'))
  },
  {
    pattern: '/states',
    title: 'nav.states',
    section: 'questions',
    key: 's',
    load: () => as(import('./entities/States.svelte'))
  },
  { pattern: '/places/:id', title: 'entityKind.place', load: () => as(import('./entities/Place.svelte')) },
  { pattern: '/states/:id', title: 'nav.states', load: () => as(import('./entities/State.svelte')) },
  {
    pattern: '/review',
    title: 'nav.review',
    section: 'work',
    key: 'r',
    load: () => as(import('./review/Review.svelte'))
  },
  { pattern: '/review/history', title: 'history.title', load: () => as(import('./review/History.svelte')) },
  { pattern: '/review/agreement', title: 'agreement.title', load: () => as(import('./review/Agreement.svelte')) },
  {
    pattern: '/record',
    title: 'nav.record',
    section: 'register',
    key: 'l',
    load: () => as(import('./record/Log.svelte'))
  },
  { pattern: '/record/verify', title: 'verify.title', load: () => as(import('./record/Verify.svelte')) },
  { pattern: '/record/:seq', title: 'log.entry', load: () => as(import('./record/Entry.svelte')) },
  {
    pattern: '/accounts',
    title: 'nav.accounts',
    section: 'register',
    right: 'manage_accounts',
    load: () => as(import('./accounts/Accounts.svelte'))
  },
  { pattern: '/account', title: 'nav.account', load: () => as(import('./accounts/Own.svelte')) }
];
