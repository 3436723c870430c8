import type { Claim, Template } from './templates.js';

/** How a text was read. */
export interface ReadText {
  readonly claims: readonly Claim[];
  /** What is wrong with each claim, by place in `claims`. */
  readonly faults: readonly (readonly string[])[];
  /** What stands there from the first place on at which no wording does; empty for a text that is ours to its end. */
  readonly rest: string;
}

const NOTHING: ReadText = { claims: [], faults: [], rest: '' };

/**
 * Reads a text back into claims, sentence by sentence: between two wordings stands one space and nothing else. Where wordings look alike, the reading with the fewest faults counts:
 * what a sentence says is what every reading of it agrees on.
 */
export function readText(text: string, templates: readonly Template[], faultsOf: (claim: Claim) => readonly string[]): ReadText {
  const known = new Map<number, ReadText>();

  function from(place: number): ReadText {
    if (place === text.length) return NOTHING;
    let best = known.get(place);
    if (best !== undefined) return best;
    best = { ...NOTHING, rest: text.slice(place) };
    for (const template of templates) {
      const claim = template.at(text, place);
      if (claim === undefined || claim.said === '') continue;
      const end = place + claim.said.length;
      const isParted = end < text.length && text[end] === ' ' && end + 1 < text.length;
      if (end < text.length && !isParted) continue;
      const after = from(isParted ? end + 1 : end);
      const faults = faultsOf(claim);
      const reading = { claims: [claim, ...after.claims], faults: [faults, ...after.faults], rest: after.rest };
      if (badness(reading) < badness(best)) best = reading;
    }
    known.set(place, best);
    return best;
  }

  return from(0);
}

function badness({ faults, rest }: ReadText): number {
  return rest.length * 1_000 + faults.flat().length;
}
