import type { IncomingMessage } from 'node:http';
import type { OperationRequest } from '../operations/prepare-operation.js';
import { HttpRefusal } from './exchange.js';
import { readJsonBody } from './read-json-body.js';

/** Reads an operation from a request, out of the body of a POST or the address of a GET. @throws HttpRefusal when there is none */
export async function readOperation(request: IncomingMessage): Promise<OperationRequest> {
  const { query, operationName, variables } =
    request.method === 'POST' ? recordOf(await readJsonBody(request)) : inAddress(request.url ?? '');
  if (typeof query !== 'string' || query === '') throw malformed('`query` must be a string with a GraphQL document.');
  if (operationName != null && typeof operationName !== 'string') throw malformed('`operationName` must be a string.');
  if (variables != null && !isRecord(variables)) throw malformed('`variables` must be a JSON object.');
  return { query, operationName, variables };
}

function inAddress(url: string): Readonly<Record<string, unknown>> {
  const at = url.indexOf('?');
  const given = new URLSearchParams(at < 0 ? '' : url.slice(at));
  for (const name of ['query', 'operationName', 'variables']) {
    if (given.getAll(name).length > 1) throw malformed(`\`${name}\` may stand in the address once.`);
  }
  const variables = given.get('variables');
  return { query: given.get('query'), operationName: given.get('operationName'), variables: variables === null ? null : parsed(variables) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw malformed('`variables` must be a JSON object.');
  }
}

function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(body)) throw malformed('The request body must be a JSON object.');
  return body;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', message);
}
