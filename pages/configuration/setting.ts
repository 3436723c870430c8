import { isSecret, type Config } from '../../src/config/config.js';
import { shape } from '../../src/config/config-shape.js';
import type { Bilingual } from './meaning.js';
import { MEANINGS } from './sections.js';

/** A variable as the pages tell it. */
export interface Setting {
  readonly name: string;
  /** As it would be written; undefined where there is none. */
  readonly byDefault: string | undefined;
  readonly secret: boolean;
  readonly range: Bilingual;
  readonly meaning: Bilingual;
}

/** As much of a schema of zod's as is read here. */
interface Schema {
  readonly def: { readonly type: string; readonly innerType?: Schema; readonly defaultValue?: string | number };
  readonly options?: readonly string[];
  meta(): { readonly least?: unknown; readonly most?: unknown } | undefined;
}

/** Reads a variable from the schema that checks it. @throws RangeError for one whose range neither the schema nor its meaning tells */
export function settingOf(name: keyof Config): Setting {
  const outer = shape[name] as unknown as Schema;
  const byDefault = outer.def.defaultValue;
  return {
    name,
    byDefault: byDefault === undefined ? undefined : String(byDefault),
    secret: isSecret(name),
    range: rangeOf(name, outer.def.innerType ?? outer),
    meaning: MEANINGS[name],
  };
}

function rangeOf(name: keyof Config, schema: Schema): Bilingual {
  const { range, unit } = MEANINGS[name];
  if (range !== undefined) return range;
  if (schema.options !== undefined) return inBoth(schema.options.map((one) => `\`${one}\``).join(', '));
  const { least, most } = schema.meta() ?? {};
  if (typeof least !== 'number' || typeof most !== 'number')
    throw new RangeError(`${name} is neither a whole number nor a choice: say in pages/configuration which range it has`);
  return inBoth(`${least}–${most}${unit === undefined ? '' : ` ${unit}`}`);
}

const inBoth = (text: string): Bilingual => ({ en: text, ko: text });
