import { LISTED, LISTED_NAMES } from './own-foods.js';
import type { WrittenPoint } from './pantry.js';
import { particlesAfter } from './particles.js';
import type { Tongue } from './words.js';

/** A sentence of a text, read back: which point in which wording, and what stands in its places. */
export interface Claim {
  readonly point: WrittenPoint;
  /** The sentence as it stands there. */
  readonly said: string;
  /** Names as they stand between their marks; empty for "그 음식". Absent for an argument that the wording does not speak of. */
  readonly eaten?: string;
  readonly dish?: string;
  /** An ingredient, as it is named. */
  readonly cause?: string;
  /** Figures by fact, as they are written. */
  readonly figures: ReadonlyMap<string, string>;
}

const PLACE = /\{([A-Za-z][\w.]*)(?::([가-힣]+))?\}/gu;
const THAT_FOOD = { ko: '그 음식', en: 'that food' } as const;

interface Slot {
  readonly name: string;
  readonly particle: string | undefined;
}

/** A wording that recognises its own sentences. */
export class Template {
  readonly facts: readonly string[];
  readonly #pattern: RegExp;
  readonly #slots: readonly Slot[];

  constructor(
    readonly point: WrittenPoint,
    wording: string,
    private readonly tongue: Tongue,
  ) {
    const slots: Slot[] = [];
    let pattern = '';
    let from = 0;
    for (const place of wording.matchAll(PLACE)) {
      const [all, name = '', particle] = place;
      slots.push({ name, particle });
      const isName = name === 'eaten' || name === 'dish';
      const what = isName ? `(?:‘([^‘’]+)’|${THAT_FOOD[tongue]})` : figureOf(name);
      pattern += escaped(wording.slice(from, place.index)) + what + (particle === undefined ? '' : PARTICLE);
      from = place.index + all.length;
    }
    this.#pattern = new RegExp(pattern + escaped(wording.slice(from)), 'uy');
    this.#slots = slots;
    this.facts = slots.map(({ name }) => name).filter((name) => name.includes('.'));
  }

  /** The claim that stands at a place of a text; undefined where this wording does not. */
  at(text: string, place: number): Claim | undefined {
    this.#pattern.lastIndex = place;
    const match = this.#pattern.exec(text);
    if (match === null) return undefined;
    const groups = match.slice(1);
    const names: { eaten?: string; dish?: string; cause?: string } = {};
    const figures = new Map<string, string>();
    for (const { name, particle } of this.#slots) {
      const found = groups.shift() ?? '';
      if (name === 'eaten' || name === 'dish' || name === 'cause') names[name] = found;
      else figures.set(name, found);
      if (particle === undefined) continue;
      if (!particlesAfter(found === '' ? THAT_FOOD.ko : found, particle).includes(groups.shift() ?? '')) return undefined;
    }
    return { point: this.point, said: match[0], ...names, figures };
  }
}

const PARTICLE = '((?:\\([가-힣]+\\))?[가-힣]+?(?:\\([가-힣]+\\))?)';

/** Words for figures that are words; all others are digits. */
function figureOf(fact: string): string {
  if (fact === 'cause') return '([가-힣A-Za-z][가-힣A-Za-z0-9 ,()-]*?)';
  if (fact === 'eaten.kind') return '([가-힣A-Za-z-]+?)';
  if (/^day\.(?:own|harmful|unsuited)Foods$/u.test(fact)) return LISTED;
  if (fact === 'day.unsureFoods') return LISTED_NAMES;
  if (fact === 'plan.setDishes') return '(아침 \\d·점심 \\d·저녁 \\d|\\d, \\d and \\d)';
  if (fact === 'steps.recentDays') return '(최근 기록 \\d일|마지막 기록일|\\d)';
  if (fact === 'plan.leftOut' || fact === 'eaten.leftOut') return '([가-힣A-Za-z ,·]+?)';
  if (fact.startsWith('sleep.') && fact !== 'sleep.nights') return '((?:\\d+시간)?(?: ?\\d+분)?|(?:\\d+ hours?)?(?: ?\\d+ minutes?)?)';
  return '(\\d+(?:,\\d{3})*)';
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

/** Every wording of one language, by the field that it belongs to. */
export function templatesOf(points: readonly WrittenPoint[], tongue: Tongue): ReadonlyMap<string, readonly Template[]> {
  const templates = points.flatMap((point) => point[tongue].map((wording) => new Template(point, wording, tongue)));
  return Map.groupBy(templates, ({ point }) => point.field);
}
