/** Words of the service's own paths. */
const WORDS: ReadonlySet<string> = new Set(
  `graphql stream healthz readyz metrics playground assets
  console runs failures alerts patients review signing schedules backfills trends system
  session ibsafe oidc return dashboard export outcomes.csv
  api batch schedule run status sync`.split(/\s+/u),
);
const RUN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const MAX_SEGMENTS = 8;

/**
 * A path as a log may hold it. The address of a patient's page holds the patient's number, and an address that is none of ours may hold a name: words of our own paths and
 * ids of runs and schedules stay, and each other part is `…`. A prefix that a proxy left in it can still be seen.
 */
export function toldPath(path: string): string {
  if (WORDS.has(path.slice(1)) && path.startsWith('/')) return path;
  const [, ...segments] = path.split('/');
  const told = segments
    .slice(0, MAX_SEGMENTS)
    .map((segment) => (segment === '' || WORDS.has(segment) || RUN.test(segment) ? segment : '…'));
  return `/${told.join('/')}${segments.length > MAX_SEGMENTS ? '/…' : ''}`;
}
