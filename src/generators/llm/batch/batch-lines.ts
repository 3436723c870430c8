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
 * Reads the lines of the files that a batch came to, in any order, one at a time: of a file no more is kept than its answers. A line that broke off, is answered for another or makes no sense is passed by:
 * its patient counts as not answered.
 */
export class AnswerReader implements LineAnswers {
  readonly answers = new Map<string, Reply | ModelFailure>();
  repeated = 0;
  strange = 0;

  /** @param sent what was sent, by `custom_id` */
  constructor(
    private readonly sent: ReadonlyMap<string, Sent>,
    private readonly now: Date,
  ) {}

  /** @param line undefined for one that is too long to be read */
  readonly take = (line: string | undefined): void => {
    const json = line === undefined ? undefined : parsed(line);
    const customId = fieldOf(json, 'custom_id');
    const size = typeof customId === 'string' ? this.sent.get(customId) : undefined;
    if (typeof customId !== 'string' || size === undefined) {
      this.strange += 1;
      return;
    }
    const before = this.answers.get(customId);
    if (before !== undefined) this.repeated += 1;
    const answer = answerOf(json, size, this.now);
    if (answer === undefined) this.strange += 1;
    else if (before === undefined || before instanceof ModelFailure) this.answers.set(customId, answer);
  };
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
  try {
    return foreignJson(line);
  } catch {
    return undefined; // the parser's message quotes the line
  }
}
