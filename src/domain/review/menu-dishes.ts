import type { Catalogue } from '../advice/catalogue/catalogue.js';

/** Finds dishes by the labels under which menus of rows name them. */
export class MenuDishes {
  readonly #begins: readonly (readonly [string, string])[];
  readonly #known = new Map<string, string | undefined>();

  constructor({ dishes }: Pick<Catalogue, 'dishes'>) {
    // A label begins with the name, up to the serving (`labelKo`, `labelEn`); of several the longest.
    this.#begins = dishes
      .flatMap(({ code, nameKo, nameEn }) => [[`${nameKo} `, code] as const, [`${nameEn}, `, code] as const])
      .toSorted(([one], [other]) => other.length - one.length);
  }

  /** Codes of a row's dishes, each once, in the order of the menu. What no dish is called by is left out, and whatever is no menu holds none. */
  of(menu: unknown): string[] {
    if (typeof menu !== 'object' || menu === null) return [];
    const labels = Object.values(menu).flatMap((meal) => (Array.isArray(meal) ? (meal as unknown[]) : []));
    return [...new Set(labels.flatMap((label) => (typeof label === 'string' ? (this.#codeOf(label) ?? []) : [])))];
  }

  #codeOf(label: string): string | undefined {
    if (!this.#known.has(label)) this.#known.set(label, this.#begins.find(([begin]) => label.startsWith(begin))?.[1]);
    return this.#known.get(label);
  }
}
