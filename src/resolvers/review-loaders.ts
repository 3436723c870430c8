import type DataLoader from 'dataloader';
import type { Recall } from '../domain/recall/recall.js';
import type { Signature } from '../domain/signing/signature.js';
import type { RecallQueries } from '../projections/queries/recall-queries.js';
import type { ReviewQueries } from '../projections/queries/review-queries.js';
import type { Batching } from './batching.js';

/** Batches of one request around what was said of advice: recalls, signatures. */
export interface ReviewLoaders {
  readonly recall: DataLoader<string, Recall | undefined>;
  /** Signatures of the log that were not withdrawn, by the row. */
  readonly signature: DataLoader<string, Signature | undefined>;
}

/** Loaders over one request's reads. */
export function makeReviewLoaders(
  batching: Batching,
  { recalls, reviews }: { readonly recalls: RecallQueries; readonly reviews: ReviewQueries },
): ReviewLoaders {
  return {
    recall: batching.byKey(
      (ids) => recalls.byIds(ids),
      (recall) => recall.recallId,
    ),
    signature: batching.byKey(
      (ids) => reviews.standing(ids),
      (signature) => signature.id,
    ),
  };
}
