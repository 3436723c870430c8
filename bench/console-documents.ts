import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, Kind, parse, print, visit } from 'graphql';

/** The console's own operations by name, each with its fragments: what is measured is what its pages ask, also when they change. @param folder its sources */
export function consoleDocuments(folder = 'console/src'): (name: string) => string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
  );
  const definitions = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g)].flatMap(
      ([, source = '']) => parse(source).definitions,
    ),
  );
  const named = new Map(
    definitions.flatMap((each) => ('name' in each && each.name !== undefined ? [[each.name.value, each] as const] : [])),
  );
  const withFragments = (definition: DefinitionNode, found: Set<DefinitionNode>): Set<DefinitionNode> => {
    found.add(definition);
    visit(definition, {
      [Kind.FRAGMENT_SPREAD]: ({ name }) => {
        const fragment = named.get(name.value);
        if (fragment !== undefined && !found.has(fragment)) withFragments(fragment, found);
      },
    });
    return found;
  };
  return (name) => {
    const operation = named.get(name);
    if (operation === undefined) throw new Error(`the console has no operation ${name}`);
    return [...withFragments(operation, new Set())].map((each) => print(each)).join('\n');
  };
}
