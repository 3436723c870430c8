import { readFileSync } from 'node:fs';
import { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { parseDishes } from './dishes-file.js';
import { parseIngredients } from './ingredients-file.js';
import { projectFile } from '../../base/project-file.js';
import { parseSources, type Source } from './sources-file.js';

/** The texts that a catalogue is made of. */
export interface CatalogueTexts {
  readonly sources: string;
  readonly ingredients: string;
  readonly dishes: string;
}

/** Makes a catalogue of its three tables. @throws Error that names file and row at fault; RangeError for a code or name that stands there twice */
export function parseCatalogue({ sources, ingredients, dishes }: CatalogueTexts): Catalogue {
  return madeOf(parseSources(sources), ingredients, dishes);
}

/** What was read: the files do not change while a process runs, and each reading takes a tenth of a second. */
const own: { catalogue?: Catalogue; sources?: ReadonlyMap<string, Source> } = {};

/** The project's own catalogue, read once a process. Throws like `parseCatalogue`, and when a file cannot be read. */
export function loadCatalogue(): Catalogue {
  return (own.catalogue ??= madeOf(loadSources(), read('ingredients'), read('dishes')));
}

/** The project's own sources, read once a process. Throws like `parseSources`, and when the file cannot be read. */
export function loadSources(): ReadonlyMap<string, Source> {
  return (own.sources ??= parseSources(read('sources')));
}

function madeOf(sources: ReadonlyMap<string, Source>, ingredients: string, dishes: string): Catalogue {
  const known = parseIngredients(ingredients, sources);
  return new Catalogue(parseDishes(dishes, known), [...known.values()]);
}

function read(table: keyof CatalogueTexts): string {
  return readFileSync(projectFile(`data/${table}.csv`), 'utf8');
}
