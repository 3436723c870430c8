import { keptFigures, type KeptFigure } from '../../bench/kept-figures.js';
import type { Bilingual } from '../configuration/meaning.js';
import { table } from '../table.js';
import { MEASUREMENTS } from './measurements.js';

type Language = keyof Bilingual;

const COMMANDS = `\`\`\`sh
npm run bench
npm run bench -- --write
npm run pages
\`\`\``;

const MADE =
  '<!-- Made by `npm run pages` of bench/figures.json, which `npm run bench -- --write` keeps, and pages/performance: change those. -->';

const WORDS = {
  en: {
    head: `# Performance

[한국어](performance.ko.md) · [All pages](README.md)

Every figure of performance that this project states is on this page, with its date and its conditions.`,
    how: `\`npm run bench\` measures on your machine, with the embedded database. It prints each figure with its budget and writes \`bench/results/latest.json\`. With \`--write\` it also replaces the committed figures in \`bench/figures.json\`. A ratio is measured within one run: both sides take turns, so that a slow machine slows both.`,
    columns: ['figure', 'found', 'budget', 'measured on', 'conditions'],
  },
  ko: {
    head: `# 성능

[English](performance.md) · [모든 문서](README.ko.md)

이 프로젝트가 밝히는 성능 수치는 모두 이 문서에 날짜, 조건과 함께 있습니다. 항목의 이름은 벤치마크가 출력하는 그대로입니다.`,
    how: `\`npm run bench\`는 사용 중인 기기에서 내장 데이터베이스로 측정합니다. 항목마다 목표와 함께 출력하고 \`bench/results/latest.json\`에 저장합니다. \`--write\`를 붙이면 커밋된 \`bench/figures.json\`의 값도 바꿉니다. 비율은 한 번의 실행 안에서 두 쪽을 번갈아 재므로, 느린 기기에서는 두 쪽 모두 느려집니다.`,
    columns: ['항목', '측정값', '목표', '측정일', '조건'],
  },
} as const;

/** The page of every measured figure. */
export function performancePage(language: Language): string {
  const { head, how } = WORDS[language];
  return `${[head, MADE, COMMANDS, how, ...sections(keptFigures(), language)].join('\n\n')}\n`;
}

function sections(figures: readonly KeptFigure[], language: Language): string[] {
  const commands = [...new Set(figures.map(({ command }) => command))];
  return commands.map((command) => {
    const rows = figures
      .filter((figure) => figure.command === command)
      .map(({ what, found, budget, on, conditions }) => [what, found, budget, on, conditions]);
    const about = MEASUREMENTS[command]?.[language];
    return [`## ${command}`, ...(about === undefined ? [] : [about]), table(WORDS[language].columns, rows)].join('\n\n');
  });
}
