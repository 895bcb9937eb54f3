// Lengths that only the data knows (a bar's, a cell's), set through the object model: a style attribute in the text of the
// page would be refused by its Content-Security-Policy.
import type { Attachment } from 'svelte/attachments';

//   example  <span {@attach styled('inline-size', '40%')}>
export function styled(name: string, value: string): Attachment<HTMLElement | SVGElement> {
  return (element) => {
    element.style.setProperty(name, value);
  };
}
