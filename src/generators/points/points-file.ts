import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Condition, Conjunction, Test } from '../../domain/advice/points/condition.js';
import { conditionOf } from '../../domain/advice/points/read-condition.js';
import type { Fact, FactScope } from '../../domain/advice/points/fact.js';
import { FACTS } from '../../domain/advice/points/facts.js';
import { POINT_FAMILIES, POINT_FIELDS, type Point } from '../../domain/advice/points/point.js';
import { Vocabulary } from '../../domain/advice/points/vocabulary.js';
import { wordingOf, type Wording } from '../../domain/advice/points/wording.js';
import { wholeCondition } from '../../domain/advice/points/whole-condition.js';
import type { AdviceLanguage } from '../../domain/advice/language.js';
import { loadSources } from '../catalogue/catalogue-file.js';
import { projectFile } from '../../base/project-file.js';
import type { Source } from '../catalogue/sources-file.js';

const wordings = z
  .array(z.string().trim().min(1).max(200))
  .min(2, 'a point has two wordings at least, or a patient reads the same sentence twice running');

const POINT = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/, 'expected an id such as SMALLER_PORTION'),
  family: z.enum(POINT_FAMILIES),
  field: z.enum(POINT_FIELDS),
  args: z.array(z.enum(['eaten', 'dish'])),
  ofLeftOut: z.literal(true).optional(),
  when: z.string().trim().min(1),
  priority: z.int().min(1).max(120),
  warns: z.literal(true).optional(),
  ko: wordings,
  en: wordings,
  source: z.string(),
  section: z.string(),
  reviewedBy: z.string(),
  reviewedOn: z.union([z.literal(''), z.iso.date()]),
});

/** A file of points: its name and its text. */
export interface PointsText {
  readonly file: string;
  readonly json: string;
}

/**
 * Makes the vocabulary of its files. Its version is a hash of what the files say.
 * @throws Error that names file and point at fault: an unknown fact, source, place or character, an argument that is not taken or not spoken of.
 */
function parsePoints(texts: readonly PointsText[], sources: ReadonlyMap<string, Source>): Vocabulary {
  const points = texts.flatMap(({ file, json }) => pointsOf({ file, json }, sources));
  const hash = createHash('sha256');
  for (const { json } of texts) hash.update(json);
  return new Vocabulary(points, `points-${hash.digest('hex').slice(0, 12)}`);
}

/** The project's own vocabulary, or that of another folder. Throws like `parsePoints`. */
export function loadPoints(
  sources: ReadonlyMap<string, Source> = loadSources(),
  folder: string = projectFile(join('data', 'points')),
): Vocabulary {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted(); // prettier-ignore
  return parsePoints(files.map((file) => ({ file, json: readFileSync(join(folder, file), 'utf8') })), sources); // prettier-ignore
}

function pointsOf({ file, json }: PointsText, sources: ReadonlyMap<string, Source>): Point[] {
  const rows = z.array(z.unknown()).parse(JSON.parse(json));
  return rows.map((row, at) => {
    try {
      return pointOf(POINT.parse(row), sources);
    } catch (error) {
      const why = error instanceof z.ZodError ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') : (error as Error).message; // prettier-ignore
      throw new Error(`point ${at + 1} of data/points/${file} cannot be read: ${why}. Correct it`, { cause: error });
    }
  });
}

function pointOf(row: z.output<typeof POINT>, sources: ReadonlyMap<string, Source>): Point {
  if (!sources.has(row.source)) throw new RangeError(`its source ${JSON.stringify(row.source)} is not in data/sources.csv`);
  const condition = wholeCondition(row);
  const when = conditionOf(condition, FACTS);
  checkArguments(row.args, when.speaksOf);
  const read = (language: AdviceLanguage): Wording[] => row[language].map((text) => readWording(text, language, row.args));
  const said = { ko: read('ko'), en: read('en') };
  const written = new Set([...said.ko, ...said.en].flat().flatMap((part) => (part.part === 'FIGURE' ? [part.fact] : [])));
  return {
    ...row,
    when: requiringKnown(when, [...said.ko, ...said.en], written),
    facts: [...new Set([...when.facts, ...written])],
    wordings: said,
    written: { when: condition, ko: row.ko, en: row.en },
  };
}

const SCOPE_OF = { eaten: 'EATEN', dish: 'DISH' } as const satisfies Record<string, FactScope>;

/** A point asks something of every argument that it takes, and of no other: an argument that nothing is asked of could be anything. */
function checkArguments(args: readonly ('eaten' | 'dish')[], scopes: ReadonlySet<FactScope>): void {
  for (const argument of ['eaten', 'dish'] as const) {
    if (args.includes(argument) !== scopes.has(SCOPE_OF[argument]))
      throw new RangeError(`its condition and its args do not agree on ${JSON.stringify(argument)}`);
  }
}

/** A point is true only where every figure and ingredient that one of its wordings writes is known. */
function requiringKnown(when: Condition, said: readonly Wording[], facts: ReadonlySet<Fact>): Condition {
  const parts = said.flat();
  const isNamed = parts.some((part) => part.part === 'NAME' && part.of === 'cause');
  const hasCause = FACTS.get('eaten.hasCause');
  const known = (scope: FactScope, { tests, rest }: Conjunction): Conjunction => {
    const needed = [...facts].filter((fact) => fact.scope === scope).map(isKnown);
    const named =
      scope === 'EATEN' && isNamed && hasCause !== undefined ? [{ ...isKnown(hasCause), comparison: '=' as const, value: 1 }] : [];
    return { tests: [...tests, ...needed, ...named], rest };
  };
  const { patient, eaten, dish } = when;
  return { ...when, patient: known('PATIENT', patient), eaten: known('EATEN', eaten), dish: known('DISH', dish) };
}

function isKnown(fact: Fact): Test {
  return { fact, comparison: 'KNOWN', value: Number.NaN, other: null };
}

function readWording(text: string, language: AdviceLanguage, args: readonly ('eaten' | 'dish')[]): Wording {
  const wording = wordingOf(text, language, FACTS);
  for (const part of wording) {
    const wanted = argumentOf(part);
    if (wanted !== undefined && !args.includes(wanted))
      throw new RangeError(`a wording speaks of ${JSON.stringify(wanted)}, which its args do not name`);
  }
  return wording;
}

function argumentOf(part: Wording[number]): 'eaten' | 'dish' | undefined {
  if (part.part === 'NAME') return part.of === 'cause' ? 'eaten' : part.of;
  const scope = part.part === 'FIGURE' ? part.fact.scope : 'PATIENT';
  return scope === 'PATIENT' ? undefined : scope === 'EATEN' ? 'eaten' : 'dish';
}
