import config from '../../oxlint.config.js';

/** What lint forbids a room of `src` to import. */
export interface RoomRule {
  readonly room: string;
  readonly rooms: readonly string[];
  /** Files that are allowed all the same, by their room. */
  readonly except: ReadonlyMap<string, string>;
  /** Packages, as lint names them: `@mikro-orm/*`. */
  readonly packages: readonly string[];
}

interface Override {
  readonly files: readonly string[];
  readonly rules?: {
    readonly 'no-restricted-imports'?: readonly [string, { readonly patterns: readonly { readonly group: readonly string[] }[] }] | 'off';
  };
}

/** The rules between the rooms of `src`, as the lint configuration has them. A room without one may import everything. */
export function lintRooms(): readonly RoomRule[] {
  const { overrides } = config as { overrides: readonly Override[] };
  return overrides.flatMap(({ files, rules }) => {
    const rule = rules?.['no-restricted-imports'];
    if (rule === undefined || rule === 'off') return [];
    const groups = rule[1].patterns.flatMap(({ group }) => group);
    const rooms = groups.flatMap((pattern) => /^\.\*\/\*\*\/([\w-]+)\/\*\*$/.exec(pattern)?.[1] ?? []);
    const packages = groups.filter((pattern) => /^(@?[a-z][\w-]*(\/[\w*-]+)?\*?|node:\*)$/.test(pattern));
    const except = new Map(
      groups.flatMap((pattern) => {
        const [, room, file] = /^!\*\*\/([\w-]+)\/([\w.-]+)$/.exec(pattern) ?? [];
        return room !== undefined && file !== undefined ? [[room, file] as const] : [];
      }),
    );
    return files
      .flatMap((file) => /^src\/([\w-]+)\/\*\*\/\*\.ts$/.exec(file)?.[1] ?? [])
      .map((room) => ({ room, rooms, except, packages }));
  });
}
