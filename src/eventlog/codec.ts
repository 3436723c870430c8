import { withBelievedFigures } from '../domain/believed-figures.js';
import { InvalidEvent } from './log-errors.js';
import { SHAPES, forecast } from './event-shapes.js';

/** Old shapes to present ones, by type: events are immutable, so what changed is changed on the way out. */
export type Upcasters = Readonly<Record<string, (data: object) => object>>;

const UPCASTERS: Upcasters = {
  InterventionGenerated: withBelievedFigures,
  UserFailed: withBelievedFigures,
  RunPlanned: withBelievedForecast,
};

/** A forecast that was made from such figures is none. */
function withBelievedForecast(data: object): object {
  const { forecast: made, ...rest } = data as Record<string, unknown>;
  return made === undefined || forecast.safeParse(made).success ? data : rest;
}

/** Checks an event on its way in. @throws InvalidEvent naming the field, never its value. */
export function encode(type: string, data: object): object {
  return check(type, data);
}

/** Brings a stored event to its present shape and checks it. @throws InvalidEvent for an unknown type or a shape that no upcaster knows. */
export function decode(type: string, data: unknown, upcasters: Upcasters = UPCASTERS): object {
  const upcast = upcasters[type];
  return check(type, upcast === undefined ? data : upcast(data as object));
}

/** Every type that this release knows. */
export const KNOWN_TYPES: readonly string[] = Object.keys(SHAPES);

/** Whether this release knows the type. A follower passes by what it does not know. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(SHAPES, type);
}

function check(type: string, data: unknown): object {
  const shape = SHAPES[type];
  if (shape === undefined)
    throw new InvalidEvent(`no event type is called ${type.slice(0, 60)}: add it to the codec or run a release that has it`);
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'} (${issue.code})`);
  throw new InvalidEvent(`${type} has another shape than the codec's: ${fields.slice(0, 5).join(', ')}`);
}
