import type { Change, Ingredient, Part } from './pantry.js';
import { AVOIDED, KINDS, type Avoided, type FodmapWord, type Kind } from './words.js';

/** What is on a plate, worked out from its ingredients. */
export interface Plate {
  readonly parts: readonly Part[];
  readonly grams: number;
  /** What it may hold that a patient must avoid; what is not known counts as there. */
  readonly mayHold: ReadonlySet<Avoided>;
  /** What it is known to hold of that. */
  readonly holds: ReadonlySet<Avoided>;
  /** Shares of what is low and of what is high, by kind: 1 is the whole of it. */
  readonly low: ReadonlyMap<Kind, number>;
  readonly high: ReadonlyMap<Kind, number>;
  readonly unknown: ReadonlySet<Kind>;
  /** g; null where more than a twentieth of the plate's weight has no figure. */
  readonly fibre: number | null;
  readonly soluble: number | null;
  readonly fat: number | null;
  readonly energy: number | null;
  readonly hot: boolean;
  /** Water, salt or the like and nothing else. */
  readonly isAside: boolean;
  /** That, fruit or a drink and nothing else. */
  readonly isLight: boolean;
  readonly proteinGrams: number;
  readonly vegetableGrams: number;
}

/** Sums of decimal figures are exact to this. */
const NEARLY = 1e-9;

/** Works out a plate. */
export function plateOf(parts: readonly Part[]): Plate {
  const grams = parts.reduce((sum, part) => sum + part.grams, 0);
  const of = (groups: string): number =>
    parts.reduce((sum, part) => (groups.split(' ').includes(part.of.group) ? sum + part.grams : sum), 0);
  return {
    parts,
    grams,
    mayHold: new Set(parts.flatMap(({ of: each }) => avoidedOf(each, true))),
    holds: new Set(parts.flatMap(({ of: each }) => avoidedOf(each, false))),
    low: shares(parts, 'low'),
    high: shares(parts, 'high'),
    unknown: new Set(KINDS.filter((kind) => parts.some(({ of: each }) => each.kinds[kind] === 'unknown'))),
    fibre: total(parts, grams, 'fibre'),
    soluble: total(parts, grams, 'soluble'),
    fat: total(parts, grams, 'fat'),
    energy: total(parts, grams, 'energy'),
    hot: parts.some(({ of: each }) => each.hot),
    isAside: parts.every(({ of: each }) => ['SEASONING', 'WATER'].includes(each.group)),
    isLight: parts.every(({ of: each }) => ['SEASONING', 'WATER', 'FRUIT', 'DRINK'].includes(each.group)),
    proteinGrams: of('MEAT FISH EGG SOYFOOD'),
    vegetableGrams: of('VEGETABLE MUSHROOM SEAWEED'),
  };
}

function avoidedOf({ allergens, kinds }: Ingredient, isUnknownThere: boolean): Avoided[] {
  const isUnknown = allergens.includes('unknown');
  const lactose = kinds.LACTOSE === 'unknown' ? isUnknownThere : kinds.LACTOSE !== 'none';
  const proteins = AVOIDED.filter((word) => word !== 'LACTOSE' && (allergens.includes(word) || (isUnknown && isUnknownThere)));
  return lactose ? [...proteins, 'LACTOSE'] : proteins;
}

function shares(parts: readonly Part[], bound: 'low' | 'high'): ReadonlyMap<Kind, number> {
  const share = (kind: Kind): number =>
    parts.reduce((sum, { of, grams }) => {
      const figure = of.kinds[kind];
      return typeof figure === 'string' ? sum : sum + grams / figure[bound];
    }, 0);
  return new Map(KINDS.map((kind) => [kind, share(kind)]));
}

function total(parts: readonly Part[], grams: number, figure: 'fibre' | 'soluble' | 'fat' | 'energy'): number | null {
  const without = parts.filter(({ of }) => of[figure] === null).reduce((sum, part) => sum + part.grams, 0);
  if (without * 20 > grams) return null;
  return parts.reduce((sum, part) => sum + ((part.of[figure] ?? 0) / 100) * part.grams, 0);
}

/** Kinds that are high in so many servings of a plate. */
export function highKinds(plate: Plate, servings = 1): Kind[] {
  return KINDS.filter((kind) => (plate.high.get(kind) ?? 0) * servings >= 1 - NEARLY);
}

/** Kinds that are more than low. */
export function raisedKinds(plate: Plate, servings = 1): Kind[] {
  return KINDS.filter((kind) => (plate.low.get(kind) ?? 0) * servings > 1 + NEARLY);
}

/** The class of so many servings: high by one kind is high whatever else there is, and low is said only where every kind is known. */
export function classOf(plate: Plate, servings = 1): FodmapWord {
  if (highKinds(plate, servings).length > 0) return 'HIGH';
  if (plate.unknown.size > 0) return 'UNKNOWN';
  return raisedKinds(plate, servings).length > 0 ? 'MODERATE' : 'LOW';
}

/** Whether plates eaten together stay low in every kind. */
export function fitTogether(plates: readonly Plate[]): boolean {
  return KINDS.every((kind) => plates.reduce((sum, { low }) => sum + (low.get(kind) ?? 0), 0) <= 1 + NEARLY);
}

/** A recipe cooked with changes; null where a change speaks of what is not in it. */
export function cooked(recipe: readonly Part[], changes: readonly Change[]): Part[] | null {
  let parts: Part[] | null = [...recipe];
  for (const change of changes) {
    const at: number = parts.findIndex(({ of }) => of.id === change.what.id);
    const old: Part | undefined = parts[at];
    if (old === undefined) return null;
    const instead: Part[] =
      change.kind === 'WITHOUT' ? [] : change.kind === 'INSTEAD' ? [change.by] : [{ of: old.of, grams: change.grams }];
    if (change.kind === 'LESS' && change.grams >= old.grams) return null;
    parts = [...parts.slice(0, at), ...instead, ...parts.slice(at + 1)];
  }
  return parts;
}
