import type { Config } from '../../src/config/config.js';
import type { Section } from './meaning.js';
import { SECTIONS } from './sections.js';
import { settingOf } from './setting.js';

const HEAD = `# Every setting of IBSafe Batch, with its default. Copy this file to .env, and take the "# " from the lines you want to change.
# The commands read .env in the folder they are called in. A variable that the environment sets wins over it; an empty one counts as unset.
# A value out of its range stops the start with a message, and so does a misspelt name that begins like one of ours.
# Made by "npm run pages" of src/config/config-shape.ts and pages/configuration: change those.
`;

/** The text of `.env.example`. Each setting has its meaning in the line above. */
export function envExample(): string {
  return [HEAD, ...SECTIONS.map(sectionText)].join('\n');
}

function sectionText({ title, note, meanings }: Section): string {
  const rule = '─'.repeat(Math.max(3, 126 - title.en.length));
  const said = note === undefined ? '' : `# ${plain(note.en)}\n`;
  return `# ── ${title.en} ${rule}\n${said}\n${(Object.keys(meanings) as (keyof Config)[]).map(settingText).join('\n')}`;
}

function settingText(name: keyof Config): string {
  const { byDefault = '', secret, range, meaning } = settingOf(name);
  return `# ${plain(meaning.en)} Range: ${plain(range.en)}.${secret ? ' Secret.' : ''}\n# ${name}=${byDefault}\n`;
}

const plain = (text: string): string => text.replaceAll('`', '');
