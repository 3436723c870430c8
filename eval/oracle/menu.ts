import type { Change, Dish, Ingredient, Pantry } from './pantry.js';
import { cooked, plateOf, type Plate } from './plate.js';
import type { Tongue } from './words.js';

/** Ingredients whose absence may be told once for all dishes of a day, and how the text names them. */
export const TOLD_ONCE: Readonly<Record<string, Readonly<Record<Tongue, string>>>> = {
  garlic: { ko: '마늘', en: 'garlic' },
  onion: { ko: '양파', en: 'onion' },
  scallion: { ko: '파 흰 부분', en: 'scallion whites' },
  leek: { ko: '대파', en: 'leek' },
  kelp: { ko: '다시마', en: 'kelp' },
};

/** A way of cooking a dish that agrees with what its label says. */
export interface Served {
  readonly dish: Dish;
  readonly changes: readonly Change[];
  readonly plate: Plate;
  /** Ids of `TOLD_ONCE` that it leaves out and that its label does not tell. */
  readonly untold: ReadonlySet<string>;
}

/** Reads labels of `diet_target` back into dishes and recipes. Each label is read once. */
export class Menu {
  readonly #byHead = new Map<string, Dish>();
  readonly #read = new Map<string, readonly Served[]>();
  readonly #names: ReadonlyMap<string, Ingredient>;

  constructor(
    readonly pantry: Pantry,
    readonly tongue: Tongue,
  ) {
    const name = ({ nameKo, nameEn }: { nameKo: string; nameEn: string }): string => (tongue === 'ko' ? nameKo : small(nameEn));
    for (const dish of pantry.dishes) {
      this.#byHead.set(tongue === 'ko' ? `${dish.nameKo} ${dish.servingKo}` : `${dish.nameEn}, ${dish.servingEn}`, dish);
    }
    this.#names = new Map([...pantry.ingredients.values()].map((ingredient) => [name(ingredient), ingredient]));
  }

  /** Ways to cook that a label allows, those with fewer untold changes first; none for a label that is no dish of the data files cooked as they allow. */
  serving(label: string): readonly Served[] {
    let ways = this.#read.get(label);
    if (ways === undefined) this.#read.set(label, (ways = this.#waysOf(label)));
    return ways;
  }

  /** The dish's name as texts call it. */
  nameOf({ nameKo, nameEn }: Dish): string {
    return this.tongue === 'ko' ? nameKo : nameEn;
  }

  #waysOf(label: string): Served[] {
    const dish = this.#byHead.get(label);
    if (dish !== undefined) return this.#waysThatTell(dish, new Set());
    if (!label.endsWith(')')) return [];
    // Names may hold brackets themselves: the changes begin where what stands before them is a dish.
    for (let open = label.indexOf('('); open > 0; open = label.indexOf('(', open + 1)) {
      const changed = this.#byHead.get(label.slice(0, open).trimEnd());
      const told = changed && this.#changesIn(label.slice(open + 1, -1).split(', '));
      if (changed !== undefined && told !== undefined) return this.#waysThatTell(changed, new Set(told));
    }
    return [];
  }

  /** Changes between commas; a name may hold a comma itself. */
  #changesIn(pieces: readonly string[]): string[] | undefined {
    if (pieces.length === 0) return [];
    for (let count = 1; count <= pieces.length; count += 1) {
      const first = this.#changeIn(pieces.slice(0, count).join(', '));
      const rest = first === undefined ? undefined : this.#changesIn(pieces.slice(count));
      if (first !== undefined && rest !== undefined) return [first, ...rest];
    }
    return undefined;
  }

  #waysThatTell(dish: Dish, told: ReadonlySet<string>): Served[] {
    return dish.ways
      .flatMap((changes): Served[] => {
        const untold = new Set(changes.filter(isToldOnce).map(({ what }) => what.id));
        const own = changes.filter((change) => !isToldOnce(change)).map(keyOf);
        const parts = cooked(dish.recipe, changes);
        const agrees = own.length === told.size && own.every((key) => told.has(key));
        return agrees && parts !== null ? [{ dish, changes, plate: plateOf(parts), untold }] : [];
      })
      .toSorted((a, b) => a.untold.size - b.untold.size);
  }

  /** A change as a label writes it: "마늘 없이", "국간장 대신 소금", "토마토 60 g". */
  #changeIn(text: string): string | undefined {
    const id = (name: string | undefined): string | undefined => this.#names.get(name ?? '')?.id;
    const [, less, grams] = /^(.+) (\d+(?:\.\d+)?) g$/u.exec(text) ?? [];
    if (less !== undefined) return id(less) && `LESS ${id(less)} ${grams}`;
    const [, left] = (this.tongue === 'ko' ? /^(.+) 없이$/u : /^without (.+)$/u).exec(text) ?? [];
    if (left !== undefined) return id(left) && `WITHOUT ${id(left)}`;
    const [, first, second] = (this.tongue === 'ko' ? /^(.+) 대신 (.+)$/u : /^(.+) instead of (.+)$/u).exec(text) ?? [];
    const [from, by] = this.tongue === 'ko' ? [id(first), id(second)] : [id(second), id(first)];
    return from !== undefined && by !== undefined ? `INSTEAD ${from} ${by}` : undefined;
  }
}

/** Inside a sentence a name begins with a small letter, but for names of peoples. */
function small(name: string): string {
  return /^(?:Korean|Spanish|Swiss)\b/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** Whether a change may be told once for all dishes of a day. */
export function isToldOnce(change: Change): boolean {
  // Cooked with the green of a scallion alone, it is without the white.
  if (change.kind === 'INSTEAD') return change.what.id === 'scallion' && change.by.of.id === 'scallion-greens';
  return change.kind === 'WITHOUT' && Object.hasOwn(TOLD_ONCE, change.what.id);
}

function keyOf(change: Change): string {
  const more = change.kind === 'WITHOUT' ? '' : change.kind === 'INSTEAD' ? ` ${change.by.of.id}` : ` ${change.grams}`;
  return `${change.kind} ${change.what.id}${more}`;
}
