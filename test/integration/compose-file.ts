import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A service of docker-compose.yml, as far as the tests look at it. */
export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly container_name?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly restart?: string;
  readonly cap_add?: readonly string[];
  readonly profiles?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** docker-compose.yml. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

/** One `${NAME…}` of the file: what stands after the name. */
export interface Placeholder {
  readonly name: string;
  readonly operator: ':-' | ':?' | '';
  readonly rest: string;
}

const ROOT = new URL('../../', import.meta.url);
const PLACEHOLDER = /(?<!\$)\$\{([A-Z_]+)(:-|:\?)?([^}]*)\}/g;

/** Reads a file of the project. */
export function projectFile(name: string): string {
  return readFileSync(new URL(name, ROOT), 'utf8');
}

/** Every placeholder of docker-compose.yml. */
export function placeholders(): Placeholder[] {
  return [...projectFile('docker-compose.yml').matchAll(PLACEHOLDER)].map(([, name = '', operator = '', rest = '']) => ({
    name,
    operator: operator as Placeholder['operator'],
    rest,
  }));
}

/** docker-compose.yml as Compose reads it with some variables set. @throws for a required one that is not */
export function composeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (_whole, name: string, operator: string | undefined, rest: string) => {
      const value = variables[name] ?? '';
      if (value === '' && operator === ':?') throw new Error(`${name}: ${rest}`);
      return value === '' && operator === ':-' ? rest : value;
    });
  // As Compose does: parsed first, so that what is filled in cannot change the document.
  return mapTexts(parse(projectFile('docker-compose.yml'), { merge: true }), fill) as ComposeFile;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, map)]));
}
