import { subjectOf, type RecallCause, type RecallKind } from '../../domain/recall/recall-cause.js';
import { type InBoth, inBoth } from '../../domain/signing/shown-names.js';
import { signableId, type Signable } from '../../domain/signing/signable.js';
import type { SignableRow } from '../../domain/signing/signable-row.js';
import { codeWords } from '../../words/code-words.js';

/** Something that advice is made of: what rows call it, and what people call it. */
export interface NamedSubject {
  /** As `subjectOf` has it; of an ingredient its id. */
  readonly subject: string;
  readonly names: InBoth;
}

type Rows = ReadonlyMap<string, SignableRow>;

/** The names of something that advice is made of. Its code stands for what this process no longer has. */
export function namedSubject(of: RecallCause | Signable, rows: Rows): NamedSubject {
  if (of.kind === 'PROMPT') return { subject: of.promptVersion, names: inBoth(() => of.promptVersion) };
  const row = rows.get(signableId(of));
  switch (of.kind) {
    case 'POINT':
      return { subject: of.point, names: pointNames(of.point) };
    case 'WORDING': {
      const text = row?.lines.find(({ what }) => what === 'TEXT');
      const points = pointNames(of.point);
      return {
        subject: subjectOf(of),
        names: inBoth((language) => `${points[language]}: “${text?.[language] ?? `${of.language} ${of.wording}`}”`),
      };
    }
    default: {
      const subject = of.kind === 'DISH' ? of.dish : of.ingredient;
      return { subject, names: { ko: row?.nameKo ?? subject, en: row?.nameEn ?? subject } };
    }
  }
}

function pointNames(point: string): InBoth {
  return inBoth((language) => codeWords(language, 'PointName', point)?.name ?? point);
}

/** Which subjects are asked for. */
export interface SubjectFilter {
  readonly kind: RecallKind;
  /** A text that a name or the code holds, whatever its case. */
  readonly search?: string;
  readonly first: number;
}

/** What can be recalled of one kind, in the order of the files. @param prompts versions of the prompt that are known */
export function recallSubjects(rows: Rows, prompts: readonly string[], { kind, search = '', first }: SubjectFilter): NamedSubject[] {
  const wanted = search.trim().toLowerCase();
  const all: NamedSubject[] =
    kind === 'PROMPT'
      ? prompts.map((promptVersion) => namedSubject({ kind, promptVersion }, rows))
      : [...rows.values()].filter(({ row }) => row.kind === kind).map(({ row }) => namedSubject(row, rows));
  return all
    .filter(({ subject, names }) => [subject, names.ko, names.en].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, first);
}
