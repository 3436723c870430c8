import type { ComparableIntervention } from '../domain/programs/intervention-difference.js';

/** The columns of `ibsafe_interventionrecord` that are compared, as they come from the database. */
export interface ComparedColumns {
  /** A jsonb of any shape: IBSafe's app writes here as well. */
  readonly dietTarget?: unknown;
  readonly dietEvaluation: string;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
}

/** A row as it is compared with another; what its `diet_target` holds beside lists of names and a summary is passed over. */
export function comparable(row: ComparedColumns): ComparableIntervention {
  const { dietTarget, dietEvaluation, exerciseEvaluation, exerciseTarget, sleepEvaluation, sleepTarget } = row;
  return { dietTarget: targetOf(dietTarget), dietEvaluation, exerciseEvaluation, exerciseTarget, sleepEvaluation, sleepTarget };
}

function targetOf(json: unknown): ComparableIntervention['dietTarget'] {
  if (typeof json !== 'object' || json === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...json };
  const { Summary } = fields;
  const dishes = (key: string): string[] => (Array.isArray(fields[key]) ? fields[key].filter((dish) => typeof dish === 'string') : []);
  return {
    Breakfast: dishes('Breakfast'),
    Lunch: dishes('Lunch'),
    Dinner: dishes('Dinner'),
    Summary: typeof Summary === 'string' ? Summary : '',
  };
}
