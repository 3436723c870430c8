import { useWords } from '../../language/use-words.js';
import type { Measure } from './rollout-measures.js';

/** How figures of rollouts are written, in the language that is shown. */
export interface FigureWords {
  /** A share with one digit behind the point. */
  readonly share: (value: number) => string;
  readonly usd: (value: number) => string;
  /** A figure in the unit of its measure; nothing is a dash. */
  readonly figure: (measure: Measure, value: number | undefined) => string;
}

/** Writes shares and prices. */
export function useFigures(): FigureWords {
  const { language } = useWords();
  const percent = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const dollars = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  const share = (value: number): string => percent.format(value);
  const usd = (value: number): string => dollars.format(value);
  const figure = (measure: Measure, value: number | undefined): string =>
    value === undefined ? '–' : measure === 'PRICE' ? usd(value) : share(value);
  return { share, usd, figure };
}
