import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdviceLanguage } from '../../domain/advice/language.js';
import { ANSWER_VIOLATIONS, FOOD_VIOLATIONS, MEAL_VIOLATIONS, POINT_VIOLATIONS } from '../../domain/advice/violation-codes.js';
import { projectFile } from '../../base/project-file.js';

/** Everything that the gate can find in an answer: a prompt states the rule of each. */
export const STATED_CODES = [...FOOD_VIOLATIONS, ...MEAL_VIOLATIONS, ...ANSWER_VIOLATIONS, ...POINT_VIOLATIONS] as const;
export type StatedCode = (typeof STATED_CODES)[number];

/** The values that a template must make use of: one that leaves a value out would not say what the gate then asks for. */
const PLACEHOLDERS = {
  system: ['rules', 'points'],
  user: ['breakfast', 'lunch', 'dinner', 'eaten', 'steps', 'points'],
  repair: ['faults'],
} as const;

type Template = keyof typeof PLACEHOLDERS;

/** A line of the prompt's vocabulary: a point by its id, and in a few words what it says. */
export interface GlossedPoint {
  readonly id: string;
  readonly words: string;
}

/** A versioned prompt: what is the same for every patient, and the templates of what is not. */
export interface Prompt {
  /** As in its file's name, such as `daily-3`. A text that changes what models answer gets a new version and a new file. */
  readonly version: string;
  readonly language: AdviceLanguage;
  readonly templates: Readonly<Record<Template, string>>;
  /** The rules in the order in which they are stated, each once. */
  readonly rules: readonly string[];
  /** The rule that an answer breaks by each code. */
  readonly ruleOf: Readonly<Record<StatedCode, string>>;
  readonly points: readonly GlossedPoint[];
}

/** The version that is in use. */
export const PROMPT_IN_USE = 'daily-3';

/** Reads and checks a prompt of the project, or of another folder where that has it. @throws Error that names the file and what is wrong with it */
export function loadPrompt(language: AdviceLanguage, version: string = PROMPT_IN_USE, folder?: string): Prompt {
  const name = `${version}.${language}.md`;
  const other = folder === undefined ? undefined : join(folder, name);
  const file = other !== undefined && existsSync(other) ? other : join('data', 'prompts', name);
  return parsePrompt(readFileSync(file === other ? file : projectFile(file), 'utf8'), { version, language, file });
}

/**
 * Parses a prompt's text: sections under `# system`, `# rules`, `# points`, `# user` and `# repair`. A rule begins with the codes of what breaks it and a colon, where the gate enforces it.
 * @throws Error like `loadPrompt`; a code of the gate without a rule is one of its reasons
 */
export function parsePrompt(
  text: string,
  { version, language, file }: { version: string; language: AdviceLanguage; file: string },
): Prompt {
  const sections = new Map<string, string>();
  for (const part of text.split(/^# /mu).slice(1)) {
    const [name = '', ...body] = part.split('\n');
    sections.set(name.trim(), body.join('\n').trim());
  }
  const fail = (why: string): never => {
    throw new Error(`the prompt ${file} ${why}. Correct the file`);
  };
  const section = (name: string): string => sections.get(name) || fail(`needs a section "# ${name}"`);
  const template = (name: Template): string => {
    const body = section(name);
    const found = [...body.matchAll(/\{\{(.*?)\}\}/gu)].map(([, placeholder]) => placeholder ?? '').toSorted();
    const wanted = [...PLACEHOLDERS[name]].toSorted();
    return found.join() === wanted.join()
      ? body
      : fail(`needs each of ${wanted.join(', ')} once in "# ${name}", found ${found.join(', ') || 'none'}`);
  };
  const lines = section('rules')
    .split('\n')
    .filter((line) => line !== '');
  const { rules, ruleOf } = rulesOf(lines, fail);
  const points = section('points').split('\n').map((line) => glossOf(line, fail)); // prettier-ignore
  return {
    version,
    language,
    templates: { system: template('system'), user: template('user'), repair: template('repair') },
    rules,
    ruleOf,
    points,
  };
}

/** Fills a template with values of our own making: figures, numbers and names of the catalogue. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(.*?)\}\}/gu, (_, name: string) => values[name] ?? '');
}

function rulesOf(lines: readonly string[], fail: (why: string) => never): Pick<Prompt, 'rules' | 'ruleOf'> {
  const ruleOf: Partial<Record<StatedCode, string>> = {};
  const rules = lines.map((line) => {
    const [, codes = '', rule = line] = /^([A-Z_]+(?: [A-Z_]+)*): (.+)$/u.exec(line) ?? [];
    for (const word of codes.split(' ').filter((each) => each !== '')) {
      const code = STATED_CODES.find((each) => each === word) ?? fail(`states a rule of ${word}, which the gate does not know`);
      ruleOf[code] = rule;
    }
    return rule;
  });
  const missing = STATED_CODES.filter((code) => ruleOf[code] === undefined);
  if (missing.length > 0) fail(`states no rule of ${missing.join(', ')}`);
  return { rules, ruleOf: ruleOf as Record<StatedCode, string> };
}

function glossOf(line: string, fail: (why: string) => never): GlossedPoint {
  const [, id = '', words = ''] =
    /^([A-Z][A-Z0-9_]+) (\S.*)$/u.exec(line) ?? fail(`has a line in "# points" that is not an id and words: ${JSON.stringify(line)}`);
  return { id, words };
}
