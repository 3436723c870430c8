import { randomBytes } from 'node:crypto';
import type { BatchFault } from './batch-faults.js';
import type { ChatAnswer } from './completion.js';
import type { Taken } from './ledger.js';

/** A batch as the local model keeps it. */
export interface KeptBatch {
  readonly id: string;
  readonly inputFileId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly endsAt: number;
  readonly fault: BatchFault | null;
  readonly cancelledAt: number | null;
  readonly end: BatchEnd | null;
}

export interface BatchEnd {
  readonly status: 'completed' | 'failed' | 'expired' | 'cancelled';
  readonly at: number;
  readonly outputFileId: string | null;
  readonly errorFileId: string | null;
  readonly total: number;
  readonly completed: number;
  /** What it is charged with: kept with its end, so that no kill counts it twice. */
  readonly taken: Taken;
}

/** ms that a provider has for a batch. */
export const WINDOW_MS = 86_400_000;

/** What stands in an answer, by the names of OpenAI. */
export interface Told extends Record<string, unknown> {
  readonly id: string;
}

export const SERVER_ERROR: ChatAnswer = {
  status: 500,
  body: '{"error":{"message":"failed as told","type":"server_error","param":null,"code":null}}',
};

export function answeredLine(customId: string, { status, body }: ChatAnswer): string {
  return JSON.stringify({ id: newId('batch_req_'), custom_id: customId, response: { status_code: status, request_id: newId('req_'), body: JSON.parse(body) as object }, error: null }); // prettier-ignore
}

/** Levels at which a program that walks or writes such a value overflows its stack. */
const MANY_LEVELS = 20_000;

/** The line with a member that is nested beyond measure. */
export function nested(line: string): string {
  return `${line.slice(0, -1)},"more":${'['.repeat(MANY_LEVELS)}${']'.repeat(MANY_LEVELS)}}`;
}

export function failedLine(customId: string, code: string): string {
  return JSON.stringify({
    id: newId('batch_req_'),
    custom_id: customId,
    response: null,
    error: { code, message: 'This request was not executed.' },
  });
}

export function told({ id, inputFileId, metadata, createdAt, cancelledAt, end }: KeptBatch): Told {
  return {
    id,
    object: 'batch',
    endpoint: '/v1/chat/completions',
    errors: null,
    input_file_id: inputFileId,
    completion_window: '24h',
    status: end?.status ?? (cancelledAt === null ? 'in_progress' : 'cancelling'),
    output_file_id: end?.outputFileId ?? null,
    error_file_id: end?.errorFileId ?? null,
    created_at: seconds(createdAt),
    expires_at: seconds(createdAt + WINDOW_MS),
    request_counts: { total: end?.total ?? 0, completed: end?.completed ?? 0, failed: (end?.total ?? 0) - (end?.completed ?? 0) },
    metadata,
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

let made = 0;

/** In the order in which they were made, so that a folder lists them so. */
export function newId(prefix: string): string {
  made += 1;
  return `${prefix}${Date.now().toString(36)}${made.toString(36).padStart(6, '0')}${randomBytes(4).toString('hex')}`;
}
