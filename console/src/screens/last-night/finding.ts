import type { RunLine } from '../../runs/run-line.js';
import type { NightAlert, NightFigures, NightSchedule } from './night-query.js';
import type { Amiss } from './readiness.js';

/** Something of the night that an operator should know, and most often act on. */
export type Finding =
  | { readonly kind: 'paused' | 'failed-run'; readonly tone: 'bad' | 'warn'; readonly run: RunLine }
  /** `without`: how many of those that failed have no advice by now, from whatever run. */
  | { readonly kind: 'failures'; readonly tone: 'warn'; readonly run: RunLine; readonly without: number }
  | { readonly kind: 'slot-skipped' | 'no-run' | 'schedule-paused'; readonly tone: 'bad' | 'warn'; readonly schedule: NightSchedule }
  | { readonly kind: 'late'; readonly tone: 'warn'; readonly night: NightFigures }
  /** `usual`: how many have advice on a usual night. `run`: the largest run of the night. */
  | { readonly kind: 'few'; readonly tone: 'warn'; readonly run: RunLine; readonly advised: number; readonly usual: number }
  /** The night's runs covered no patient at all. */
  | { readonly kind: 'noPatient'; readonly tone: 'warn'; readonly run: RunLine }
  | { readonly kind: 'no-schedule' | 'no-worker'; readonly tone: 'bad' | 'warn' }
  | { readonly kind: 'alert'; readonly tone: 'warn'; readonly alert: NightAlert }
  | { readonly kind: 'readiness'; readonly tone: 'bad' | 'warn'; readonly amiss: Amiss }
  | {
      readonly kind: 'system';
      readonly tone: 'bad' | 'warn';
      readonly what: 'database' | 'jobs' | 'log' | 'model';
      readonly problem: string;
    };
