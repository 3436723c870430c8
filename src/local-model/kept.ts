import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../base/make-folders.js';

const HALF = '.half';

/** Entries by id, in the order they came; in a folder as well, where one is given: an endpoint that is killed knows them again. */
export class Kept<Entry extends { readonly id: string }> {
  readonly #entries = new Map<string, Entry>();
  readonly #folder: string | undefined;

  /** @param kind names the entries' folder within `folder` */
  constructor(folder: string | undefined, kind: string) {
    if (folder === undefined) return;
    this.#folder = join(folder, kind);
    makeFolders(this.#folder);
    for (const name of readdirSync(this.#folder).toSorted()) {
      if (name.endsWith(HALF)) continue;
      const entry = JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Entry;
      this.#entries.set(entry.id, entry);
    }
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** The newest first, as OpenAI lists. */
  newestFirst(): Entry[] {
    return [...this.#entries.values()].toReversed();
  }

  put(entry: Entry): Entry {
    this.#entries.set(entry.id, entry);
    if (this.#folder !== undefined) {
      // Under another name first: a kill in the middle leaves the earlier entry whole.
      const path = join(this.#folder, entry.id);
      writeFileSync(`${path}${HALF}`, JSON.stringify(entry));
      renameSync(`${path}${HALF}`, path);
    }
    return entry;
  }

  /** @returns whether it was there */
  remove(id: string): boolean {
    if (this.#folder !== undefined) rmSync(join(this.#folder, id), { force: true });
    return this.#entries.delete(id);
  }
}
