import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { missingIndexLines } from '../../src/cli/index/index-check.js';
import { planLine } from '../../src/cli/retention/retention.js';
import { details } from '../../src/cli/screen/bar.js';
import { sentenceOf } from '../../src/cli/words/refusal.js';
import { PostgresDidNotStart } from '../../src/embedded-postgres/launch.js';
import { MONTH_REFUSALS } from '../../src/domain/retention/retention.js';
import { whyHeld } from '../../src/lifecycle/retention/refusal-words.js';
import { FOOD_RECORD_INDEX } from '../../src/records/record-indexes/wanted-indexes.js';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { speak } from '../../src/cli/words/language.js';
import { englishIn } from '../support/english-in.js';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

afterEach(() => speak('en'));

describe('In Korean', () => {
  it('lines that a quiet database has no cause for hold no English', () => {
    speak('ko');
    const lines = [
      ...MONTH_REFUSALS.map((code) => sentenceOf(whyHeld('2024-09-01', { code, count: 3, runId: NOWHERE }))),
      ...[true, false].map((due) => planLine({ month: '2024-09-01', events: 10, bytes: 5e6, due, held: undefined })),
      planLine({ month: '2024-09-01', events: null, bytes: 5e6, due: true, held: { code: 'LOG_BUSY', count: 1, runId: null } }),
      ...[true, false].flatMap((mayCreate) =>
        missingIndexLines({
          index: FOOD_RECORD_INDEX,
          status: 'INVALID',
          servedBy: null,
          owner: 'ibsafe',
          mayCreate,
          sql: 'CREATE INDEX',
          estimate: { rows: 5, bytes: 5e6, history: { days: 3, from: '2026-01-01', to: '2026-01-03', lateDay: '2026-01-03' } },
          gain: { roster: 9, users: 3, recordDate: '2026-01-03', now: { ms: 5, blocks: 4, firstMs: 9 }, withIndex: mayCreate ? { ms: 1, blocks: 1, firstMs: 2 } : null }, // prettier-ignore
        } as unknown as Parameters<typeof missingIndexLines>[0]),
      ),
      details({ done: 0, total: null, perSecond: null, secondsLeft: null }).join(),
      details({ done: 5, total: 10, perSecond: 2.5, secondsLeft: 2 }).join(),
      errorSentence(new PostgresDidNotStart('FATAL: no room', 'exit 1', tmpdir())),
      errorSentence(new PostgresDidNotStart('', 'SIGKILL', tmpdir())),
      errorSentence(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/var/data' })),
      errorSentence(Object.assign(new Error('connect EACCES /run/pg'), { code: 'EACCES', syscall: 'connect', address: '/run/pg' })),
    ];
    expect(lines.map((line) => [line, englishIn(line)]).filter(([, english]) => (english ?? []).length > 0)).toEqual([]);
  });
});
