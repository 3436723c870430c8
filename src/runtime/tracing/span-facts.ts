import { PROGRAMS } from '../../domain/program.js';
import { GENERATORS } from '../../domain/outcome.js';
import type { SpanFacts } from '../../tracing.js';

type Read = (value: unknown) => string | number | undefined;

const among = (known: readonly string[]): Read => (value) => (known.includes(value as string) ? (value as string) : 'OTHER'); // prettier-ignore
const whole: Read = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);
const matching = (form: RegExp): Read => (value) => (typeof value === 'string' && form.test(value) ? value : undefined); // prettier-ignore
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Paths that the server itself knows; others are one. */
export const ROUTES = ['/', '/graphql', '/graphql/stream', '/healthz', '/readyz', '/metrics', '/console', '/playground', '/session', '/dashboard', '/api/batch', '/export'] as const; // prettier-ignore
const VERBS = ['select', 'insert', 'update', 'delete', 'with', 'copy', 'begin', 'commit', 'rollback', 'savepoint', 'release', 'set', 'listen', 'lock', 'create', 'alter', 'call'] as const; // prettier-ignore

/** What each fact is called as an attribute, and what it may be. A fact that is none of that is left out, or is OTHER. */
const READERS: { readonly [K in keyof Required<SpanFacts>]: readonly [attribute: string, read: Read] } = {
  runId: ['ibsafe.run.id', matching(UUID)],
  chunk: ['ibsafe.chunk', whole],
  users: ['ibsafe.users', whole],
  program: ['ibsafe.program', among(PROGRAMS)],
  generator: ['ibsafe.generator', among(GENERATORS)],
  method: ['http.request.method', among(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])],
  route: ['http.route', (path) => routeOf(String(path))],
  status: ['http.response.status_code', whole],
  transport: ['ibsafe.transport', among(['http', 'ws', 'sse'])],
  kind: ['graphql.operation.type', among(['query', 'mutation', 'subscription'])],
  verb: ['db.operation.name', among(VERBS)],
  rows: ['db.response.returned_rows', whole],
  result: ['ibsafe.result', matching(/^[A-Z][A-Z0-9_]{1,40}$/)],
  tokensIn: ['gen_ai.usage.input_tokens', whole],
  tokensOut: ['gen_ai.usage.output_tokens', whole],
};

/** Names of all attributes that there can be. */
export const ATTRIBUTES: readonly string[] = Object.values(READERS).map(([name]) => name);

/** The attributes of a span: facts of the list, each as its reader takes it. */
export function attributesOf(facts: SpanFacts): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [fact, [name, read]] of Object.entries(READERS)) {
    const given = facts[fact as keyof SpanFacts];
    const value = given === undefined ? undefined : read(given);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** The part of a path that is ours: ids, names and dates stand behind it. */
function routeOf(path: string): string {
  return [...ROUTES].toSorted((one, other) => other.length - one.length).find((route) => path === route || (route !== '/' && path.startsWith(`${route}/`))) ?? 'OTHER'; // prettier-ignore
}
