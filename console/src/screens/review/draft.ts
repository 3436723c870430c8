import type { VariablesOf } from '../../graphql/graphql.js';
import type { MARK, Row } from './review-query.js';

export type Verdict = VariablesOf<typeof MARK>['input']['verdict'];

/** A mark while it is written. */
export interface Draft {
  readonly verdict: Verdict | '';
  readonly points: readonly string[];
  readonly dishes: readonly string[];
  readonly turnOff: boolean;
  readonly recall: boolean;
  readonly allergen: boolean;
  readonly note: string;
}

export const NOTHING_SAID: Draft = { verdict: '', points: [], dishes: [], turnOff: false, recall: false, allergen: false, note: '' };

/** What a draft comes to: what was ticked and is not possible any more is left out. */
export interface Meant {
  readonly isBad: boolean;
  readonly turnOff: boolean;
  readonly recall: boolean;
  /** What is recalled; undefined for none. */
  readonly subject: { readonly point: string } | { readonly dish: string } | undefined;
  /** Whether it may be sent: it has a verdict, and a bad one says of what or why. */
  readonly isComplete: boolean;
}

/** Reads a draft by the service's rules: only a bad verdict turns points off or recalls, and a mark recalls one thing. */
export function meantBy({ verdict, points, dishes, turnOff, recall, note }: Draft): Meant {
  const isBad = verdict === 'WRONG' || verdict === 'HARMFUL';
  const named = points.length + dishes.length;
  const [point] = points;
  const [dish] = dishes;
  const one = named !== 1 ? undefined : point !== undefined ? { point } : dish === undefined ? undefined : { dish };
  const recalls = isBad && recall && one !== undefined;
  return {
    isBad,
    turnOff: isBad && turnOff && points.length > 0,
    recall: recalls,
    subject: isBad ? one : undefined,
    isComplete: verdict !== '' && (!isBad || named > 0 || note.trim() !== ''),
  };
}

/** What a draft is sent as. */
export function inputOf(row: Row, draft: Draft & { readonly verdict: Verdict }, idempotencyKey: string): VariablesOf<typeof MARK>['input'] {
  const { turnOff, recall } = meantBy(draft);
  const { verdict, points, dishes, allergen, note } = draft;
  const said = note.trim() === '' ? {} : { note };
  return {
    row: row.id,
    verdict,
    points: [...points],
    dishes: [...dishes],
    turnOff,
    recall,
    allergen: recall && allergen,
    idempotencyKey,
    ...said,
  };
}
