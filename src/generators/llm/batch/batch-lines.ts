import { MAX_BODY } from '../../../base/bounded-post.js';
import { foreignJson } from '../../../base/foreign-json.js';
import { readChatAnswer, type Sent } from '../chat-answer.js';
import { fieldOf } from '../call-usage.js';
import { ModelFailure } from '../model-failure.js';
import type { Reply } from '../model.js';

/** The address that a line of a batch asks for, whatever the endpoint's own is called. */
export const LINE_URL = '/v1/chat/completions';

/** A line of the file that asks. @param body of the request @param customId random: it says nothing of a user or a run */
export function askingLine(customId: string, body: object): string {
  return JSON.stringify({ custom_id: customId, method: 'POST', url: LINE_URL, body });
}

/** What came back for the lines of a batch. */
export interface LineAnswers {
  /** By `custom_id`: the reply, or why there is none. A line that is in no file is absent. */
  readonly answers: ReadonlyMap<string, Reply | ModelFailure>;
  /** Answers to a line that had one already. The first counts. */
  readonly repeated: number;
  /** Lines that answer nothing we asked, or are no answer at all. */
  readonly strange: number;
}

/**
 * Reads the files that a batch came to, in any order of their lines. A line that broke off, is answered for another or makes no sense is passed by: its patient counts as not answered.
 * @param sent what was sent, by `custom_id`
 */
export function readAnswers(files: readonly string[], sent: ReadonlyMap<string, Sent>, now: Date): LineAnswers {
  const answers = new Map<string, Reply | ModelFailure>();
  let [repeated, strange] = [0, 0];
  for (const line of linesOf(files)) {
    const json = parsed(line);
    const customId = fieldOf(json, 'custom_id');
    const size = typeof customId === 'string' ? sent.get(customId) : undefined;
    if (typeof customId !== 'string' || size === undefined) {
      strange += 1;
      continue;
    }
    const before = answers.get(customId);
    if (before !== undefined) repeated += 1;
    const answer = answerOf(json, size, now);
    if (answer === undefined) strange += 1;
    else if (before === undefined || before instanceof ModelFailure) answers.set(customId, answer);
  }
  return { answers, repeated, strange };
}

function* linesOf(files: readonly string[]): Generator<string> {
  for (const file of files) {
    for (let from = 0; from < file.length;) {
      const end = file.indexOf('\n', from);
      const line = file.slice(from, end < 0 ? undefined : end).trim();
      if (line !== '') yield line;
      from = end < 0 ? file.length : end + 1;
    }
  }
}

/** Undefined for what neither answers nor says that it does not: it may have been paid for, as a line that is in no file. */
function answerOf(json: unknown, size: Sent, now: Date): Reply | ModelFailure | undefined {
  const response = fieldOf(json, 'response');
  const [status, body] = [fieldOf(response, 'status_code'), fieldOf(response, 'body')];
  if (typeof status !== 'number') return isTold(fieldOf(json, 'error')) ? new ModelFailure('CUT_OFF') : undefined; // expired, cancelled, or an error of the batch's own
  const isRefused = status < 200 || status > 299 || isTold(fieldOf(body, 'error'));
  try {
    return readChatAnswer({ status, headers: {}, body: JSON.stringify(body) ?? '' }, size, now);
  } catch (error) {
    // Whatever a line does to its reader, it costs the one patient that it answers.
    if (!isRefused) return undefined;
    return error instanceof ModelFailure ? error : new ModelFailure('BAD_REQUEST', { status });
  }
}

function isTold(error: unknown): boolean {
  return error !== undefined && error !== null;
}

function parsed(line: string): unknown {
  if (line.length > MAX_BODY) return undefined; // a line of a whole file's length would take the process's memory as objects
  try {
    return foreignJson(line);
  } catch {
    return undefined; // the parser's message quotes the line
  }
}
