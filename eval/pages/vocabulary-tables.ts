import type { AdviceLanguage } from '../../src/domain/advice/language.js';
import { FACTS } from '../../src/domain/advice/points/facts.js';
import { POINT_FAMILIES } from '../../src/domain/advice/points/point.js';
import { FACTS_KO } from '../../src/domain/advice/points/facts-ko.js';
import { SECTIONS_KO, SOURCES_KO } from '../../src/domain/advice/points/sources-ko.js';
import { pointRows, rowsOf } from './rows.js';
import { wholeCondition } from '../../src/domain/advice/points/whole-condition.js';
import { signed, table } from './table.js';

const FAMILIES: Readonly<Record<(typeof POINT_FAMILIES)[number], Readonly<Record<AdviceLanguage, string>>>> = {
  EATEN: { en: 'What was eaten', ko: '드신 음식' },
  FIBRE: { en: 'Fibre', ko: '식이섬유' },
  PORTIONS: { en: 'Portions', ko: '분량' },
  TOMORROW: { en: 'Dishes of tomorrow', ko: '내일 음식' },
  COOKING: { en: 'Cooking', ko: '조리' },
  MEALS: { en: 'Meals', ko: '끼니' },
  WALKING: { en: 'Walking', ko: '걷기' },
  SLEEP: { en: 'Sleep', ko: '수면' },
  NEXT_STEPS: { en: 'Next steps', ko: '다음 단계' },
};

const HEADS = {
  points: { en: ['Signed', 'Point', 'True when', 'Wordings', 'Source'], ko: ['검토', '항목', '참인 조건', '문장', '출처'] },
  facts: { en: ['Fact', 'What it is'], ko: ['사실', '뜻'] },
  sources: {
    en: ['Source', 'Title', 'Publisher, year', 'Read on', 'Used for'],
    ko: ['출처', '제목', '발행처, 연도', '읽은 날', '쓰인 곳'],
  },
} as const;

const WARNS: Readonly<Record<AdviceLanguage, string>> = { en: ', warns', ko: ', 경고' };

/** A table of points for each family. */
export function pointTables(language: AdviceLanguage): string {
  const rows = pointRows();
  const tables = POINT_FAMILIES.map((family) => {
    const own = rows.filter((row) => row.family === family);
    const lines = own.map((row) => [signed(row), `\`${row.id}\` ${row.priority}${row.warns === true ? WARNS[language] : ''}`, `\`${wholeCondition(row)}\``, row[language].join('<br>'), `\`${row.source}\`: ${language === 'ko' ? (SECTIONS_KO[row.section] ?? row.section) : row.section}`]); // prettier-ignore
    return `### ${FAMILIES[family][language]} (${own.length})\n\n${table(HEADS.points[language], lines)}`;
  });
  return tables.join('\n\n');
}

/** Every fact that conditions and wordings speak of. */
export function factTable(language: AdviceLanguage): string {
  return table(HEADS.facts[language], [...FACTS.values()].map(({ name, meaning, words }) => [`\`${name}\``, `${meaningOf(name, meaning, language)}${words === undefined ? '' : ` (${words.join(', ')})`}`])); // prettier-ignore
}

function meaningOf(name: string, meaning: string, language: AdviceLanguage): string {
  return language === 'ko' ? (FACTS_KO[name] ?? meaning) : meaning;
}

/** Every source that was read. */
export function sourceTable(language: AdviceLanguage): string {
  const korean = (id = ''): { title?: string; publisher?: string } => (language === 'ko' ? (SOURCES_KO[id] ?? {}) : {});
  const rows = rowsOf('sources').map((row) => [`\`${row['id']}\``, linked(korean(row['id']).title ?? row['title'] ?? '', row['address'] ?? ''), [korean(row['id']).publisher ?? row['publisher'], row['year']].filter(Boolean).join(', '), row['read_on'] ?? '', row['used_for'] ?? '']); // prettier-ignore
  return table(HEADS.sources[language], rows);
}

function linked(title: string, address: string): string {
  return /^https?:\/\/\S+$/u.test(address)
    ? `[${title.replaceAll(/[[\]]/gu, '')}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`
    : title;
}
