import { messageOf, type Message, type ToldAlert } from '../../src/alerts/message.js';

/** The run that it is about. */
export const RUN = '0198f0a0-0000-7000-8000-000000000001';
/** Its time. */
export const at = new Date('2026-03-01T22:00:00Z');
/** An alert as a message tells it, but for what a test says. */
export const told = (different: Partial<ToldAlert> = {}): ToldAlert => ({
  id: '0198f0a0-0000-7000-8000-00000000000a',
  alertId: '0198f0a0-0000-7000-8000-00000000000b',
  message: 'RAISED',
  kind: 'RUN_FAILURES',
  subject: RUN,
  facts: {
    program: 'daily',
    recordDate: '2026-02-28',
    users: 7,
    of: 90,
    code: 'OVERLAP',
    slot: at.toISOString(),
    readyBy: at.toISOString(),
  },
  count: 3,
  firstAt: at,
  lastAt: at,
  resolvedAt: null,
  ...different,
});
/** How it is worded. */
export const wording = { language: 'ko', consoleUrl: 'https://batch.example.org' } as const;
/** Its message. */
export const message = (different: Partial<ToldAlert> = {}): Message => messageOf(told(different), wording);
