import type { AlertFacts, AlertKind, MessageName } from '../domain/alert/alert.js';
import type { Language } from '../domain/said.js';
import { alertWords, isWithoutRun } from './alert-words.js';

/** An alert as a message tells it. */
export interface ToldAlert {
  /** Of the delivery: the same at every try. */
  readonly id: string;
  readonly alertId: string;
  readonly message: MessageName;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly facts: AlertFacts;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly resolvedAt: Date | null;
}

/** What is sent: the alert, and its words. */
export interface Message extends ToldAlert {
  readonly title: string;
  /** What happened, what it means and what to do, a sentence or two each. */
  readonly lines: readonly string[];
  /** The console's page; undefined where CONSOLE_URL is not set. */
  readonly link: string | undefined;
}

/** How messages are worded. */
export interface Wording {
  readonly language: Language;
  readonly consoleUrl: string | undefined;
}

/** Puts an alert into words. */
export function messageOf(alert: ToldAlert, { language, consoleUrl }: Wording): Message {
  const words = alertWords(language);
  const over = alert.message === 'RESOLVED';
  const name = words.kind(alert.kind);
  const happened = words.sentence(alert.kind, alert.facts);
  const times = alert.count > 1 ? [words.counted(alert.count)] : [];
  const lines = (over ? [happened, words.over()] : [happened, ...times, name.means, name.todo]).filter((line) => line !== '');
  const title = words.title(over ? 'RESOLVED' : 'OPEN', name.name);
  return { ...alert, title, lines, link: consoleUrl === undefined ? undefined : new URL(pageOf(alert), consoleUrl).href };
}

/** The console's page about an alert, below the console's address. */
export function pageOf({ kind, subject, facts }: Pick<ToldAlert, 'kind' | 'subject' | 'facts'>): string {
  switch (kind) {
    case 'JOB_STORE_AWAY':
    case 'LOG_LAGGING':
    case 'MODEL_UNREADABLE':
    case 'RECALLED_ALLERGEN':
      return '/console/system';
    case 'ROLLOUT_STOPPED':
      return '/console/system#rollouts';
    case 'SLOT_SKIPPED':
      return `/console/schedules/${subject}`;
    case 'NOT_READY':
      return isWithoutRun(facts) ? `/console/schedules/${subject}` : `/console/runs/${subject}`;
    default:
      return `/console/runs/${subject}`;
  }
}

/** A message by which an operator sees that a channel works. */
export function trialMessage(id: string, { language, consoleUrl }: Wording): Message {
  const { title, line } = alertWords(language).trial();
  const now = new Date();
  const alert: ToldAlert = { id, alertId: id, message: 'RAISED', kind: 'JOB_STORE_AWAY', subject: 'test', facts: {}, count: 1, firstAt: now, lastAt: now, resolvedAt: null }; // prettier-ignore
  return { ...alert, title, lines: [line], link: consoleUrl };
}
