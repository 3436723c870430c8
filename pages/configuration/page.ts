import type { Config } from '../../src/config/config.js';
import { table } from '../table.js';
import type { Bilingual, Section } from './meaning.js';
import { SECTIONS } from './sections.js';
import { settingOf } from './setting.js';

type Language = keyof Bilingual;

const WORDS = {
  en: {
    head: `# Configuration

[한국어](configuration.ko.md) · [All pages](../README.md)

Settings come from the environment and from \`.env\` in the working folder. The environment wins, and an empty value counts as unset. [.env.example](../../.env.example) lists every setting, to copy.
A value out of its range or a misspelt name stops the start. The message names the variable, the value it found and the value it expected. Secrets are never printed.`,
    columns: ['variable', 'range', 'default', 'meaning'],
    none: 'none',
    secret: 'none, secret',
  },
  ko: {
    head: `# 설정

[English](configuration.md) · [모든 문서](../README.ko.md)

설정은 환경 변수와 작업 폴더의 \`.env\`에서 읽습니다. 환경 변수가 우선하고, 빈 값은 없는 것으로 봅니다. 복사해서 쓸 수 있도록 [.env.example](../../.env.example)에 모두 적어 두었습니다.
범위를 벗어난 값이나 잘못 적은 이름이 있으면 서비스가 시작하지 않습니다. 메시지에 변수 이름과 찾은 값, 기대한 값이 나옵니다. 비밀 값은 출력하지 않습니다.`,
    columns: ['변수', '범위', '기본값', '뜻'],
    none: '없음',
    secret: '없음, 비밀 값',
  },
} as const;

/** The page of every setting. */
export function configurationPage(language: Language): string {
  const made = '<!-- Made by `npm run pages` of src/config/config-shape.ts and pages/configuration: change those. -->';
  return `${[WORDS[language].head, made, ...SECTIONS.map((section) => sectionText(section, language))].join('\n\n')}\n`;
}

function sectionText({ title, note, meanings }: Section, language: Language): string {
  const words = WORDS[language];
  const rows = (Object.keys(meanings) as (keyof Config)[]).map((name) => {
    const { byDefault, secret, range, meaning } = settingOf(name);
    const shown = byDefault === undefined ? (secret ? words.secret : words.none) : `\`${byDefault}\``;
    return [`\`${name}\``, range[language], shown, meaning[language]];
  });
  return [`## ${title[language]}`, ...(note === undefined ? [] : [note[language]]), table(words.columns, rows)].join('\n\n');
}
