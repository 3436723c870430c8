declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** The least and the greatest id that an account of IBSafe's can have: `auth_user.id` is a 32-bit integer, and nothing keeps it above 0. */
export const [LEAST_USER_ID, GREATEST_USER_ID] = [-2_147_483_648, 2_147_483_647];

/** A user's id in IBSafe's `auth_user` (32-bit integer). */
export type UserId = Branded<number, 'UserId'>;
/** A run's id: a UUID, derived from a schedule and slot where a slot asked for it. */
export type RunId = Branded<string, 'RunId'>;
/** A schedule's id: a UUID. */
export type ScheduleId = Branded<string, 'ScheduleId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID in its usual written form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Brands a UUID as a run id. Throws a RangeError for any other text. */
export function runId(text: string): RunId {
  if (!isUuid(text)) throw new RangeError(`a run id is a UUID, found ${JSON.stringify(text.slice(0, 60))}`);
  return text.toLowerCase() as RunId;
}

/** Whether an account may have this id. */
export function isUserId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= LEAST_USER_ID && Number(value) <= GREATEST_USER_ID;
}

/** Brands a 32-bit integer as a user id. Throws a RangeError for anything else. */
export function userId(value: number): UserId {
  if (!isUserId(value))
    throw new RangeError(`a user id is a whole number from ${LEAST_USER_ID} to ${GREATEST_USER_ID}, found ${String(value)}`);
  return value as UserId;
}
