import type { AdviceLanguage } from '../language.js';
import type { PointSource } from './explain.js';
import { SECTIONS_KO, SOURCES_KO } from './sources-ko.js';

/** A source in one line: title, publisher and year, and where in it. In Korean what has no name there stands as its publisher wrote it. */
export function citationIn(language: AdviceLanguage, id: string, source: PointSource & { readonly section: string }): string {
  const { title, publisher } = (language === 'ko' ? SOURCES_KO[id] : undefined) ?? source;
  const section = (language === 'ko' ? SECTIONS_KO[source.section] : undefined) ?? source.section;
  const published = source.year === '' ? publisher : `${publisher}, ${source.year}`;
  return `${title} (${published})${section === '' ? '' : `: ${section}`}`;
}
