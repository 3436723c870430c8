import { readdirSync } from 'node:fs';
import { table } from '../table.js';
import { lintRooms } from './lint-rooms.js';

/** The rooms: folders of `src`. */
export function roomsOfSource(): readonly string[] {
  const entries = readdirSync('src', { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted(); // prettier-ignore
}

/** What each room may import, by the lint configuration. */
export function importsTable(): string {
  const all = roomsOfSource();
  const rules = new Map(lintRooms().map((rule) => [rule.room, rule]));
  const rows = all.map((room) => {
    const rule = rules.get(room);
    if (rule === undefined) return [code(room), 'every room', ''];
    const allowed = all
      .filter((other) => other !== room && (!rule.rooms.includes(other) || rule.except.has(other)))
      .map((other) => (rule.rooms.includes(other) ? `${code(`${other}/${rule.except.get(other)}`)} alone` : code(other)));
    return [code(room), allowed.join(', '), rule.packages.map(code).join(', ')];
  });
  return table(['room', 'may import, beside itself', 'packages that it may not import'], rows);
}

const code = (name: string): string => `\`${name}\``;
