import type { EatenFood } from '../eaten-food.js';
import { holdsOf, type Conjunction, type Test } from './condition.js';
import type { KeptBits } from './kept-bits.js';
import { valuesOfDish, valuesOfEaten, valuesOfPatient } from './facts.js';
import type { Point } from './point.js';
import type { OfferedDish, Scene } from './scene.js';
import { hasBit, ScopeTests } from './scope-tests.js';

const SCOPES = ['PATIENT', 'EATEN', 'DISH'] as const;

/**
 * The conditions of a vocabulary's points, compiled to be asked of every patient: the same as `holdsOf` of their three parts. A comparison of a fact with a figure is looked up (`ScopeTests`): once
 * a patient for what speaks of the patient, and once a process for a dish and for an amount of a food, which are the same for everybody. What is more than such a comparison `holdsOf` does.
 */
export class PointTests {
  readonly #patient: PartTests;
  readonly #eaten: PartTests;
  readonly #dish: PartTests;
  /** The scene that `#bits` are of. */
  #scene: Scene | undefined;
  readonly #bits: Int32Array;

  constructor(points: readonly Point[]) {
    this.#patient = partTests(points.map(({ when }) => when.patient), 0); // prettier-ignore
    this.#eaten = partTests(points.map(({ when }) => when.eaten), 1); // prettier-ignore
    this.#dish = partTests(points.map(({ when }) => when.dish), 2); // prettier-ignore
    this.#bits = new Int32Array(this.#patient.scope.words);
  }

  /** Whether a condition's part about the patient holds of a scene. */
  holdOfPatient(point: number, scene: Scene): boolean {
    if (scene !== this.#scene) {
      this.#patient.scope.write(this.#bits, valuesOfPatient(scene), scene);
      this.#scene = scene;
    }
    return hasBit(this.#bits, point) && isRest(this.#patient, point, scene);
  }

  /** Whether a condition's part about a food, which is the scene's, holds of it. */
  holdOfEaten(point: number, eaten: EatenFood, scene: Scene): boolean {
    if (eaten.fulfils?.of !== this) eaten.fulfils = this.#kept(this.#eaten, valuesOfEaten(eaten), scene);
    return hasBit(eaten.fulfils.bits, point) && isRest(this.#eaten, point, scene);
  }

  /** Whether a condition's part about a dish, which is the scene's, holds of it, beside the scene's food where it speaks of one. */
  holdOfDish(point: number, dish: OfferedDish, scene: Scene): boolean {
    if (dish.fulfils?.of !== this) dish.fulfils = this.#kept(this.#dish, valuesOfDish(dish), scene);
    return hasBit(dish.fulfils.bits, point) && isRest(this.#dish, point, scene);
  }

  #kept({ scope }: PartTests, values: number[], scene: Scene): KeptBits {
    const bits = new Int32Array(scope.words);
    scope.write(bits, values, scene);
    return { of: this, bits };
  }
}

/** One part of all conditions. */
interface PartTests {
  readonly scope: ScopeTests;
  /** By point, what is no comparison with a figure; null for most. */
  readonly more: readonly (Conjunction | null)[];
}

function partTests(parts: readonly Conjunction[], scope: number): PartTests {
  const isPlain = ({ fact, other }: Test): boolean => fact.scope === SCOPES[scope] && fact.place !== undefined && other === null;
  return {
    scope: new ScopeTests(parts.map(({ tests }) => tests.filter(isPlain))),
    more: parts.map(({ tests, rest }) => {
      const other = tests.filter((test) => !isPlain(test));
      return other.length + rest.length === 0 ? null : { tests: other, rest };
    }),
  };
}

function isRest({ more }: PartTests, point: number, scene: Scene): boolean {
  const rest = more[point] as Conjunction | null;
  return rest === null || holdsOf(rest, scene);
}
