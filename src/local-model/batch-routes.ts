import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { BatchDesk, KeptFile } from './batch-desk.js';
import type { Told } from './batch-words.js';
import { refusal } from './completion.js';

const BATCH_REQUEST = z.object({
  input_file_id: z.string().min(1),
  endpoint: z.literal('/v1/chat/completions'),
  completion_window: z.literal('24h'),
  metadata: z.record(z.string().max(64), z.string().max(512)).default({}),
});

/** A request to files or batches, read. */
export interface BatchCall {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly body: Buffer;
}

/** What these routes need. */
export interface BatchRoutesNeeds {
  readonly desk: BatchDesk;
  /** Whether batches and files can be listed. */
  readonly lists: boolean;
}

/** Reads a request for `serveBatches`. */
export function batchCallOf(request: IncomingMessage, body: Buffer): BatchCall {
  const { method = 'GET', url = '/', headers } = request;
  return { method, url: new URL(url, 'http://local'), contentType: headers['content-type'] ?? '', body };
}

/** Answers a request to `/v1/files` or `/v1/batches`, as OpenAI's Batch API has them. @returns false for any other */
export async function serveBatches(call: BatchCall, response: ServerResponse, needs: BatchRoutesNeeds): Promise<boolean> {
  const [, version, kind, id, verb, ...rest] = call.url.pathname.split('/');
  if (version !== 'v1' || (kind !== 'files' && kind !== 'batches') || rest.length > 0) return false;
  const route = `${call.method} ${kind}${id === undefined ? '' : '/id'}${verb === undefined ? '' : `/${verb}`}`;
  const { desk } = needs;
  switch (route) {
    case 'POST files':
      return answer(response, await addFile(call, desk));
    case 'GET files':
      return answer(response, needs.lists ? listed(call.url, desk.files.newestFirst().map(toldFile)) : undefined);
    case 'GET files/id':
      return answer(response, fileOf(desk, id, toldFile));
    case 'GET files/id/content':
      return answer(
        response,
        fileOf(desk, id, ({ content }) => content),
      );
    case 'DELETE files/id':
      return answer(response, desk.files.remove(id ?? '') ? { id, object: 'file', deleted: true } : undefined);
    case 'POST batches':
      return createBatch(call, response, desk);
    case 'GET batches':
      return answer(response, needs.lists ? listed(call.url, desk.list()) : undefined);
    case 'GET batches/id':
      return answer(response, desk.get(id ?? ''));
    case 'POST batches/id/cancel':
      return answer(response, desk.cancel(id ?? ''));
    default:
      return answer(response, undefined);
  }
}

async function addFile({ body, contentType }: BatchCall, desk: BatchDesk): Promise<object> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData().catch(() => undefined);
  const [file, purpose] = [form?.get('file'), form?.get('purpose')];
  if (!(file instanceof File) || purpose !== 'batch') return WRONG;
  return toldFile(desk.addFile({ filename: file.name, purpose, content: await file.text() }));
}

async function createBatch({ body }: BatchCall, response: ServerResponse, desk: BatchDesk): Promise<boolean> {
  const asked = BATCH_REQUEST.safeParse(parsed(body.toString()));
  const made = asked.success ? desk.create(asked.data.input_file_id, asked.data.metadata) : undefined;
  if (made === undefined) return answer(response, WRONG);
  if (made.takeMs > 0) await delay(made.takeMs);
  if (made.fault === 'refused') return answer(response, undefined);
  if (made.fault === 'lost') response.destroy();
  return made.fault === 'lost' || answer(response, made.batch);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const WRONG = { status: 400 };

function fileOf<T extends object | string>(desk: BatchDesk, id: string | undefined, of: (file: KeptFile) => T): T | undefined {
  const file = desk.files.get(id ?? '');
  return file && of(file);
}

function toldFile({ id, filename, purpose, content, createdAt }: KeptFile): Told {
  return { id, object: 'file', bytes: Buffer.byteLength(content), created_at: Math.floor(createdAt / 1_000), filename, purpose };
}

function listed({ searchParams }: URL, all: readonly Told[]): object {
  const [limit, after] = [Number(searchParams.get('limit') ?? 20), searchParams.get('after')];
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const data = all.slice(from, from + limit);
  return { object: 'list', data, has_more: from + limit < all.length, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}

/** @param said JSON or a text; undefined for what is not there, WRONG for what was asked badly */
function answer(response: ServerResponse, said: object | string | undefined): true {
  if (said === undefined || said === WRONG) {
    const status = said === undefined ? 404 : 400;
    const { body } = refusal({ kind: 'error', status, code: status === 404 ? 'not_found' : 'invalid_request' });
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return true;
  }
  const type = typeof said === 'string' ? 'application/octet-stream' : 'application/json';
  response.writeHead(200, { 'content-type': type }).end(typeof said === 'string' ? said : JSON.stringify(said));
  return true;
}
