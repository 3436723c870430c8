const OUTCOMES = ['GENERATED', 'SKIPPED', 'FAILED', 'CANCELLED'] as const;

/** Which of a run’s patients are shown; it stands in the address. */
export interface Chosen {
  readonly outcome?: (typeof OUTCOMES)[number];
  readonly reason?: string;
}

/** Reads the choice from an address. What cannot be one is left out. */
export function readChosen(search: Record<string, unknown>): Chosen {
  const outcome = OUTCOMES.find((each) => each === search['outcome']);
  const reason = search['reason'];
  return {
    ...(outcome !== undefined && { outcome }),
    ...(outcome !== undefined && typeof reason === 'string' && /^[A-Z_]{1,40}$/.test(reason) && { reason }),
  };
}
