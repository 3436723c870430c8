import type { AdviceLanguage } from '../advice/language.js';
import type { PointSource } from '../advice/points/explain.js';
import { citationIn } from '../advice/points/citation.js';
import { FACTS_KO } from '../advice/points/facts-ko.js';
import { ALWAYS_SAID, type Point } from '../advice/points/point.js';
import type { ShownLine, ShownLineKind, ShownRow } from './signable-row.js';
import { FAMILY_NAMES, FIELD_NAMES, type InBoth } from './shown-names.js';

/** Sources by id. */
export type Sources = ReadonlyMap<string, PointSource>;

const LANGUAGES = ['ko', 'en'] as const;
const LANGUAGE_NAMES: Readonly<Record<AdviceLanguage, InBoth>> = {
  ko: { ko: '한국어', en: 'Korean' },
  en: { ko: '영어', en: 'English' },
};

/** A line in both languages. */
export function shownLine(what: ShownLineKind, { ko, en }: InBoth, address: string | null = null): ShownLine {
  return { what, ko, en, address };
}

/** A point: when it is said, and on whose word. */
export function shownPoint(point: Point, sources: Sources): ShownRow {
  const always = point.priority >= ALWAYS_SAID;
  const lines = [
    shownLine('FIELD', FIELD_NAMES[point.field]),
    shownLine('FAMILY', FAMILY_NAMES[point.family]),
    shownLine('PRIORITY', {
      ko: `${point.priority}${always ? ': 참이면 늘 말함' : ''}${point.warns === true ? ', 경고' : ''}`,
      en: `${point.priority}${always ? ': said whenever it is true' : ''}${point.warns === true ? ', a warning' : ''}`,
    }),
    ...groundsOf(point, sources),
  ];
  return { row: { kind: 'POINT', point: point.id }, nameKo: point.id, nameEn: point.id, lines };
}

/** Each wording of a point, with what makes it true. */
export function shownWordings(point: Point, sources: Sources): ShownRow[] {
  const grounds = groundsOf(point, sources);
  return LANGUAGES.flatMap((language) =>
    point.written[language].map((text, wording): ShownRow => {
      const name = (of: AdviceLanguage): string => `${point.id}, ${LANGUAGE_NAMES[language][of]} ${wording + 1}`;
      return {
        row: { kind: 'WORDING', point: point.id, language, wording },
        nameKo: name('ko'),
        nameEn: name('en'),
        lines: [shownLine('TEXT', { ko: text, en: text }), shownLine('FIELD', FIELD_NAMES[point.field]), ...grounds],
      };
    }),
  );
}

/** The condition, what its facts mean, and the source. */
function groundsOf({ written, facts, source, section }: Point, sources: Sources): ShownLine[] {
  return [
    shownLine('CONDITION', { ko: written.when, en: written.when }),
    ...facts.map(({ name, meaning }) => shownLine('FACT', { ko: `${name}: ${FACTS_KO[name] ?? meaning}`, en: `${name}: ${meaning}` })),
    sourceLine('SOURCE', source, { sources, section }),
  ];
}

/** A source with its title, publisher and year, in Korean where it has a name there; its id where it is not listed. */
export function sourceLine(
  what: ShownLineKind,
  id: string,
  { sources, section = '' }: { readonly sources: Sources; readonly section?: string },
): ShownLine {
  const source = sources.get(id);
  const where = section === '' ? '' : `: ${section}`;
  if (source === undefined) return shownLine(what, { ko: `${id}${where}`, en: `${id}${where}` });
  const cited = { ko: citationIn('ko', id, { ...source, section }), en: citationIn('en', id, { ...source, section }) };
  return shownLine(what, cited, /^https?:\/\//u.test(source.address) ? source.address : null);
}
