import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SOURCES = join(import.meta.dirname, '../../src');
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** What is taken of a module as a value, in one file: names, `default`, `*`; types cannot connect to anything. */
function valuesOf(source: string, module: string): string[] {
  const statements = source.matchAll(/import\s+(?!type\b)([^;]*?)\s+from\s+'([^']+)'/g);
  const named = [...statements].filter(([, , from]) => from === module).flatMap(([, what = '']) => names(what));
  const others = [`import('${module}')`, `require('${module}')`, `from '${module}/`].filter((text) => source.includes(text));
  return [...named, ...others];
}

function names(what: string): string[] {
  const list = /\{([^}]*)\}/.exec(what)?.[1] ?? '';
  const outside = what
    .replace(/\{[^}]*\}/, '')
    .replaceAll(',', ' ')
    .trim();
  const inside = list.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')); // prettier-ignore
  return [...(outside === '' ? [] : [outside]), ...inside.map((name) => name.split(' ')[0] ?? name)];
}

/** Of `pg`, what makes no connection. */
const HARMLESS = new Set(['DatabaseError', 'escapeLiteral', 'escapeIdentifier']);

describe('one function makes every connection:', () => {
  it.each(['pg', 'pg-pool', 'pg-native', '@mikro-orm/postgresql', '@mikro-orm/core', '@mikro-orm/sql', 'kysely'])(
    'nothing outside of src/database takes what connects from %s',
    (module) => {
      const taken = files
        .filter((name) => !name.startsWith('database/'))
        .flatMap((name) => valuesOf(readFileSync(join(SOURCES, name), 'utf8'), module).map((what) => `${name}: ${what}`))
        .filter((entry) => !HARMLESS.has(entry.split(': ')[1] ?? '') && !/: (defineEntity|p|sql|raw)$/.test(entry));
      expect(taken).toEqual([]);
    },
  );

  it('would notice one: a client, a pool, a default import, a dynamic import, MikroORM', () => {
    expect(valuesOf(`import { Client, type Pool } from 'pg';`, 'pg')).toEqual(['Client']);
    expect(valuesOf(`import pg from 'pg';`, 'pg')).toEqual(['pg']);
    expect(valuesOf(`import * as pg from 'pg';`, 'pg')).toEqual(['* as pg']);
    expect(valuesOf(`const { Pool } = await import('pg');`, 'pg')).toEqual([`import('pg')`]);
    expect(valuesOf(`import { MikroORM } from '@mikro-orm/postgresql';`, '@mikro-orm/postgresql')).toEqual(['MikroORM']);
    expect(valuesOf(`import type { Pool } from 'pg';`, 'pg')).toEqual([]);
  });
});
