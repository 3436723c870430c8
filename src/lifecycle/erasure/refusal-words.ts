import { assertNever } from '../../domain/assert-never.js';
import type { ErasureRefusal } from '../../domain/erasure.js';
import { because } from '../../domain/refusals.js';
import { type Refusal, refusalFor } from '../../domain/rejection.js';
import type { ErasurePreview } from './erasure-desk.js';

/** Why a person was not erased, and what to do about it. The name that was expected is never told: it is a person's. */
export function whyNotErased(refused: ErasureRefusal, { activeRunId }: Pick<ErasurePreview, 'activeRunId'>): Refusal<ErasureRefusal> {
  switch (refused) {
    case 'NOTHING_KNOWN':
      return refusalFor(refused, because('NOTHING_KNOWN'));
    case 'RUN_UNFINISHED':
      return refusalFor(refused, because('RUN_UNFINISHED', { run: activeRunId ?? '-' }));
    case 'NAME_DIFFERS':
      return refusalFor(refused, because('NAME_DIFFERS'));
    default:
      return assertNever(refused);
  }
}
