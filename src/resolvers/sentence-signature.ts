import { dateInZone } from '../domain/local-date.js';
import type { ExplainedPoint } from '../domain/advice/points/explain.js';
import { isSigned } from '../domain/advice/signed.js';
import { signableId, type Signable } from '../domain/signing/signable.js';
import type { Signature } from '../domain/signing/signature.js';
import type { Context } from './context.js';

/** A sentence's signature: name and day. */
export interface SentenceSignature {
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/**
 * The signature of a sentence, as advice of signed words alone counts it: in its file, which signs the point with all its wordings, or in the log, where both the point and that wording must be signed as they are
 * shown now. The wording's signature is told: it is the later one of what was read. Null for a sentence that is not signed.
 */
export async function sentenceSignature(
  { id: point, known, wording }: ExplainedPoint,
  { loaders, deps, advice }: Pick<Context, 'loaders' | 'deps' | 'advice'>,
): Promise<SentenceSignature | null> {
  if (known === null) return null;
  if (isSigned(known)) return { reviewedBy: known.reviewedBy, reviewedOn: known.reviewedOn };
  if (wording === null) return null;
  const signature = async (row: Signable): Promise<Signature | undefined> => {
    const rowId = signableId(row);
    const found = await loaders.signature.load(rowId);
    return found?.hash === deps.words.signable.get(rowId)?.hash ? found : undefined;
  };
  const [ofPoint, ofWording] = await Promise.all([
    signature({ kind: 'POINT', point }),
    signature({ kind: 'WORDING', point, language: advice.language, wording }),
  ]);
  if (ofPoint === undefined || ofWording === undefined) return null;
  return { reviewedBy: ofWording.signedBy, reviewedOn: dateInZone(new Date(ofWording.signedAt), deps.settings.timeZone) };
}
