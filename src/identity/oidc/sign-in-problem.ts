/** Why a sign-in at a provider failed. The words for each stand in `data/codes`. */
export const SIGN_IN_PROBLEMS = ['PROVIDER_AWAY', 'PROVIDER_REFUSED', 'SIGN_IN_EXPIRED', 'SIGN_IN_INVALID', 'NO_ROLE'] as const;
export type SignInProblemCode = (typeof SIGN_IN_PROBLEMS)[number];

/** A sign-in at a provider failed. No message: what a provider says may hold a name. */
export class SignInProblem extends Error {
  override readonly name = 'SignInProblem';

  constructor(
    readonly code: SignInProblemCode,
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}
