import type { z } from 'zod';
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
  const issues = made === undefined ? [] : (forecast.safeParse(made).error?.issues ?? []);
  return issues.every(({ code }) => code === 'unrecognized_keys') ? data : rest;
}

/** Checks an event on its way in. @throws InvalidEvent naming the field, never its value. */
export function encode(type: string, data: object): object {
  return check(type, data);
}

/**
 * Brings a stored event to its present shape and checks it. Fields that this release does not know are left out: in a rolling upgrade a newer one has
 * written them, and followers of this one go on. @throws InvalidEvent for an unknown type or a shape that no upcaster knows
 */
export function decode(type: string, data: unknown, upcasters: Upcasters = UPCASTERS): object {
  const present = upcast(type, data, upcasters);
  const { success, data: whole, error } = shapeOf(type).safeParse(present);
  return success ? whole : check(type, withoutUnknown(present, error.issues));
}

/** Decodes for a rebuild or a judgement of the log, which would be wrong without a sign of it where a field was left out. @throws InvalidEvent, for a field that this release does not know too */
export function decodeWhole(type: string, data: unknown): object {
  return check(type, upcast(type, data, UPCASTERS));
}

/** Every type that this release knows. */
export const KNOWN_TYPES: readonly string[] = Object.keys(SHAPES);

/** Whether this release knows the type. A follower passes by what it does not know. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(SHAPES, type);
}

function upcast(type: string, data: unknown, upcasters: Upcasters): unknown {
  const change = upcasters[type];
  return change === undefined ? data : change(data as object);
}

/** The data without fields that no shape names, at any depth. What is wrong besides is left for the check to tell. */
function withoutUnknown(data: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const kept = structuredClone(data);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce((at, key) => (at as Record<PropertyKey, unknown>)[key], kept) as Record<string, unknown>;
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  return kept;
}

function check(type: string, data: unknown): object {
  const parsed = shapeOf(type).safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'} (${issue.code})`);
  throw new InvalidEvent(`${type} has another shape than the codec's: ${fields.slice(0, 5).join(', ')}`);
}

function shapeOf(type: string): z.ZodType<object> {
  const shape = SHAPES[type];
  if (shape !== undefined) return shape;
  throw new InvalidEvent(`no event type is called ${type.slice(0, 60)}: add it to the codec or run a release that has it`);
}
