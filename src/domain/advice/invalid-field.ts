import type { InputField } from './daily-advice.js';
import type { PatientInputs } from './patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT } from './restrictions.js';

/** More steps a day than anyone walks (some 150 km); above it a record is a fault of a device or a client. */
export const MAX_STEPS_A_DAY = 200_000;

const ALLERGEN_MASKS = LACTOSE_INTOLERANCE_BIT * 2;

/**
 * The first field that no sensible record can hold, null when there is none: 1 to 7 days of whole steps from 0 to `MAX_STEPS_A_DAY`,
 * and only allergens that the catalogue knows, since a bit without a meaning here may be an allergy that would be ignored.
 */
export function invalidField({ allergens, steps }: PatientInputs): InputField | null {
  if (!Number.isInteger(allergens) || allergens < 0 || allergens >= ALLERGEN_MASKS) return 'allergens';
  if (steps.length < 1 || steps.length > 7) return 'steps';
  for (const count of steps) if (!Number.isInteger(count) || count < 0 || count > MAX_STEPS_A_DAY) return 'steps';
  return null;
}
