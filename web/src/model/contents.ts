// Words typed into the palette against the names of pages: every word must begin somewhere in the name.
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .toLocaleLowerCase();

//   example  fits('Who does what where', 'wh do') is true
export function fits(name: string, typed: string): boolean {
  const words = fold(name).split(/\s+/);
  return fold(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part) || word.startsWith(`ال${part}`)));
}
