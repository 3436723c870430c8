import type { Rejection } from '../domain/rejection.js';

/** Carries a rejection out of a transaction, so that what was taken in it, an idempotency key for one, is given back. */
export class Refused extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.code);
  }
}

/** The answer of `work`, or the rejection that it threw as `Refused`. */
export async function orRejection<T>(work: () => Promise<T>): Promise<T | Rejection> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.rejection;
    throw error;
  }
}
