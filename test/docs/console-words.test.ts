import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLSchema, isEnumType, validate } from 'graphql';
import { RESTORE_CHECKS } from '../../src/doctor/after-restore.js';
import { REQUIREMENTS } from '../../src/doctor/requirements.js';
import { FACTS } from '../../src/domain/advice/points/facts.js';
import { codeOfCheck } from '../../src/domain/code-of-check.js';
import { OWN_ACTORS } from '../../src/domain/own-actors.js';
import { SHAPES } from '../../src/eventlog/event-shapes.js';
import { PROCESS_ROLES } from '../../src/runtime/process-role.js';
import { projectFile } from '../../src/base/project-file.js';
import { consoleDocuments } from './console-documents.js';

const SOURCES = projectFile('console/src');
const schema: GraphQLSchema = buildSchema(readFileSync(projectFile('schema.graphql'), 'utf8'));

interface Words {
  readonly name: string;
  readonly means?: string;
  readonly todo?: string;
}
type Codes = Readonly<Record<string, Readonly<Record<string, Words>>>>;
const codesIn = (language: string): Codes => JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Codes;

const shape = (codes: Codes): unknown =>
  Object.entries(codes).map(([group, words]) => [group, Object.entries(words).map(([code, said]) => [code, Object.keys(said)])]);

/** Which of these codes a language has no name for, told as what is to be done. */
const missing = (codes: Codes, group: string, all: readonly string[]): string[] =>
  all.filter((code) => codes[group]?.[code] === undefined).map((code) => `data/codes: ${group}.${code} has no name`);

/** Words for which the glossary has another: one word for one thing, in all that people are shown. */
const OTHER_WORDS = /소급|백필|조언|일시 ?정지|회차|비교 실행|기록 날짜|슬롯|일정(?![한하량])|무음/u;

describe('The console’s documents', () => {
  it('ask for what the schema has: tsc says nothing of a field that is not there', () => {
    const found = consoleDocuments();
    expect(found.length).toBeGreaterThan(25);
    const wrong = found.flatMap(({ file, document }) => validate(schema, document).map(({ message }) => `${file}: ${message}`));
    expect(wrong).toEqual([]);
  });
});

