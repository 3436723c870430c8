import { createServer } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { readConfig } from '../src/config/config.js';
import { graphqlSchema } from '../src/server/graphql-schema.js';
import { startService } from '../src/runtime/service.js';

const [kind, url, environment = '{}'] = process.argv.slice(2);
process.send?.(kind === 'bare' ? await bare() : await whole(url ?? ''));
process.on('disconnect', () => process.exit(0));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1_000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  });
});

/** Apollo on node:http and nothing else: no limits, no headers, no identity, no log. */
async function bare(): Promise<string> {
  const apollo = new ApolloServer({ schema: await graphqlSchema() });
  await apollo.start();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => void answer(text, request, response));
  });
  const answer = async (text: string, ...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>): Promise<void> => {
    const headers = new HeaderMap(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: JSON.parse(text) as unknown },
      context: () => Promise.resolve({}),
    });
    response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
    response.end(result.body.kind === 'complete' ? result.body.string : '');
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`));
  });
}

async function whole(database: string): Promise<string> {
  const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const service = await startService(readConfig({ PORT: '0', LOG_LEVEL: 'warn', ...(JSON.parse(environment) as Record<string, string>) }), {
    url: database,
    role: 'api',
    logger: silent,
  });
  return `${service.url}/graphql`;
}
