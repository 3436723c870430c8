import { say } from '../words/catalogue.js';
import { duration, rate, count } from './figures.js';

/** How far a piece of work has come. */
export interface BarState {
  readonly done: number;
  /** Null while it is not known: nothing has begun. */
  readonly total: number | null;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  /** Why it stands still, in a word or two: then it has no pace and no end in sight. */
  readonly halt?: string;
}

/** A piece of work on a screen. */
export interface Bar {
  update(state: BarState): void;
  /** Leaves the last state standing and lets others write. */
  end(): void;
}

/** 0 to 100, rounded down, so that 100 means done. */
export function percent({ done, total }: BarState): number {
  return total === null || total === 0 ? 0 : Math.min(100, Math.floor((100 * done) / total));
}

/** The parts that follow a bar, most important first: `52 %`, `520 of 1,000`, `1,240/s`, `1 s left`. */
export function details(state: BarState): string[] {
  if (state.total === null) return [state.halt ?? say('waitingToBegin')];
  const parts = [`${percent(state)} %`, say('barOf', { done: count(state.done), total: count(state.total) })];
  if (state.halt !== undefined) return [...parts, state.halt];
  if (state.perSecond !== null) parts.push(rate(state.perSecond));
  if (state.secondsLeft !== null && state.done < state.total) parts.push(say('timeLeft', { time: duration(Math.ceil(state.secondsLeft)) }));
  return parts;
}

/** Gives states with the pace since now, for work that only counts. @param clock milliseconds, monotonic */
export function startPace(clock: () => number = () => performance.now()): (done: number, total: number) => BarState {
  const began = clock();
  return (done, total) => {
    const seconds = (clock() - began) / 1_000;
    const perSecond = done > 0 && seconds > 0 ? done / seconds : null;
    return { done, total, perSecond, secondsLeft: perSecond === null ? null : (total - done) / perSecond };
  };
}
