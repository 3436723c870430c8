import { valueOf, type Fact } from './fact.js';
import { allValuesOfPatient, FACTS } from './facts.js';
import type { ChosenPoint, Point } from './point.js';
import { FACT_CODES, POINT_CODES } from './said-text.js';
import type { AdviceLanguage } from '../language.js';
import type { OfferedDish, Scene } from './scene.js';
import { spokenPoints, type Tongue } from './tell.js';
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
 * What a row keeps of what was said: `vocabulary`, its version, and `said`, a text that `said-text.ts` reads. Points stand parted by `;`, each with its fields parted by `,`: code, which of its wordings it was
 * (from 0), and for a point that speaks of food or dish the id of the food in IBSafe's table, the dish's code (blank for none) and the facts about them. After `|` come the facts about the patient, which several
 * points share. A fact is its code and a figure or a word; what was not known is left out.
 *
 * One text, since PostgreSQL takes apart every member of what it stores: as lists and objects it was half of a row, and kept two rows from sharing a page. None of its parts needs escaping.
 */
export function saidRecord(points: readonly ChosenPoint[], scene: Scene, { vocabulary, language }: Tongue): SaidRecord {
  const plans = plansOf(vocabulary);
  const spoken = spokenPoints(vocabulary, language);
  const values = allValuesOfPatient(scene);
  records += 1;
  let list = '';
  let facts = '';
  for (let at = 0; at < points.length; at += 1) {
    const chosen = points[at] as ChosenPoint;
    const point = vocabulary.points[chosen.point];
    const plan = plans[chosen.point];
    if (point === undefined || plan === undefined || !setArguments(point, chosen, scene)) continue;
    for (let each = 0; each < plan.patient.length; each += 1) {
      const member = plan.patient[each] as Member;
      if (writtenIn[member.place] === records) continue;
      writtenIn[member.place] = records;
      facts += memberText(member, values[member.place] as number);
    }
    const turn = spoken.turnOf(chosen.point, scene);
    list += list === '' ? `${plan.head}${turn}` : (plan.heads[language][turn] as string);
    if (plan.own !== null) list += ownText(plan.own, chosen, scene);
  }
  return `"vocabulary":"${vocabulary.version}","said":"${list}|${facts.slice(1)}"`;
}

/** A cache. By place of a fact about the patient: the last record that holds it. Kept from record to record, which never awaits. */
const writtenIn: number[] = Array.from(FACTS, () => 0);
/** Records that the cache has seen. */
let records = 0;

/** How a point is written down: what is the same whenever it is said is written once a process. */
interface Plan {
  readonly head: string;
  /** By wording: the end of the point before, the head, and which wording it was. */
  readonly heads: Readonly<Record<AdviceLanguage, readonly string[]>>;
  readonly patient: readonly Member[];
  /** Null for a point that speaks of neither food nor dish. */
  readonly own: OwnPlan | null;
}

/** What a point says of a food and a dish. Of a dish alone it is the same for all patients, and kept by the dish. */
interface OwnPlan {
  readonly settled: string;
  readonly members: readonly Member[];
  readonly byDish: WeakMap<OfferedDish, string> | null;
}

/** A fact with a comma in front. Its value is settled where the point's condition asks for that one and no other. */
interface Member {
  readonly fact: Fact;
  readonly place: number;
  readonly key: string;
  readonly settled: string | null;
  /** What is written of a word, and of small whole numbers. */
  readonly texts: readonly string[];
}

/** A cache, by place in the vocabulary. */
const plans = new WeakMap<Vocabulary, readonly Plan[]>();

function plansOf(vocabulary: Vocabulary): readonly Plan[] {
  let made = plans.get(vocabulary);
  if (made === undefined) plans.set(vocabulary, (made = vocabulary.points.map(planOf)));
  return made;
}

