// Whether a text is a date as documents' dates are written here (EDTF, ISO 8601-2; docs/dates.md). The server has the last
// word; this tells a person while they type.

const digits = /^(-?\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?$/;

function isDay(text: string): boolean {
  const parts = digits.exec(text);
  if (!parts) return false;
  const [, year = '', month, day] = parts;
  if (month === undefined) return year !== 'XXXX';
  // An open decade or century has no months.
  if (/^\d+X+$/.test(year)) return false;
  const m = month === 'XX' ? 1 : Number(month);
  const isSeason = m >= 21 && m <= 24;
  if (isSeason) return day === undefined && year !== 'XXXX';
  if (m < 1 || m > 12) return false;
  if (day === undefined || day === 'XX') return true;
  // Any leap year, where none is said.
  const last = new Date(Date.UTC(year === 'XXXX' ? 2000 : Number(year), m, 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= last;
}

//   example  isEdtf('1993/..'), isEdtf('199X'), isEdtf('2018-11') are true; isEdtf('2018-13') is false
export function isEdtf(text: string): boolean {
  const sides = text.split('/');
  if (sides.length === 1) return isDay(text);
  if (sides.length !== 2) return false;
  const [from = '', to = ''] = sides;
  const open = (side: string) => side === '' || side === '..';
  if (open(from) && open(to)) return false;
  return (open(from) || isDay(from)) && (open(to) || isDay(to));
}
