import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BOOT_SCRIPT } from './boot-script.js';

/** One file of the playground. */
export interface Asset {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

/**
 * Our own rules after GraphiQL's: its accent in the front page's green (as the hue, saturation and lightness it wants), and tabs that
 * stay where they are. It animates them from where they first stood, and a mouse button pressed on one throws it back there, so that
 * the click misses it.
 */
const OUR_STYLE = `
.graphiql-container { --color-primary: 164, 83%, 26%; }
.graphiql-container .graphiql-tab { transform: none !important; }
`;

const compress = promisify(gzip);
let loading: Promise<ReadonlyMap<string, Asset>> | undefined;

/** The playground's files by name. Loaded once; a failure is forgotten, so that the next visitor tries again. */
export function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<ReadonlyMap<string, Asset>> {
  // The package inlines all of this into one page; taken apart it caches, and needs no inline script and no blob worker.
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const script = 'text/javascript; charset=utf-8';
  return new Map(
    await Promise.all([
      assetOf('graphiql.js', script, graphiql.js),
      assetOf('graphiql.css', 'text/css; charset=utf-8', `${graphiql.css}${OUR_STYLE}`),
      assetOf('editor.worker.js', script, graphiql.editorWorkerService),
      assetOf('json.worker.js', script, graphiql.jsonWorker),
      assetOf('graphql.worker.js', script, graphiql.graphqlWorker),
      assetOf('boot.js', script, BOOT_SCRIPT),
    ]),
  );
}

async function assetOf(name: string, mediaType: string, text: string): Promise<[string, Asset]> {
  const content = Buffer.from(text, 'utf8');
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return [name, { mediaType, content, etag, gzipped: await compress(content) }];
}
