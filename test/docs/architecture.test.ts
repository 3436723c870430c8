import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { ROOMS as ROOMS_IN_ORDER } from '../../oxlint.config.js';
import { roomsOfSource } from '../../pages/architecture/imports-table.js';
import { lintRooms } from '../../pages/architecture/lint-rooms.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { blocksOf, readDocument, tableRowsOf } from './markdown.js';

const PAGE = readDocument('docs/architecture.md');
const ROOMS = roomsOfSource();
const ORDER: readonly string[] = ROOMS_IN_ORDER;
const [picture = ''] = blocksOf(PAGE, 'mermaid').map(({ code }) => code);
const ARROWS = [...picture.matchAll(/^ *([\w-]+) --> ([\w-]+)$/gm)].map(([, from = '', to = '']) => [from, to] as const);

/** Rooms that files of a room import, as they are written. */
function importedBy(room: string): ReadonlySet<string> {
  const files = readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const targets = files.flatMap((name) => {
    const path = `src/${room}/${name.replaceAll('\\', '/')}`;
    const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g);
    return [...imports].map(([, target = '']) => posix.join(posix.dirname(path), target).split('/')[1] ?? '');
  });
  return new Set(targets);
}

describe('The picture of the rooms', () => {
  it('shows every folder of src, and nothing else', () => {
    const shown = new Set(ARROWS.flat());
    expect([...shown].toSorted()).toEqual(ROOMS);
  });

  it('is true of every import: each goes down the order of the rooms', () => {
    const upward = ORDER.flatMap((from, place) => [...importedBy(from)].filter((to) => ORDER.indexOf(to) > place).map((to) => [from, to]));
    expect(upward).toEqual([]);
    expect(ORDER.toSorted()).toEqual(ROOMS);
  });

  it('has an arrow only where lint allows the import, and where there is one', () => {
    const forbidden = new Map(lintRooms().map(({ room, rooms }) => [room, rooms]));
    expect(ARROWS.filter(([from, to]) => forbidden.get(from)?.includes(to))).toEqual([]);
    expect(ARROWS.filter(([from, to]) => !importedBy(from).has(to))).toEqual([]);
    expect(ARROWS.length).toBeGreaterThan(ROOMS.length);
  });
});

it('The table of the rooms says of every folder of src what it holds', () => {
  const [, section = ''] = /^## Rooms\n(.*?)^## /ms.exec(PAGE) ?? [];
  const rows = tableRowsOf(section).filter(([room]) => room?.startsWith('`'));
  expect(rows.map(([room = '']) => room.replaceAll('`', '')).toSorted()).toEqual(ROOMS);
});

it('The table of schema batch names every table and view that the migrations make, and no other', async () => {
  const [, section = ''] = /^## Tables of schema `batch`\n(.*?)^## /ms.exec(PAGE) ?? [];
  const named = tableRowsOf(section).flatMap(([tables = '']) => [...tables.matchAll(/`(\w+)`/g)].map(([, table = '']) => table));
  const batch = await createTestBatch({ users: 0 });
  const found = await batch.rows<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'batch'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition`,
  );
  await batch.close();
  expect(named.toSorted()).toEqual(found.map(({ name }) => name).toSorted());
});

it('No file of the source lies beside the rooms', () => {
  expect(readdirSync('src').toSorted()).toEqual(ROOMS);
});

describe('The lint configuration', () => {
  it('has rules for the rooms that the page speaks of, and for no folder that is gone', () => {
    const rules = lintRooms();
    expect(rules.length).toBeGreaterThan(8);
    expect(rules.flatMap(({ room, rooms }) => [room, ...rooms]).filter((room) => !ROOMS.includes(room))).toEqual([]);
  });

  it('keeps the domain from every other room', () => {
    const [domain] = lintRooms().filter(({ room }) => room === 'domain');
    expect(domain?.packages).toContain('node:*');
    expect(ROOMS.filter((room) => room !== 'domain' && !domain?.rooms.includes(room))).toEqual([]);
  });
});
