// جمل عقد الاجتماعات واتخاذ القرار: صفحة الوفد، المشاورات، الشراكة، المناقشات؛ ونماذج الأعمال.
import type { Plural } from '../language.svelte';

export const convening = {
  'nav.convening': 'الاجتماعات والقرارات',

  // Acts as forms
  'act.title': 'ما يمكنك عمله',
  'act.continue': 'متابعة',
  'act.back': 'رجوع',
  'act.enter': 'قيّد في السجل',
  'act.question': 'تأكيد: {act}',
  'act.about': 'الموضوع',
  'act.for': 'باسم',
  'act.final': 'ما يُقيد لا يُمحى. يُختم بوقت استلامه بساعة الخادم، ويراه من يحق له رؤيته.',
  'act.actsFor': 'تعمل باسم {delegation}.',
  'act.behalf': 'قيد ورد كتابةً من وفد',
  'act.behalfHint': 'للأمانة: عندما يصل العمل على ورق.',
  'act.behalfNone': 'لا، باسم الأمانة نفسها',
  'act.done': 'قُيّد: {act}',
  'act.doneAt': 'وصل {when} بالتوقيت العالمي، بساعة الخادم.',
  'act.entry': 'القيد {number}',
  'act.followed': 'وترتب عليه:',
  'act.refused': 'لم يُقبل العمل',
  'act.forbidden': 'ليس لك أن تقوم بهذا العمل',
  'act.refusedEntered': 'المحاولة مقيدة في السجل.',
  'act.missing': 'املأ هذه الخانة.',
  'act.wordsMissing': 'اكتب النص بلغة واحدة على الأقل.',
  'act.wordsHint': 'لغة واحدة تكفي؛ اكتب بكل لغة متوفرة.',
  'act.timeNever': 'لا وجود لهذا الوقت في هذه المنطقة: إما أنه غير مكتمل، أو أن الساعة تُقدَّم فوقه. اختر وقتًا آخر.',
  'act.timeTwice': 'يمر هذا الوقت مرتين لأن الساعة تُؤخَّر. اختر أيهما المقصود.',
  'act.noNumber': 'اكتب عددًا صحيحًا.',
  'act.noAmount': 'اكتب مبلغًا بالعملة المختارة، بلا كسور أكثر مما لها.',
  'act.localTime': 'اليوم والساعة',
  'act.zone': 'بتوقيت',
  'act.twice': 'يمر هذا الوقت مرتين في تلك الليلة. أيهما تقصد؟',
  'act.reading': 'عندما يكون الفرق {offset}',
  'act.inUtc': 'بالتوقيت العالمي: {when}',
  'act.narrow': 'ابحث في القائمة',
  'act.noneFits': 'لا شيء في القائمة بهذا الاسم.',
  'act.ticked': {
    zero: 'لم تُختر أي دولة',
    one: 'اختيرت دولة واحدة',
    two: 'اختيرت دولتان',
    few: 'اختيرت {n} دول',
    many: 'اختيرت {n} دولة',
    other: 'اختيرت {n} دولة'
  } as Plural,
  'act.currency': 'العملة',
  'rule.source': 'المصدر',
  'zone.line': '{weekday}، {day}، الساعة {clock}'
} satisfies Record<string, string | Plural>;
