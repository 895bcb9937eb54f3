// Handling as servers give it: the whole of it, or the mark alone (an older answer).
import type { Handling, Tlp } from './types';

export const tlps: readonly Tlp[] = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'];

export function handlingOf(value: Handling | Tlp): Handling {
  if (typeof value !== 'string') return value;
  return { tlp: value, statuses: [], recipients: [], originator: '', public: value === 'TLP:CLEAR' };
}
