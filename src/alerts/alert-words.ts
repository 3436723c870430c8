import { readFileSync } from 'node:fs';
import type { AlertFacts, AlertKind, AlertState } from '../domain/alert/alert.js';
import { filled } from '../domain/said.js';
import { projectFile } from '../project-file.js';

export const ALERT_LANGUAGES = ['ko', 'en'] as const;
export type AlertLanguage = (typeof ALERT_LANGUAGES)[number];

interface Words {
  readonly name: string;
  readonly means: string;
  readonly todo: string;
}
type Catalogue = Readonly<Record<string, Readonly<Record<string, Words>>>>;

/** Groups that have a name for a fact's code. The first that knows it says it. */
const CODE_GROUPS = ['PauseCause', 'SlotSkipReason', 'FailureCode'];

/** The words of alerts in one language, from the catalogue of codes. */
export class AlertWords {
  constructor(private readonly catalogue: Catalogue) {}

  /** What a kind is called, what it means for the night, and what to do. */
  kind(kind: AlertKind): Words {
    return this.found('AlertKind', kind);
  }

  title(state: AlertState, name: string): string {
    return filled(this.found('AlertText', state).name, { name });
  }

  /** What happened, with its codes, dates and counts. */
  sentence(kind: AlertKind, { program, code, ...facts }: AlertFacts): string {
    return filled(this.found('AlertText', kind).name, {
      ...facts,
      program: program === undefined ? '' : this.nameOf(['ProgramName'], program.toUpperCase()),
      code: code === undefined ? '' : this.nameOf(CODE_GROUPS, code),
    });
  }

  counted(count: number): string {
    return filled(this.found('AlertText', 'COUNTED').name, { count });
  }

  over(): string {
    return this.found('AlertText', 'OVER').name;
  }

  /** Of a test message. */
  trial(): { readonly title: string; readonly line: string } {
    return { title: this.found('AlertText', 'TRIAL_TITLE').name, line: this.found('AlertText', 'TRIAL').name };
  }

  private nameOf(groups: readonly string[], code: string): string {
    return groups.map((group) => this.catalogue[group]?.[code]?.name).find((name) => name !== undefined) ?? code;
  }

  private found(group: string, code: string): Words {
    const words = this.catalogue[group]?.[code];
    if (words === undefined) throw new Error(`data/codes has no words for ${group}.${code}: add them in both languages`);
    return words;
  }
}

const read = new Map<AlertLanguage, AlertWords>();

/** The words of a language. They are read once. */
export function alertWords(language: AlertLanguage): AlertWords {
  const known = read.get(language);
  if (known !== undefined) return known;
  const words = new AlertWords(JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Catalogue);
  read.set(language, words);
  return words;
}
