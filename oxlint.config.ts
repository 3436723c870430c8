import { defineConfig, type OxlintOverride } from 'oxlint';

/** The rooms of src/, from the ground up. An import goes down this list and never up, types too. docs/architecture.md shows it, and a test compares. */
export const ROOMS = [
  'base',
  'domain',
  'words',
  'application',
  'database',
  'identity',
  'config',
  'eventlog',
  'records',
  'store',
  'projections',
  'feeds',
  'generators',
  'local-model',
  'reads',
  'alerts',
  'lifecycle',
  'jobs',
  'demo',
  'embedded-postgres',
  'migrations',
  'schema',
  'resolvers',
  'rest',
  'server',
  'doctor',
  'runtime',
  'cli',
] as const;

type Room = (typeof ROOMS)[number];

/** What a room may not know, although it lies below. */
const NOT_THESE: Partial<Record<Room, readonly Room[]>> = {
  // Files, networks and timers are in the base.
  domain: ['base'],
  // prettier-ignore
  schema: [
    'application', 'database', 'eventlog', 'records', 'store', 'projections', 'feeds', 'generators',
    'reads', 'alerts', 'jobs', 'demo', 'migrations', 'embedded-postgres', 'local-model',
  ],
  resolvers: ['jobs', 'demo', 'embedded-postgres', 'migrations'],
  // What a migration writes does not change with what the service asks today.
  migrations: ['domain', 'application', 'eventlog', 'store', 'projections', 'feeds', 'generators', 'identity', 'reads', 'alerts', 'lifecycle', 'jobs', 'demo'], // prettier-ignore
  // prettier-ignore
  rest: [
    'jobs', 'demo', 'embedded-postgres', 'migrations', 'resolvers', 'schema', 'generators', 'local-model',
    'reads', 'alerts', 'store', 'eventlog', 'database',
  ],
  server: ['records', 'store', 'jobs', 'demo', 'embedded-postgres', 'migrations', 'generators'],
};

const GRAPHQL = ['graphql', 'type-graphql', 'graphql-*', '@apollo/*'];
const AGENDA = ['agenda', '@agendajs/*'];
const STORES = ['@mikro-orm/*', 'pg', 'pg-copy-streams', 'mongodb', 'kysely'];
// prettier-ignore
const IO = [
  'node:*', 'uuid', 'pino', 'zod', 'dataloader', 'commander', 'prom-client',
  'jose', 'openid-client', 'cockatiel', 'cronstrue', 'csv-parse*', 'express', 'ws',
];

interface Refused {
  readonly group: string[];
  readonly importNames?: string[];
  readonly message: string;
}

const dataKnowsNeither: Refused = { group: [...GRAPHQL, ...AGENDA], message: 'adapters of data know neither GraphQL nor Agenda' };

/** Libraries that a room may not know. */
const LIBRARIES: Partial<Record<Room, readonly Refused[]>> = {
  domain: [
    {
      group: [...STORES, ...AGENDA, ...GRAPHQL, 'agendash', ...IO],
      message: 'domain knows no clock, no randomness, no I/O and no framework',
    },
    { group: ['croner'], message: 'croner belongs in slots/cron.ts' },
  ],
  application: [
    { group: [...STORES, ...AGENDA, ...GRAPHQL, 'agendash', 'express', 'ws'], message: 'application knows no MikroORM, Agenda or GraphQL' },
    { group: ['croner'], message: 'croner belongs in domain/slots/cron.ts' },
  ],
  database: [dataKnowsNeither],
  eventlog: [dataKnowsNeither],
  records: [dataKnowsNeither],
  store: [dataKnowsNeither],
  projections: [dataKnowsNeither],
  feeds: [dataKnowsNeither],
  generators: [dataKnowsNeither],
  identity: [dataKnowsNeither],
  reads: [dataKnowsNeither],
  alerts: [dataKnowsNeither],
  lifecycle: [dataKnowsNeither],
  jobs: [{ group: [...GRAPHQL, '@mikro-orm/*'], message: 'a job handler knows neither GraphQL nor MikroORM' }],
  schema: [
    { group: [...STORES, ...AGENDA], message: 'schema knows no store' },
    {
      group: ['type-graphql'],
      importNames: ['ObjectType'],
      message: 'an object type says whose data it holds: ObjectOfPerson, PartOfPerson or ObjectOfNobody (schema/of-person.ts)',
    },
  ],
  resolvers: [
    { group: [...STORES, ...AGENDA], message: 'a resolver translates: it knows no MikroORM and no Agenda' },
    {
      group: ['.*/**/database/**', '!**/database/keyset.js'],
      message: 'a resolver asks view queries; of the database it knows how a page is cut',
    },
  ],
  rest: [
    {
      group: [...STORES, ...AGENDA, ...GRAPHQL, 'express', 'ws'],
      message: 'a call translates: it knows no store, no Agenda and no GraphQL',
    },
  ],
};

function refusedIn(room: Room): Refused[] {
  const above = ROOMS.slice(ROOMS.indexOf(room) + 1);
  const beside = NOT_THESE[room] ?? [];
  return [
    ...(above.length > 0
      ? [{ group: above.map(folder), message: `imports go down the order of the rooms (oxlint.config.ts): these lie above ${room}` }]
      : []),
    ...(beside.length > 0 ? [{ group: beside.map(folder), message: `${room} does not know these (NOT_THESE in oxlint.config.ts)` }] : []),
    ...(LIBRARIES[room] ?? []),
  ];
}

function ruleOf(room: Room): OxlintOverride {
  return { files: [`src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns: refusedIn(room) }] } };
}

/** A folder of ours as an import names it; `./` keeps packages out of it (`@apollo/server/…`). */
function folder(room: Room): string {
  return `.*/**/${room}/**`;
}

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'oxc'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.data', '.runtime', 'node_modules'],
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-unassigned-import': 'off',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
    'max-params': ['error', { max: 4 }],
    'typescript/no-unsafe-type-assertion': 'off',
    'no-await-in-loop': 'off',
    'no-underscore-dangle': ['error', { allow: ['_id'] }],
  },
  overrides: [
    ...ROOMS.map(ruleOf),
    { files: ['src/domain/slots/cron.ts'], rules: { 'no-restricted-imports': 'off' } },
    {
      files: ['console/src/**/*.ts', 'console/src/**/*.tsx'],
      rules: {
        'no-restricted-imports': [
          'error',
          { patterns: [{ group: ['../../../**'], message: 'the console knows the service by schema.graphql alone' }] },
        ],
      },
    },
    {
      files: ['eval/oracle/**/*.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['**/src/**', '**/dist/**', '../*'],
                message: 'the oracle shares data files with the service and no code: what it judges by is its own',
              },
            ],
          },
        ],
      },
    },
  ],
});
