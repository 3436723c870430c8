import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AdviceLanguage } from '../../domain/advice/language.js';

/** The values a prompt must make use of, by section: a prompt that leaves one out would not say what the gate then asks for. */
const PLACEHOLDERS = {
  system: [],
  user: ['breakfast', 'lunch', 'dinner', 'dishes', 'avoid', 'eaten', 'steps', 'goal'],
  repair: ['violations'],
} as const;

type Section = keyof typeof PLACEHOLDERS;

/** A versioned prompt: three templates with `{{placeholders}}`. */
export interface Prompt {
  /** As in its file's name, such as `daily-1`. A text that changes what models answer gets a new version and a new file. */
  readonly version: string;
  readonly language: AdviceLanguage;
  readonly sections: Readonly<Record<Section, string>>;
}

/** The version that is in use. */
export const PROMPT_VERSION = 'daily-1';

/** Reads and checks a prompt of the project. @throws Error that names the file and what is wrong with it */
export function loadPrompt(language: AdviceLanguage, version: string = PROMPT_VERSION): Prompt {
  const file = join('data', 'prompts', `${version}.${language}.md`);
  return parsePrompt(readFileSync(fileAbove(file), 'utf8'), { version, language, file });
}

/** Parses a prompt's text: a section under each of `# system`, `# user` and `# repair`. @throws Error like `loadPrompt` */
export function parsePrompt(
  text: string,
  { version, language, file }: { version: string; language: AdviceLanguage; file: string },
): Prompt {
  const sections = new Map<string, string>();
  for (const part of text.split(/^# /mu).slice(1)) {
    const [name = '', ...body] = part.split('\n');
    sections.set(name.trim(), body.join('\n').trim());
  }
  for (const [name, placeholders] of Object.entries(PLACEHOLDERS)) {
    const body = sections.get(name) ?? '';
    const found = [...body.matchAll(/\{\{(.*?)\}\}/gu)].map(([, placeholder]) => placeholder ?? '').toSorted();
    const wanted = [...placeholders].toSorted();
    if (body === '' || found.join() !== wanted.join()) {
      const expected = wanted.length === 0 ? 'no placeholder' : `each of ${wanted.join(', ')} once`;
      throw new Error(
        `the prompt ${file} needs a section "# ${name}" with ${expected}, found ${found.join(', ') || 'none'}. Correct the file`,
      );
    }
  }
  const section = (name: Section): string => sections.get(name) ?? '';
  return { version, language, sections: { system: section('system'), user: section('user'), repair: section('repair') } };
}

/** Fills a template. Values stand as JSON, so that nothing in them can end their line or be taken for the template's own words. */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{\{(.*?)\}\}/gu, (_, name: string) => JSON.stringify(values[name] ?? null));
}

/** Sought from this file upwards because sources and build lie at different depths. */
function fileAbove(file: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return join(folder, file);
    if (folder === dirname(folder)) throw new Error(`expected ${file} in a folder above ${start}: it belongs to the project, restore it`);
  }
}
