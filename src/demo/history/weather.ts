import type { FailureCode } from '../../domain/outcome.js';

/** How it goes for the generators on a night of the history. */
export interface Weather {
  /** Share of users who fail, and with what code. */
  readonly failing: { readonly share: number; readonly code: FailureCode };
  /** Share of the demo's users after whom the model answers no more; absent where it does. */
  readonly modelServes?: number;
  /** Share of users whom the rules advise, since the model was too slow. */
  readonly fallback: number;
  /** How slow the model is, beside the usual. */
  readonly slowness: number;
}

/** A usual night: one user in thousands fails, and no advice is a fallback. */
export const USUAL: Weather = { failing: { share: 0.0004, code: 'INVALID_INPUT' }, fallback: 0, slowness: 1 };

/** What the generators of the history go by: the story changes it. */
export class Sky {
  weather: Weather = USUAL;
  /** Users whom the model has served since the weather changed. */
  served = 0;

  constructor(private readonly users: number) {}

  become(change: Partial<Weather>): void {
    this.weather = { ...USUAL, ...change };
    this.served = 0;
  }

  /** Whether the model answers. */
  get modelAnswers(): boolean {
    const { modelServes } = this.weather;
    return modelServes === undefined || this.served < modelServes * this.users;
  }
}
