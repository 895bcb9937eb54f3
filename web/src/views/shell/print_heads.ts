// What stands at the head and the foot of every printed page: the title of the view, and which page of how many. Browsers
// take both from @page rules, which cannot read the page; so a sheet of our own is written anew before each printing.
import { language } from '$/i18n/language.svelte';

// A text as CSS writes it.
//   example  cssText('a "b"') is "\"a \\\"b\\\"\""
export function cssText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[\n\r\f]+/g, ' ')}"`;
}

export function printSheet(title: string, arabicDigits: boolean): string {
  const digits = arabicDigits ? ', arabic-indic' : '';
  return `@page {
    @top-center { content: ${cssText(title)}; }
    @bottom-center { content: counter(page${digits}) " / " counter(pages${digits}); }
  }`;
}

export function startPrintHeads(): () => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const write = () => sheet.replaceSync(printSheet(document.title, language() === 'ar'));
  const paper = matchMedia('print');
  addEventListener('beforeprint', write);
  paper.addEventListener('change', write);
  return () => {
    removeEventListener('beforeprint', write);
    paper.removeEventListener('change', write);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
