import type { Config } from '../../src/config/config.js';

/** A text in the two languages of the pages. */
export interface Bilingual {
  readonly en: string;
  readonly ko: string;
}

/** What a page says about a variable beside its name, default and range, which `src/config/config-shape.ts` knows. */
export interface Meaning extends Bilingual {
  /** Unit of a number. */
  readonly unit?: 'ms' | 'MiB' | '%' | 'd' | undefined;
  /** What may be written, for a variable that is neither a whole number nor a choice. */
  readonly range?: Bilingual | undefined;
}

/** Variables of one subject, in the order of the page. */
export interface Section {
  readonly title: Bilingual;
  /** What holds for all of them. */
  readonly note?: Bilingual;
  readonly meanings: Readonly<Partial<Record<keyof Config, Meaning>>>;
}
