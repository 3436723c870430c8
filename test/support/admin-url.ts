/**
 * The address at which this jest worker makes and drops databases: a server of its own, so that no neighbour's open transaction hides events from it, or
 * is counted with its own. TEST_ADMIN_URLS names one for each worker, or one for all. Throws outside a jest run with the global setup.
 */
export function adminUrl(): string {
  const urls = process.env['TEST_ADMIN_URLS']?.split(' ') ?? [];
  const url = urls[(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % urls.length];
  if (url === undefined) throw new Error('there is no test server: run the tests through npm test, whose global setup starts it');
  return url;
}
