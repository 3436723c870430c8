import type { Scene } from './scene.js';

/** What a fact is about: the patient and their day, one food that was eaten, or one dish that is offered. */
export type FactScope = 'PATIENT' | 'EATEN' | 'DISH';

/** A named figure that conditions and wordings may speak of. Every value is a number: flags are 0 or 1, words their place in `words`. */
export interface Fact {
  /** `day.high`: what it is about, and what of it. */
  readonly name: string;
  readonly scope: FactScope;
  /** The words it can be, for a fact that is no figure. */
  readonly words?: readonly string[];
  /** Whether it is 0 or 1 (or NaN): such a fact alone is a condition. */
  readonly isFlag?: true;
  /** What it is, with unit and range: the independent check computes it from the raw records by this sentence alone. */
  readonly meaning: string;
  /** How a wording writes it; absent for a fact that no text may hold. */
  readonly written?: (value: number, language: 'ko' | 'en', scene: Scene) => string;
  /** Its place among the facts of its scope, and what none of them is known of yet: set when it becomes one of `FACTS`. */
  readonly place?: number;
  readonly blank?: readonly number[];
  /** Its value; NaN where it is not known, which makes every comparison false. */
  readonly of: (scene: Scene) => number;
}

/** What no fact is: a figure that was not asked for yet. */
export const NOT_ASKED = Number.NEGATIVE_INFINITY;

/**
 * The value of a fact, worked out when it is first asked for, once of what it is about: a hundred conditions ask for the same few dozen figures of a patient, and a dish of the catalogue is
 * the same for all patients.
 */
export function valueOf(fact: Fact, scene: Scene): number {
  if (fact.scope === 'PATIENT') return ask(fact, (scene.values ??= blankOf(fact)), scene);
  if (fact.scope === 'EATEN') return scene.eaten === null ? Number.NaN : ask(fact, (scene.eaten.values ??= blankOf(fact)), scene);
  return scene.dish === null ? Number.NaN : ask(fact, (scene.dish.values ??= blankOf(fact)), scene);
}

/** Values of a fact's scope, none of them known yet. */
function blankOf({ blank }: Fact): number[] {
  return blank?.slice() ?? [];
}

function ask({ place = -1, of }: Fact, values: number[], scene: Scene): number {
  const value = values[place];
  if (value === undefined) return of(scene); // a fact that is none of `FACTS`
  return value === NOT_ASKED ? (values[place] = of(scene)) : value;
}

/** A fact that is a figure; NaN or null where it is not known. */
export function figure(name: string, scope: FactScope, meaning: string, of: (scene: Scene) => number | null | undefined): Fact {
  return { name, scope, meaning, of: (scene) => of(scene) ?? Number.NaN };
}

/** A figure that wordings may write. Written as it is known: a point whose wording holds it must ask for it in its condition, or NaN keeps the point from being true. */
export function writtenFigure(made: Fact, written: NonNullable<Fact['written']> = groupedFigure): Fact {
  return { ...made, written };
}

/** A whole number from 0 on as people write it: 1,600 ml beside 800 ml. `toLocaleString` took longer than the rest of the advice. */
export function groupedFigure(value: number): string {
  const whole = Math.round(value);
  if (whole < 1_000 || !Number.isFinite(whole)) return String(whole);
  const rest = whole % 1_000;
  return `${groupedFigure(Math.floor(whole / 1_000))},${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
}

/** A fact that holds or not; undefined where it is not known. */
export function flag(name: string, scope: FactScope, meaning: string, of: (scene: Scene) => boolean | undefined): Fact {
  const value = (scene: Scene): number => {
    const known = of(scene);
    return known === undefined ? Number.NaN : known ? 1 : 0;
  };
  return { name, scope, meaning, of: value, isFlag: true };
}

/** A fact that is one of some words; undefined where it is not known. */
export function word(
  name: string,
  scope: FactScope,
  meaning: { readonly is: string; readonly words: readonly string[] },
  of: (scene: Scene) => string | undefined,
): Fact {
  // prettier-ignore
  const { is, words } = meaning;
  const place = (scene: Scene): number => {
    const at = words.indexOf(of(scene) ?? '');
    return at < 0 ? Number.NaN : at;
  };
  return { name, scope, meaning: is, words, of: place };
}