function planOf(point: Point): Plan {
  const members = point.facts.map((fact) => memberFor(fact, point));
  const own = members.filter(({ fact }) => fact.scope !== 'PATIENT');
  const head = `${POINT_CODES.of(point.id) ?? point.id},`;
  const headsIn = (language: AdviceLanguage): string[] => point.wordings[language].map((_, turn) => `;${head}${turn}`);
  return {
    head,
    heads: { ko: headsIn('ko'), en: headsIn('en') },
    patient: members.filter(({ fact }) => fact.scope === 'PATIENT'),
    own: point.args.length === 0 ? null : ownPlanOf(own, point.args.includes('eaten')),
  };
}

function ownPlanOf(own: readonly Member[], isOfFood: boolean): OwnPlan {
  const settled = own.map((member) => member.settled ?? '').join('');
  return { settled, members: own.filter((member) => member.settled === null), byDish: isOfFood ? null : new WeakMap() };
}

/** Whole numbers below it are written once a process. */
const SMALL = 100;

function memberFor(fact: Fact, { when }: Point): Member {
  const key = keyOf(fact.name);
  const tests = [when.patient, when.eaten, when.dish].flatMap((conjunction) => conjunction.tests);
  const equal = tests.find((test) => test.fact === fact && test.comparison === '=' && test.other === null);
  const texts = Array.from({ length: fact.words?.length ?? SMALL }, (_, value) => `${key}${valueText(fact, value)}`);
  const settled = equal === undefined ? null : `${key}${valueText(fact, equal.value)}`;
  return { fact, place: fact.place ?? -1, key, settled, texts };
}

function keyOf(name: string): string {
  return `,${FACT_CODES.of(name) ?? `${name}=`}`;
}

const CAUSE_KEY = keyOf(CAUSE_FACT.name);

function ownText(own: OwnPlan, chosen: ChosenPoint, scene: Scene): string {
  const { dish } = scene;
  if (own.byDish === null || dish === null) return argumentsOf(chosen, scene) + ownFacts(own, scene);
  let text = own.byDish.get(dish);
  if (text === undefined) own.byDish.set(dish, (text = argumentsOf(chosen, scene) + ownFacts(own, scene)));
  return text;
}

function argumentsOf({ eaten }: ChosenPoint, { dish }: Scene): string {
  return `,${eaten < 0 ? '' : eaten},${dish === null ? '' : dish.dish.code}`;
}

function ownFacts({ settled, members }: OwnPlan, scene: Scene): string {
  let facts = settled;
  for (let at = 0; at < members.length; at += 1) facts += memberOf(members[at] as Member, scene);
  return scene.eaten?.cause ? facts + CAUSE_KEY + scene.eaten.cause.id : facts; // which ingredient a wording may name
}

function memberOf(member: Member, scene: Scene): string {
  return member.settled ?? memberText(member, valueOf(member.fact, scene));
}

function memberText({ fact, key, settled, texts }: Member, value: number): string {
  if (settled !== null) return settled;
  if (value >= 0 && value < texts.length && Math.floor(value) === value) return texts[value] as string;
  return Number.isNaN(value) ? '' : key + valueText(fact, value);
}

function valueText({ words }: Fact, value: number): string {
  if (words !== undefined) return words[value] ?? '';
  return Number.isInteger(value) ? String(value) : thousandths(Math.round(value * 1_000));
}

/** A thousandth of a whole number. As a fraction it would be written in ten times the time. */
function thousandths(count: number): string {
  if (!(count >= 0 && count < 1e9)) return String(count / 1_000);
  const whole = Math.floor(count / 1_000);
  const rest = count - whole * 1_000;
  if (rest === 0) return String(whole);
  const digits = rest < 10 ? `00${rest}` : rest < 100 ? `0${rest}` : String(rest);
  return `${whole}.${rest % 100 === 0 ? digits.slice(0, 1) : rest % 10 === 0 ? digits.slice(0, 2) : digits}`;
}
