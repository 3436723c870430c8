import { keptFigures, type KeptFigure } from '../../bench/kept-figures.js';
import { table } from '../table.js';
import { MEASUREMENTS } from './measurements.js';

const HEAD = `# Performance

[All pages](README.md)

Every figure of performance that this project states is on this page, with its date and its conditions. A figure without a date does not exist.

<!-- Made by \`npm run pages\` of bench/figures.json, which \`npm run bench -- --write\` keeps, and pages/performance: change those. -->

\`\`\`sh
npm run bench
npm run bench -- --write
npm run pages
\`\`\`

\`npm run bench\` measures on your machine, with the embedded database. It prints each figure with its budget and writes \`bench/results/latest.json\`. With \`--write\` it also replaces the committed figures in
\`bench/figures.json\`. A ratio is measured within one run: both sides take turns, so that a slow machine slows both.`;

/** The page of every measured figure. */
export function performancePage(): string {
  return `${[HEAD, ...sections(keptFigures())].join('\n\n')}\n`;
}

function sections(figures: readonly KeptFigure[]): string[] {
  const commands = [...new Set(figures.map(({ command }) => command))];
  return commands.map((command) => {
    const rows = figures
      .filter((figure) => figure.command === command)
      .map(({ what, found, budget, on, conditions }) => [what, found, budget, on, conditions]);
    const about = MEASUREMENTS[command];
    const said = about === undefined ? '' : `${about}\n\n`;
    return `## ${command}\n\n${said}${table(['figure', 'found', 'budget', 'measured on', 'conditions'], rows)}`;
  });
}
