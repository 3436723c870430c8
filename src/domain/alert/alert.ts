import type { ProgramName } from '../program.js';

/** What an alert is about. */
export const ALERT_KINDS = [
  'RUN_FAILED',
  'RUN_PAUSED',
  'RUN_FAILURES',
  'NIGHT_EMPTY',
  'SLOT_SKIPPED',
  'NOT_READY',
  'BUDGET_REACHED',
  'RECALLED_ALLERGEN',
  'ROLLOUT_STOPPED',
  'JOB_STORE_AWAY',
  'LOG_LAGGING',
  'MODEL_UNREADABLE',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Kinds that are a state of the service and no event of the log: they are looked for again and again. */
export const CONDITION_KINDS = ['JOB_STORE_AWAY', 'LOG_LAGGING', 'MODEL_UNREADABLE'] as const satisfies readonly AlertKind[];
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** What a condition is about. */
export const SERVICE = 'service';

export const ALERT_STATES = ['OPEN', 'RESOLVED'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Channels by which alerts are sent. */
export const CHANNEL_NAMES = ['WEBHOOK', 'EMAIL'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** Whether a message says that something began, or that it is over. */
export const MESSAGES = ['RAISED', 'RESOLVED'] as const;
export type MessageName = (typeof MESSAGES)[number];

/** Where a message stands. `SILENCED`: what it tells of was over before the silence was. */
export const DELIVERY_STATES = ['WAITING', 'SENT', 'GIVEN_UP', 'SILENCED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * What a message tells beside its kind: codes, dates, times and counts, each under a name of this list, so that neither a user's id nor an operator's
 * words, nor anything out of a record, has a place in one.
 */
export interface AlertFacts {
  readonly program?: ProgramName;
  /** `YYYY-MM-DD`. */
  readonly recordDate?: string;
  /** A code in capital letters: why a run paused or failed, or a slot was skipped. */
  readonly code?: string;
  /** ISO time of the last slot that was skipped. */
  readonly slot?: string;
  /** ISO time by which the advice was to be there. */
  readonly readyBy?: string;
  /** Users that failed, or that had no advice. */
  readonly users?: number;
  /** Users that these are a part of. */
  readonly of?: number;
}

/** Something began, or happened once more. */
export interface Raise {
  readonly turn: 'RAISE';
  readonly kind: AlertKind;
  /** A run, a schedule, or `service`. With the kind it is the key: one alert of a key is open at a time. */
  readonly subject: string;
  readonly facts: AlertFacts;
}

/** Something is over: all alerts of these kinds about a subject, or about the nights of a program up to one. */
export type Over =
  | { readonly turn: 'OVER'; readonly kinds: readonly AlertKind[]; readonly subject: string }
  | { readonly turn: 'NIGHT_OVER'; readonly kinds: readonly AlertKind[]; readonly program: ProgramName; readonly through: string };

/** Coverage is to be looked at, once, at a time. */
export interface LookAt {
  readonly turn: 'LOOK';
  readonly runId: string;
  /** ISO time. */
  readonly readyBy: string;
}

/** What an event means to those who are told. */
export type AlertTurn = Raise | Over | LookAt;
