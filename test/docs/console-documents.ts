import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse } from 'graphql';
import { projectFile } from '../../src/base/project-file.js';

const SOURCES = projectFile('console/src');

/** The documents in the console's sources, each with the fragments that it names. */
export function consoleDocuments(): { file: string; document: DocumentNode }[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
  );
  const parts = files.flatMap((file) => {
    const text = readFileSync(join(SOURCES, file), 'utf8');
    return [...text.matchAll(/graphql\(\s*`([^`]*)`/g)].map(([, source = '']) => ({ file, document: parse(source) }));
  });
  const fragments = new Map(
    parts
      .flatMap(({ document }) => document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION))
      .map((each) => [each.name.value, each]),
  );
  return parts
    .filter(({ document }) => document.definitions.some((each) => each.kind === Kind.OPERATION_DEFINITION))
    .map(({ file, document }) => ({ file, document: { ...document, definitions: withFragments(document, fragments) } }));
}

const SPREAD = /"kind":"FragmentSpread","name":\{"kind":"Name","value":"(\w+)"/g;
const named = (definition: object): string[] => [...JSON.stringify(definition).matchAll(SPREAD)].map(([, name = '']) => name);

function withFragments(
  document: DocumentNode,
  fragments: ReadonlyMap<string, DocumentNode['definitions'][number]>,
): DocumentNode['definitions'] {
  const all = [...document.definitions];
  for (const definition of all)
    for (const name of named(definition)) {
      const fragment = fragments.get(name);
      if (fragment !== undefined && !all.includes(fragment)) all.push(fragment);
    }
  return all;
}
