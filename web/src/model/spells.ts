// Statuses with dates (EDTF): which years a date can mean, whether a status holds on a day.

export interface Spell {
  group: string; // whose lane: a State of an organization, or an organization of a State
  name: string;
  status: string;
  since: string;
  until: string;
}

export interface When {
  from: number;
  to: number;
  vague: boolean;
}

// The years that a date can mean, [from, to).
//   example  yearsOf('1993-07') is { from: 1993.5, to: 1993.583…, vague: false }
//   example  yearsOf('199X') is { from: 1990, to: 2000, vague: true }
export function yearsOf(edtf: string): When | null {
  const value = edtf.trim();
  const marked = /[?~%]/.test(value);
  const core = value.replace(/[?~%]/g, '');
  const sides = core.split('/');
  if (sides.length === 2) {
    const [a, b] = [yearsOf(sides[0] ?? ''), yearsOf(sides[1] ?? '')];
    const from = a?.from ?? b?.from;
    const to = b?.to ?? a?.to;
    return from === undefined || to === undefined ? null : { from, to, vague: true };
  }
  const parts = /^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(core);
  if (parts) {
    const year = Number(parts[1]);
    const month = Number(parts[2] ?? 0);
    const day = Number(parts[3] ?? 0);
    if (month < 1 || month > 12) return { from: year, to: year + 1, vague: marked };
    if (day < 1) return { from: year + (month - 1) / 12, to: year + month / 12, vague: marked };
    const begin = year + (month - 1) / 12 + (day - 1) / 372;
    return { from: begin, to: begin + 1 / 372, vague: marked };
  }
  const tens = /^(-?\d{3})X$/.exec(core);
  if (tens) return { from: Number(tens[1]) * 10, to: Number(tens[1]) * 10 + 10, vague: true };
  const hundreds = /^(\d{2})XX$/.exec(core);
  if (hundreds) return { from: Number(hundreds[1]) * 100, to: Number(hundreds[1]) * 100 + 100, vague: true };
  return null;
}

// Whether a spell holds at an instant: yes, no, or perhaps, when its dates do not settle it.
export function holdsAt(spell: Pick<Spell, 'since' | 'until'>, at: number): 'yes' | 'no' | 'perhaps' {
  const start = yearsOf(spell.since);
  const end = yearsOf(spell.until);
  const begun = !start ? 'perhaps' : at >= start.to ? 'yes' : at < start.from ? 'no' : start.vague ? 'perhaps' : 'yes';
  if (begun === 'no') return 'no';
  if (spell.until === '' || spell.until === '..') return begun;
  if (!end) return 'perhaps';
  if (at >= end.to) return 'no';
  if (at >= end.from) return end.vague ? 'perhaps' : 'no';
  return begun;
}
