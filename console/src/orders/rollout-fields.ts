import { graphql, type VariablesOf } from '../graphql/graphql.js';

/** Begins a rollout. */
export const START = graphql(`
  mutation StartRollout($input: RolloutInput!) {
    startRollout(input: $input) {
      __typename
      ... on RolloutAccepted {
        rollout {
          id
          status
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** What the form of a rollout holds, as it was typed. */
export interface RolloutFields {
  readonly program: 'DAILY' | 'SLEEP';
  readonly share: string;
  readonly reason: string;
  readonly against: '' | 'RULES' | 'LLM';
  readonly seed: string;
  /** An empty one is as usual. */
  readonly limits: Readonly<Partial<Record<LimitName, string>>>;
}

type Input = VariablesOf<typeof START>['input'];
/** The thresholds by their names in the schema. */
export type LimitName = keyof NonNullable<Input['thresholds']>;

/** What each threshold is where none is typed, the most that it may be, and the steps of its field. */
export const LIMITS: Readonly<Record<LimitName, { readonly usual: number; readonly least: number; readonly most: number }>> = {
  gateDropsPercent: { usual: 5, least: 0, most: 100 },
  fallbacksPercent: { usual: 5, least: 0, most: 100 },
  failuresPercent: { usual: 2, least: 0, most: 100 },
  falsehoodsPercent: { usual: 0, least: 0, most: 100 },
  priceUsd: { usual: 1, least: 0, most: 1_000 },
  relativePercent: { usual: 50, least: 0, most: 1_000 },
  leastUsers: { usual: 200, least: 1, most: 1_000_000 },
};

/** Whether a share is one: a whole percentage from 1 to 100. */
export const isShare = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100;

/** Whether a threshold can be used: nothing, or a number in its range; of the price alone with a fraction. */
export function isLimit(name: LimitName, text: string): boolean {
  const { least, most } = LIMITS[name];
  if (text === '') return true;
  return (name === 'priceUsd' ? /^\d{1,4}(\.\d{1,6})?$/ : /^\d{1,7}$/).test(text) && Number(text) >= least && Number(text) <= most;
}

/** Whether the form can be sent. */
export function isWhole({ share, limits }: RolloutFields): boolean {
  return isShare(share) && Object.entries(limits).every(([name, text]) => isLimit(name as LimitName, text));
}

/** The form as the service takes it: what was left empty is not named. */
export function inputOf({ program, share, reason, against, seed, limits }: RolloutFields, idempotencyKey: string): Input {
  const typed = Object.entries(limits).filter(([, text]) => text !== '');
  return {
    program,
    sharePercent: Number(share),
    idempotencyKey,
    ...(reason.trim() !== '' && { reason }),
    ...(against !== '' && { against }),
    ...(seed.trim() !== '' && { seed: seed.trim() }),
    ...(typed.length > 0 && { thresholds: Object.fromEntries(typed.map(([name, text]) => [name, Number(text)])) }),
  };
}
