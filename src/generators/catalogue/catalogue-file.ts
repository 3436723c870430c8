import { readFileSync } from 'node:fs';
import { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { parseDishes } from './dishes-file.js';
import { parseIngredients } from './ingredients-file.js';
import { projectFile } from './project-file.js';
import { parseSources, type Source } from './sources-file.js';

/** The texts that a catalogue is made of. */
export interface CatalogueTexts {
  readonly sources: string;
  readonly ingredients: string;
  readonly dishes: string;
}

/** Makes a catalogue of its three tables. @throws Error that names file and row at fault; RangeError for a code or name that stands there twice */
export function parseCatalogue({ sources, ingredients, dishes }: CatalogueTexts): Catalogue {
  const known = parseIngredients(ingredients, parseSources(sources));
  return new Catalogue(parseDishes(dishes, known), [...known.values()]);
}

/** The project's own catalogue. Throws like `parseCatalogue`, and when a file cannot be read. */
export function loadCatalogue(): Catalogue {
  return parseCatalogue({ sources: read('sources'), ingredients: read('ingredients'), dishes: read('dishes') });
}

function read(table: keyof CatalogueTexts): string {
  return readFileSync(projectFile(`data/${table}.csv`), 'utf8');
}

/** The project's own sources. Throws like `parseSources`, and when the file cannot be read. */
export function loadSources(): ReadonlyMap<string, Source> {
  return parseSources(readFileSync(projectFile('data/sources.csv'), 'utf8'));
}
