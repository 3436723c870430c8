import { valueOf, type Fact } from './fact.js';
import type { ChosenPoint, Point } from './point.js';
import type { Scene } from './scene.js';
import { turnOf, type Tongue } from './tell.js';
import { setArguments } from './truth.js';

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
  const shared: boolean[] = [];
  let list = '';
  let facts = '';
  for (const chosen of points) {
    const point = vocabulary.points[chosen.point];
    if (point === undefined || !setArguments(point, chosen, scene)) continue;
    for (const fact of point.facts) {
      if (fact.scope !== 'PATIENT' || shared[fact.place ?? -1] === true) continue;
      shared[fact.place ?? -1] = true;
      facts += memberOf(fact, scene);
    }
    list += `${list === '' ? '' : ','}["${point.id}",${argumentsOf(chosen, scene)},${turnOf(chosen.point, scene, point.wordings[language].length)}${ownFacts(point, scene)}]`;
  }
  return `"vocabulary":"${vocabulary.version}","points":[${list}],"facts":{${facts.slice(1)}}`;
}

function argumentsOf({ eaten }: ChosenPoint, { dish }: Scene): string {
  return `${eaten < 0 ? 'null' : eaten},${dish === null ? 'null' : `"${dish.dish.code}"`}`;
}

/** Facts of the food and the dish, as one more item; nothing where the point speaks of neither. */
function ownFacts({ facts, args }: Point, scene: Scene): string {
  if (args.length === 0) return '';
  let members = '';
  for (const fact of facts) if (fact.scope !== 'PATIENT') members += memberOf(fact, scene);
  if (scene.eaten?.cause) members += `,"${CAUSE_FACT.name}":"${scene.eaten.cause.id}"`; // which ingredient a wording may name
  return `,{${members.slice(1)}}`;
}

/** With a comma in front. */
function memberOf(fact: Fact, scene: Scene): string {
  const { name, words } = fact;
  const value = valueOf(fact, scene);
  if (Number.isNaN(value)) return '';
  if (words !== undefined) return `,"${name}":"${words[value]}"`;
  return `,"${name}":${Number.isInteger(value) ? value : Math.round(value * 1_000) / 1_000}`;
}
