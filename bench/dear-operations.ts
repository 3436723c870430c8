import { getNamedType, type GraphQLSchema, isLeafType, isObjectType, parse } from 'graphql';
import { shapeProblem } from '../src/server/operations/document-shape.js';
import type { OperationDesk } from '../src/server/operations/operation-desk.js';

/** An operation that is as dear as it may be. */
export interface DearOperation {
  readonly name: string;
  readonly query: string;
  readonly price: number;
}

/** Ids that the operations ask for. */
export interface Subjects {
  readonly backfillId: string;
  readonly runId: string;
  readonly userId: number;
}

const many = (count: number, text: (at: number) => string): string => Array.from({ length: count }, (_, at) => text(at)).join(' ');

/** The dearest operations that are let in: each form is made as large as its price allows. */
export function dearOperations(schema: GraphQLSchema, desk: OperationDesk, { backfillId, runId, userId }: Subjects): DearOperation[] {
  const all = (type: string): string => leavesOf(schema, type).join(' ');
  const [run, outcome, advice, progress] = ['Run', 'Outcome', 'Intervention', 'Progress'].map(all) as [string, string, string, string];
  const plainRun = run.replace('userIds', '');
  const dates = (inner: string): string => `{ backfill(id: "${backfillId}") { dates { recordDate status code run { ${inner} } } } }`;
  const forms: readonly [string, (size: number) => string][] = [
    ['a backfill’s 400 dates with their runs', (n) => `{ ${many(n, (at) => `b${at}: ${dates(plainRun).slice(2, -2)}`)} }`],
    ['a backfill’s 400 dates, each with its way back', () => dates(`backfill { id status } schedule { name } parent { id } ${plainRun}`)],
    ['a backfill’s 400 dates with what the runs came to', () => dates(`id report { ${all('RunReport')} } progress { ${progress} }`)],
    ['outcomes of many runs', (n) => `{ runs(first: ${n}) { nodes { outcomes(first: 100) { nodes { ${outcome} } } } } }`],
    [
      'outcomes of many runs with their advice',
      (n) => `{ runs(first: ${n}) { nodes { outcomes(first: 100) { nodes { userId intervention { ${advice} } } } } } }`,
    ],
    ['outcomes of a backfill’s runs', (n) => dates(`outcomes(first: ${n}) { nodes { userId outcome durationMs } }`)],
    ['events of a backfill’s runs', (n) => dates(`events(first: ${n}, withOutcomes: true) { nodes { ${all('LogEvent')} } }`)],
    ['chunks of a backfill’s runs', (n) => dates(`chunks(first: ${n}) { nodes { ${all('Chunk')} } }`)],
    ['users of a backfill’s runs', (n) => `{ runs(first: ${n}) { nodes { userIds } } run(id: "${runId}") { id } }`],
    ['advice over and over', (n) => `{ ${many(n, (at) => `a${at}: interventions(first: 100) { nodes { ${advice} } }`)} }`],
    [
      'an error for each piece of advice',
      (n) =>
        `{ runs(first: ${n}) { nodes { outcomes(first: 100, filter: { outcomes: [GENERATED] }) { nodes { intervention { diff(other: -1) { fields } } } } } } }`,
    ],
    [
      'a timeline of 92 days',
      () =>
        `{ userTimeline(userId: ${userId}, from: "2025-11-01", to: "2026-01-31") { days { recordDate verdict entries { run { id status } outcome { ${outcome} } } } } }`,
    ],
    [
      'figures of many runs',
      (n) => `{ runs(first: ${n}) { nodes { usage { ${all('Usage')} } shadowReport { ${all('ShadowReport')} } report { replacing } } } }`,
    ],
    ['forecasts', (n) => `{ ${many(n, (at) => `f${at}: forecast { ... on Forecast { users seconds } }`)} }`],
    ['times to come', (n) => `{ ${many(n, (at) => `s${at}: schedules(first: 100) { nodes { nextSlots(count: 20) { at local } } }`)} }`],
    ['the system’s state', (n) => `{ ${many(n, (at) => `s${at}: systemStatus { version log { events head } workers { host } }`)} }`],
    [
      'the schema about itself',
      () =>
        '{ __schema { types { name fields { name type { name fields { name type { name kind } args { name } } } args { name type { name } } } } } }',
    ],
    ['runs over and over', (n) => `{ ${many(n, (at) => `r${at}: runs(first: 100) { nodes { ${plainRun} progress { ${progress} } } }`)} }`],
  ];
  return forms.flatMap(([name, form]) => dearest(desk, name, form) ?? []);
}

/** The largest of a form that is let in. */
function dearest(desk: OperationDesk, name: string, form: (size: number) => string): DearOperation | undefined {
  let found: DearOperation | undefined;
  for (let size = 1; size <= 100; size += 1) {
    const query = form(size);
    if (query === found?.query) break;
    const document = parse(query);
    const { price } = desk.price({ document });
    if (price > desk.limits.price || shapeProblem(document) !== undefined) break;
    found = { name, query, price };
  }
  return found;
}

function leavesOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`the schema has no ${name}`);
  return Object.values(type.getFields()).flatMap((field) => (isLeafType(getNamedType(field.type)) ? [field.name] : []));
}
