import type { EatenFood } from '../eaten-food.js';
import { holdsOf, type Conjunction, type Test } from './condition.js';

import { valuesOfDish, valuesOfEaten, valuesOfPatient } from './facts.js';
import type { Point } from './point.js';
import type { PointArgument } from './wording.js';
import type { DishMenu, OfferedDish, Scene } from './scene.js';
import { hasBit, ScopeTests } from './scope-tests.js';

const SCOPES = ['PATIENT', 'EATEN', 'DISH'] as const;

/**
 * The conditions of a vocabulary's points, compiled to be asked of every patient: the same as `holdsOf` of their three parts. A comparison of a fact with a figure is looked up (`ScopeTests`): once
 * a patient for what speaks of the patient, and once a process for a dish and for an amount of a food, which are the same for all patients. What is more than such a comparison `holdsOf` does.
 */
export class PointTests {
  readonly #patient: PartTests;
  readonly #eaten: PartTests;
  readonly #dish: PartTests;
  /** The scene that `#bits` are of. */
  #scene: Scene | undefined;
  readonly #bits: Int32Array;
  /** The menu that `#ofDish` is of: by number of a dish, the conditions that it fulfils. */
  #menu: DishMenu | null = null;
  #ofDish = new Int32Array(0);
  readonly #word = new Int32Array(1);

  /** @param positions by point, of its bit among those of the patient; as they are numbered for a list without an order */
  constructor(points: readonly Point[], positions: readonly number[] = [...points.keys()]) {
    this.#patient = partTests(points.map(({ when }) => when.patient), 0, positions); // prettier-ignore
    this.#eaten = partTests(
      points.map(({ when }) => when.eaten),
      1,
      numbered(points, 'eaten'),
    );
    this.#dish = partTests(
      points.map(({ when }) => when.dish),
      2,
      numbered(points, 'dish'),
    );
    this.#bits = new Int32Array(this.#patient.scope.words);
  }

  /** Bits of the points whose part about the patient may hold: all of its comparisons with figures do. Those of this scene until another one is asked about. */
  bitsOfPatient(scene: Scene): Int32Array {
    if (scene !== this.#scene) {
      this.#patient.scope.write(this.#bits, valuesOfPatient(scene), scene);
      this.#scene = scene;
    }
    return this.#bits;
  }

  /** Whether a condition's part about the patient holds of a scene. */
  holdOfPatient(point: number, scene: Scene): boolean {
    return isSet(this.#patient, this.bitsOfPatient(scene), point) && isRest(this.#patient, point, scene);
  }

  /** Whether a condition's part about a food, which is the scene's, holds of it. */
  holdOfEaten(point: number, eaten: EatenFood, scene: Scene): boolean {
    if (eaten.askedBy !== this) {
      this.#eaten.scope.write(this.#word, valuesOfEaten(eaten), scene);
      eaten.fulfils = this.#word[0] as number;
      eaten.askedBy = this;
    }
    const position = this.#eaten.positions[point] as number;
    return (position < 0 || ((eaten.fulfils as number) & (1 << position)) !== 0) && isRest(this.#eaten, point, scene);
  }

  /** Whether a condition's part about a dish, which is the scene's, holds of it, beside the scene's food where it speaks of one. */
  holdOfDish(point: number, dish: OfferedDish, scene: Scene): boolean {
    const at = scene.dishes.indexOf(dish);
    return this.mayHoldOfDish(point, scene.numbers[at] ?? -1, scene) && this.restHoldsOfDish(point, scene);
  }

  /** The same of a dish's number, as far as it compares the dish with figures. */
  mayHoldOfDish(point: number, number: number, scene: Scene): boolean {
    const position = this.#dish.positions[point] as number;
    if (position < 0) return true;
    if (scene.menu !== this.#menu) this.#layOut(scene);
    return ((this.#ofDish[number] as number) & (1 << position)) !== 0;
  }

  /** What of a condition's part about a dish is no comparison of it with figures. */
  restHoldsOfDish(point: number, scene: Scene): boolean {
    return isRest(this.#dish, point, scene);
  }

  #layOut(scene: Scene): void {
    const { menu, dish: own } = scene;
    this.#menu = menu;
    this.#ofDish = Int32Array.from(menu?.dishes ?? [], (dish) => {
      scene.dish = dish;
      this.#dish.scope.write(this.#word, valuesOfDish(dish), scene);
      return this.#word[0] as number;
    });
    scene.dish = own;
  }
}

/** One part of all conditions. */
interface PartTests {
  readonly scope: ScopeTests;
  /** By point, of its bit; -1 for a point without one, which asks for nothing. */
  readonly positions: Int16Array;
  /** By point, what is no comparison with a figure; null for most. */
  readonly more: readonly (Conjunction | null)[];
}

function partTests(parts: readonly Conjunction[], scope: number, positions: readonly number[]): PartTests {
  const isPlain = ({ fact, other }: Test): boolean => fact.scope === SCOPES[scope] && fact.place !== undefined && other === null;
  const tests: Test[][] = Array.from({ length: Math.max(0, ...positions.map((position) => position + 1)) }, () => []);
  positions.forEach((position, point) => void (position >= 0 && (tests[position] = (parts[point]?.tests ?? []).filter(isPlain))));
  return {
    scope: new ScopeTests(tests),
    positions: Int16Array.from(positions),
    more: parts.map(({ tests: all, rest }, point) => {
      const other = all.filter((test) => (positions[point] as number) < 0 || !isPlain(test));
      return other.length + rest.length === 0 ? null : { tests: other, rest };
    }),
  };
}

/** Points that one number has bits for. */
const BITS = 32;

/**
 * Positions of those points alone that take an argument: few, so that what is kept of a food or a dish is one number. What speaks of it takes it. Beyond so many a point has none, and `holdsOf` is asked
 * of all of it.
 */
function numbered(points: readonly Point[], argument: PointArgument): number[] {
  let next = 0;
  return points.map(({ args }) => (args.includes(argument) && next < BITS ? next++ : -1));
}

function isSet({ positions }: PartTests, bits: Int32Array, point: number): boolean {
  const position = positions[point] as number;
  return position < 0 || hasBit(bits, position);
}

function isRest({ more }: PartTests, point: number, scene: Scene): boolean {
  const rest = more[point] as Conjunction | null;
  return rest === null || holdsOf(rest, scene);
}
