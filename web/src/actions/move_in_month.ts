// Which day the focus moves to when a key is pressed in a month (WAI-ARIA Authoring Practices, date grid): the arrows
// follow what is seen, so that in Arabic the left one goes to the next day.
import { addDays, addMonths, weekStart, type Day } from '$/model/month';

//   returns  null if the key is not for moving
export function moveInMonth(at: Day, key: { key: string; shiftKey?: boolean }, rtl: boolean): Day | null {
  const forward = rtl ? -1 : 1;
  switch (key.key) {
    case 'ArrowRight':
      return addDays(at, forward);
    case 'ArrowLeft':
      return addDays(at, -forward);
    case 'ArrowDown':
      return addDays(at, 7);
    case 'ArrowUp':
      return addDays(at, -7);
    case 'Home':
      return weekStart(at);
    case 'End':
      return addDays(weekStart(at), 6);
    case 'PageDown':
      return addMonths(at, key.shiftKey ? 12 : 1);
    case 'PageUp':
      return addMonths(at, key.shiftKey ? -12 : -1);
    default:
      return null;
  }
}
