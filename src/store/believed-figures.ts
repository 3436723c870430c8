import { MAX_MICROS, MAX_TOKENS } from '../domain/figures.js';

/**
 * Figures of an outcome event as float8 (which holds whole numbers up to 2^53 exactly, and arrives as a number where bigint arrives as text); null for
 * one that no user can have taken. Earlier releases kept what an endpoint told of itself, and events do not change. SQL over a column `data`.
 */
export const BELIEVED = {
  tokensIn: figure('tokensIn', within('tokensIn', MAX_TOKENS)),
  tokensOut: figure('tokensOut', within('tokensOut', MAX_TOKENS)),
  /** Absent for none, as of every event of earlier releases. */
  tokensCached: figure('tokensCached', within('tokensCached', MAX_TOKENS)),
  // Money was computed from both.
  costMicros: figure(
    'costMicros',
    `${within('tokensIn', MAX_TOKENS)} and ${within('tokensOut', MAX_TOKENS)} and ${within('costMicros', MAX_MICROS)}`,
  ),
} as const;

function figure(name: string, isBelieved: string): string {
  return `case when ${isBelieved} then (data->>'${name}')::float8 end`;
}

/** Compared as JSON, in which numbers of any size can stand, and texts and lists are no numbers; in digits alone, because tokens are whole. */
function within(name: string, most: number): string {
  return `jsonb_typeof(data->'${name}') = 'number' and data->>'${name}' ~ '^[0-9]+$' and data->'${name}' between '0'::jsonb and '${most}'::jsonb`;
}
