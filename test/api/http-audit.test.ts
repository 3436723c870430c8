import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditResult, serverAudits } from 'graphql-http';
import { startTestServer, type TestServer } from './http-fixture.js';

/** Parts of the specification that it leaves to the server (MAY), and that this one does in another way: none. */
const OTHERWISE: readonly string[] = [];

let server: TestServer;
let results: readonly AuditResult[];

beforeAll(async () => {
  server = await startTestServer();
  const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn: fetch });
  const found: AuditResult[] = [];
  for (const audit of audits) found.push(await audit.fn());
  results = found;
});

afterAll(() => server.close(0));

/** What was said of the audits that ended in a way. */
function ended(status: AuditResult['status']): string[] {
  return results.filter((result) => result.status === status).map((result) => `${result.name}: ${'reason' in result ? result.reason : ''}`);
}

describe('GraphQL over HTTP, as graphql-http audits it', () => {
  it('is tried in all 61 ways', () => {
    expect(results).toHaveLength(61);
  });

  it('meets all that a server must do', () => {
    expect(ended('error')).toEqual([]);
  });

  it('meets all that a server should do', () => {
    expect(ended('warn')).toEqual([]);
  });

  it('meets what a server may do, but for what is named here', () => {
    expect(ended('notice')).toEqual(OTHERWISE);
  });
});