describe('The catalogue of codes', () => {
  const [ko, en] = [codesIn('ko'), codesIn('en')];

  it('has the same codes in both languages, each with words of its own', () => {
    expect(shape(ko)).toEqual(shape(en));
    const korean = Object.values(ko).flatMap((group) => Object.values(group).flatMap((words) => Object.values(words)));
    expect(korean.filter((text) => !/[가-힣]/.test(text as string))).toEqual([]);
  });

  it('has every value of each of the schema’s enums that it speaks of, and no other', () => {
    const own = Object.keys(en).filter((group) => isEnumType(schema.getType(group)));
    expect(own.length).toBeGreaterThan(25);
    for (const group of own) {
      const type = schema.getType(group);
      const values = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
      expect([group, Object.keys(en[group] ?? {}).toSorted()]).toEqual([group, values.toSorted()]);
    }
  });

  it('has a name for every point of advice and every word of a fact', () => {
    const points = projectFile('data/points');
    const names = readdirSync(points).flatMap((file) =>
      (JSON.parse(readFileSync(join(points, file), 'utf8')) as { id: string }[]).map(({ id }) => id),
    );
    const words = [...FACTS.values()].flatMap((fact) => fact.words ?? []).filter((word) => /^[A-Z_]+$/.test(word));
    for (const codes of [ko, en]) {
      expect([...missing(codes, 'PointName', names), ...missing(codes, 'FactWord', words)]).toEqual([]);
      expect(Object.keys(codes['PointName'] ?? {}).filter((code) => !names.includes(code))).toEqual([]);
      expect(Object.keys(codes['FactWord'] ?? {}).filter((code) => !words.includes(code))).toEqual([]);
    }
    expect(new Set(Object.values(ko['PointName'] ?? {}).map(({ name }) => name)).size).toBe(names.length);
  });

  it('has a name for every part of the service that acts, and for every role of a process', () => {
    for (const codes of [ko, en]) {
      expect(Object.keys(codes['Caller'] ?? {})).toEqual(Object.values(OWN_ACTORS));
      expect(Object.keys(codes['ProcessRole'] ?? {})).toEqual([...PROCESS_ROLES]);
    }
    // An actor of the service's own that is written elsewhere would be shown as the log has it.
    const sources = readdirSync(projectFile('src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const written = sources.filter((name) =>
      /(?:actor: |ACTOR = )['"`][a-z ]+['"`]/.test(readFileSync(projectFile(`src/${name}`), 'utf8')),
    );
    expect({ sources: sources.length > 100, written }).toEqual({ sources: true, written: [] });
  });

  it('is asked for each actor and role that a screen shows: none stands there as the log has it', () => {
    const screens = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    const raw = />\s*\{(?:\w+\.)*(?:actor|roles|trigger|caller|(?:created|signed|withdrawn|cancelled|paused|lifted|ended|made)By)\}/;
    expect([raw.test('<b>{run.actor}</b>'), raw.test('<p>{worker.roles} ·'), raw.test('<Actor actor={run.actor} />')]).toEqual([
      true,
      true,
      false,
    ]);
    const shown = screens.filter((name) => raw.test(readFileSync(join(SOURCES, name), 'utf8')));
    expect({ screens: screens.length > 100, shown }).toEqual({ screens: true, shown: [] });
  });

  it('has every type of event', () => {
    expect(Object.keys(SHAPES).filter((type) => en['EventType']?.[type] === undefined)).toEqual([]);
  });

  it('has what each of the doctor’s checks is called and what to do about it', () => {
    const checks = ['Node', 'disk', 'connection', 'invariants', ...RESTORE_CHECKS, ...REQUIREMENTS.map(({ check }) => check)].map(
      codeOfCheck,
    );
    for (const codes of [ko, en]) expect(Object.keys(codes['DoctorCheck'] ?? {}).toSorted()).toEqual(checks.toSorted());
    for (const words of Object.values(en['DoctorCheck'] ?? {})) expect(Object.keys(words)).toEqual(['name', 'todo']);
  });

  it.each(['SkipReason', 'FailureCode', 'SlotSkipReason', 'PauseCause'])('says of each %s what it means and what to do', (group) => {
    for (const codes of [ko, en])
      for (const words of Object.values(codes[group] ?? {})) expect(Object.keys(words)).toEqual(['name', 'means', 'todo']);
  });
});

describe('The Korean that people are shown', () => {
  const pages = readdirSync(projectFile('docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ko.md'));
  it.each(['data/codes/ko.json', 'console/src/texts/ko.po', 'README.ko.md', ...pages.map((name) => `docs/${name}`)])(
    'has the words of the glossary: %s',
    (file) => {
      const lines = readFileSync(projectFile(file), 'utf8').split('\n');
      expect(lines.filter((line) => OTHER_WORDS.test(line))).toEqual([]);
    },
  );

  it.each(['data/codes/ko.json', 'console/src/texts/ko.po'])('has one word for a reason: %s', (file) => {
    const text = readFileSync(projectFile(file), 'utf8');
    expect([text.includes('이유'), text.split('\n').filter((line) => line.includes('까닭'))]).toEqual([true, []]);
  });

  // The page of advice quotes sentences of patients, who may read either word.
  it.each(pages.filter((name) => name !== 'advice.ko.md'))('has one word for a reason on the page %s', (name) => {
    const text = readFileSync(projectFile(`docs/${name}`), 'utf8');
    expect([text.startsWith('# '), text.split('\n').filter((line) => line.includes('까닭'))]).toEqual([true, []]);
  });

  it('has no particle in two forms where the word before it is known', () => {
    const undecided = JSON.stringify(codesIn('ko')).match(/[가-힣][”"’')]?(?:을\(를\)|이\(가\)|은\(는\)|와\(과\))/gu) ?? [];
    expect(undecided).toEqual([]);
  });
});

describe('The console’s texts', () => {
  it('are all there in Korean', () => {
    const entries = readFileSync(join(SOURCES, 'texts/ko.po'), 'utf8').split('\n\n').slice(1);
    const untold = entries.filter((entry) => entry.includes('msgid ') && /^msgstr ""$/m.test(entry) && !/^msgstr ""\n"/m.test(entry));
    expect(untold).toEqual([]);
    expect(entries.length).toBeGreaterThan(250);
  });
});

describe('Figures in the console’s English', () => {
  /** Where it is never one: what is said of one stands apart, or the figure is a constant. */
  const MANY =
    /\{span\}|\{MAX_ROWS\}|before the candidate has|^\(|events$|last one at the right|patients failed, and|things (?:are left )?to look at/;
  const COUNTED =
    /\{\w+\}(?:<\/\d+>)? (?:patients|rows|runs|lanes|days|nights|schedules|jobs|hours|months|batches|times|things|events|outcomes|dishes)\b/;

  it('stand beside one thing as beside many', () => {
    const texts = [...readFileSync(join(SOURCES, 'texts/en.po'), 'utf8').matchAll(/^msgid "(.+)"$/gm)].map(([, text = '']) => text);
    const plural = texts.filter((text) => text.includes(', plural, one {'));
    expect(plural.length).toBeGreaterThan(40);
    expect(texts.filter((text) => COUNTED.test(text) && !MANY.test(text))).toEqual([]);
  });
});

describe('What the console fetches later', () => {
  it('comes with its texts: a screen or dialog that came alone would show their names', () => {
    const alone = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => {
        const text = readFileSync(join(SOURCES, name), 'utf8');
        const fetches = [...text.matchAll(/\b(lazy|lazyRouteComponent)\(/g)].length;
        const withTexts = [...text.matchAll(/\b(lazy|lazyRouteComponent)\(\s*withTexts\(/g)].length;
        return fetches > withTexts ? [name] : [];
      });
    expect(alone).toEqual([]);
  });
});
