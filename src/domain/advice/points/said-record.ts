import { valueOf, type Fact } from './fact.js';
import type { ChosenPoint, Point } from './point.js';
import type { Scene } from './scene.js';
import { turnOf, type Tongue } from './tell.js';
import { setArguments } from './truth.js';
import type { Vocabulary } from './vocabulary.js';

/** What a wording may name besides its arguments, as it is recorded beside the facts. */
export const CAUSE_FACT = {
  name: 'eaten.cause',
  meaning: 'the ingredient that its class is due to, by its id in data/ingredients.csv',
} as const;

/** Members of a JSON object, without its braces. */
export type SaidRecord = string;

/**
 * What a row keeps of what was said: `vocabulary`, its version; `points`, each a list of point id, id of the eaten food in IBSafe's table (null for none), the dish's code (null for none), which of its
 * wordings it was (from 0), and the facts about its food and dish; `facts`, those about the patient, which several points share. A fact is a figure or a word; what was not known is left out.
 *
 * Written by hand: it is part of every row, and none of these texts needs escaping.
 */
export function saidRecord(points: readonly ChosenPoint[], scene: Scene, { vocabulary, language }: Tongue): SaidRecord {
  const ways = plansOf(vocabulary);
  const shared: boolean[] = [];
  let list = '';
  let facts = '';
  for (const chosen of points) {
    const point = vocabulary.points[chosen.point];
    const plan = ways[chosen.point];
    if (point === undefined || plan === undefined || !setArguments(point, chosen, scene)) continue;
    for (const member of plan.patient) {
      const place = member.fact.place ?? -1;
      if (shared[place] === true) continue;
      shared[place] = true;
      facts += memberOf(member, scene);
    }
    const wording = turnOf(chosen.point, scene, point.wordings[language].length);
    list += `${list === '' ? '' : ','}${plan.head}${argumentsOf(chosen, scene)},${wording}${ownFacts(plan, scene)}]`;
  }
  return `"vocabulary":"${vocabulary.version}","points":[${list}],"facts":{${facts.slice(1)}}`;
}

/** How a point is written down: what is the same whenever it is said is written once a process. */
interface Plan {
  readonly head: string;
  readonly patient: readonly Member[];
  /** Null for a point that speaks of neither food nor dish. */
  readonly own: { readonly settled: string; readonly members: readonly Member[] } | null;
}

/** A fact as a member of a JSON object, with a comma in front. Its value is settled where the point's condition asks for that one and no other. */
interface Member {
  readonly fact: Fact;
  readonly key: string;
  readonly settled: string | null;
}

/** By place in the vocabulary. */
const plans = new WeakMap<Vocabulary, readonly Plan[]>();

function plansOf(vocabulary: Vocabulary): readonly Plan[] {
  let made = plans.get(vocabulary);
  if (made === undefined) plans.set(vocabulary, (made = vocabulary.points.map(planOf)));
  return made;
}

function planOf(point: Point): Plan {
  const members = point.facts.map((fact) => memberFor(fact, point));
  const own = members.filter(({ fact }) => fact.scope !== 'PATIENT');
  const settled = own.map((member) => member.settled ?? '').join('');
  return {
    head: `["${point.id}",`,
    patient: members.filter(({ fact }) => fact.scope === 'PATIENT'),
    own: point.args.length === 0 ? null : { settled, members: own.filter((member) => member.settled === null) },
  };
}

function memberFor(fact: Fact, { when }: Point): Member {
  const key = `,"${fact.name}":`;
  const tests = [when.patient, when.eaten, when.dish].flatMap((conjunction) => conjunction.tests);
  const equal = tests.find((test) => test.fact === fact && test.comparison === '=' && test.other === null);
  return { fact, key, settled: equal === undefined ? null : `${key}${valueText(fact, equal.value)}` };
}

function argumentsOf({ eaten }: ChosenPoint, { dish }: Scene): string {
  return `${eaten < 0 ? 'null' : eaten},${dish === null ? 'null' : `"${dish.dish.code}"`}`;
}

/** Facts of the food and the dish, as one more item. */
function ownFacts({ own }: Plan, scene: Scene): string {
  if (own === null) return '';
  let members = own.settled;
  for (const member of own.members) members += memberOf(member, scene);
  if (scene.eaten?.cause) members += `,"${CAUSE_FACT.name}":"${scene.eaten.cause.id}"`; // which ingredient a wording may name
  return `,{${members.slice(1)}}`;
}

function memberOf({ fact, key, settled }: Member, scene: Scene): string {
  if (settled !== null) return settled;
  const value = valueOf(fact, scene);
  return Number.isNaN(value) ? '' : key + valueText(fact, value);
}

function valueText({ words }: Fact, value: number): string {
  if (words !== undefined) return `"${words[value]}"`;
  return String(Number.isInteger(value) ? value : Math.round(value * 1_000) / 1_000);
}
