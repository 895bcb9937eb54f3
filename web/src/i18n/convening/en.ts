// The sentences of convening: a delegation's home, consultations, partnership, debates; and acts as forms.
import type { Plural } from '../language.svelte';
import type { convening as measure } from './ar';

export const convening = {
  'nav.convening': 'Convening',

  // Acts as forms
  'act.title': 'What you may do',
  'act.continue': 'Continue',
  'act.back': 'Back',
  'act.enter': 'Enter it in the record',
  'act.question': 'Please confirm: {act}',
  'act.about': 'About',
  'act.for': 'For',
  'act.final':
    'What is entered is never erased. It is stamped with its receipt by the server’s clock, and seen by all who may see it.',
  'act.actsFor': 'You act for {delegation}.',
  'act.behalf': 'Entered for a delegation that wrote',
  'act.behalfHint': 'For the secretariat: an act that came on paper.',
  'act.behalfNone': 'No, for the secretariat itself',
  'act.done': 'Entered: {act}',
  'act.doneAt': 'Received {when} UTC, by the server’s clock.',
  'act.entry': 'Entry {number}',
  'act.followed': 'And this followed:',
  'act.refused': 'The act was not accepted',
  'act.forbidden': 'You may not do this',
  'act.refusedEntered': 'The attempt stands in the record.',
  'act.missing': 'Fill this in.',
  'act.wordsMissing': 'Write it in at least one language.',
  'act.wordsHint': 'One language is enough; write each that there is.',
  'act.timeNever':
    'There is no such time in this zone: it is not complete, or clocks go forward over it. Choose another.',
  'act.timeTwice': 'This time comes twice, because clocks go back. Choose which is meant.',
  'act.noNumber': 'Write a whole number.',
  'act.noAmount': 'Write an amount of the chosen currency, with no more decimals than it has.',
  'act.localTime': 'Day and time',
  'act.zone': 'By the clock of',
  'act.twice': 'This time comes twice that night. Which is meant?',
  'act.reading': 'while the offset is {offset}',
  'act.inUtc': 'In UTC: {when}',
  'act.narrow': 'Search the list',
  'act.noneFits': 'Nothing in the list has that name.',
  'act.ticked': { one: '{n} State chosen', other: '{n} States chosen' },
  'act.currency': 'Currency',
  'rule.source': 'Source',
  'zone.line': '{weekday}, {day}, {clock}'
} satisfies Record<keyof typeof measure, string | Plural>;
