// Text of strangers on the page: shown, not obeyed. The same signs as the command line shows
// (src/cli/output/visible_text.cpp).

const embeddings = ['LRE', 'RLE', 'PDF', 'LRO', 'RLO'];
const isolates = ['LRI', 'RLI', 'FSI', 'PDI'];

// Control characters, and the signs that turn the direction of what follows them.
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

function sign(character: string): string {
  const value = character.charCodeAt(0);
  if (value < 0x20) return String.fromCharCode(0x2400 + value);
  if (value === 0x7f) return '\u2421';
  if (value < 0xa0) return '\uFFFD';
  return `⟦${value < 0x2066 ? embeddings[value - 0x202a] : isolates[value - 0x2066]}⟧`;
}

// The text with control characters as pictures (ESC as ␛) and direction signs by their names (⟦RLO⟧).
//   example  visible('a\u202Eb') is 'a⟦RLO⟧b'
export function visible(text: string): string {
  return text.replace(unsafe, sign);
}

// Isolates that are closed in the text itself turn nothing outside it: sentences of ours, put into others.
function closesItsIsolates(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '\u2068') ++open;
    if (character === '\u2069' && --open < 0) return false;
  }
  return open === 0;
}

// Keeps a name or a symbol in its own direction inside a sentence of any other (FSI … PDI).
export function isolate(text: string): string {
  const shown = closesItsIsolates(text)
    ? text.replace(unsafe, (character) =>
        character === '\u2068' || character === '\u2069' ? character : sign(character)
      )
    : visible(text);
  return `\u2068${shown}\u2069`;
}
