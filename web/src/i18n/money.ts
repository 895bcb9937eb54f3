// Amounts as the language writes them: of minor units and a currency, never through a floating sum.
import { locale } from './language.svelte';

//   example  money({ minor: 12345, currency: 'EUR' }) is "€123.45" in English
export function money(amount: { minor: number; currency: string; text?: string }): string {
  try {
    const format = new Intl.NumberFormat(locale(), {
      style: 'currency',
      currency: amount.currency,
      currencyDisplay: 'code'
    });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(amount.minor / 10 ** digits);
  } catch {
    // A currency that this browser does not know is written as the server writes it.
    return amount.text ?? `${amount.minor} ${amount.currency}`;
  }
}
