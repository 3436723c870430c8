import { nextBit, type FieldOrder } from './vocabulary.js';
import type { ChosenPoint, PointField } from './point.js';
import type { Scene } from './scene.js';
import { hasBit } from './scope-tests.js';
import { spokenPoints, type SpokenPoints, MAX_FIELD_LENGTH, textOf, type Tongue } from './tell.js';
import { truthOf, type SpokenOf } from './truth.js';

/** Points of one family that a text says at most, apart from those that are always said: of walking the mean, the level and how even it was. */
const MAX_OF_FAMILY = 3;
/** Bits that hold so many, for each of the nine families in a number of 32. */
const FAMILY_BITS = 2;
/** From this length on no sentence of ours fits any more: the shortest has a dozen characters. */
const FULL = MAX_FIELD_LENGTH - 12;

/** True points of one field and their text. */
export interface SaidField {
  readonly points: readonly ChosenPoint[];
  readonly text: string;
}

/**
 * What the rules say in a field: what is always said, then the most important points that are true, until a phone's text is full. Of points of equal priority another one comes first
 * each day. A food and a dish are spoken of once.
 */
export function choosePoints(field: PointField, scene: Scene, tongue: Tongue): SaidField {
  const { vocabulary } = tongue;
  const order = vocabulary.orderOf(field);
  const bits = vocabulary.tests.bitsOfPatient(scene);
  const draft = new FieldDraft(scene, tongue, order);
  for (let at = nextBit(bits, order.from, order.end); at < order.end;) {
    const size = order.rankSize[at - order.from] as number;
    const from = order.rankFrom[at - order.from] as number;
    if (size === 1) draft.tryAt(at);
    else {
      const turn = scene.turn % size;
      for (let nth = 0; nth < size; nth += 1) {
        const place = from + (turn + nth < size ? turn + nth : turn + nth - size);
        if (hasBit(bits, place)) draft.tryAt(place);
      }
    }
    at = nextBit(bits, from + size, order.end);
  }
  return { points: draft.points, text: textOf(draft.points, draft.sentences, vocabulary) };
}

/** What is said so far in a field. */
class FieldDraft {
  readonly points: ChosenPoint[] = [];
  readonly sentences: string[] = [];
  readonly #spokenOf: SpokenOf = { eaten: [], dishes: [] };
  readonly #spoken: SpokenPoints;
  /** How many of each family, `FAMILY_BITS` bits each. */
  #said = 0;
  #length = 0;

  constructor(
    private readonly scene: Scene,
    private readonly tongue: Tongue,
    private readonly order: FieldOrder,
  ) {
    this.#spoken = spokenPoints(tongue.vocabulary, tongue.language);
  }

  /** Says the point at a position of the order, if it is true and there is room for it. */
  tryAt(position: number): void {
    const at = position - this.order.from;
    const isAlways = this.order.isAlways[at] === 1;
    const shift = (this.order.family[at] as number) * FAMILY_BITS;
    if (!isAlways && (this.#length >= FULL || ((this.#said >>> shift) & MAX_OF_FAMILY) === MAX_OF_FAMILY)) return;
    const place = this.order.place[at] as number;
    const point = truthOf(place, this.scene, this.tongue.vocabulary, isAlways ? undefined : this.#spokenOf); // what must be said is said, of whatever food
    if (point === null) return;
    const sentence = this.#spoken.sentenceOf(place, this.scene);
    if (!isAlways && this.#length + sentence.length + 1 > MAX_FIELD_LENGTH) return;
    this.#length += sentence.length + 1;
    this.points.push(point);
    this.sentences.push(sentence);
    if (!isAlways) this.#said += 1 << shift;
    if (point.eaten >= 0) this.#spokenOf.eaten.push(point.eaten);
    if (point.dish >= 0) this.#spokenOf.dishes.push(point.dish);
  }
}
