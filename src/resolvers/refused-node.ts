import type { Said } from '../domain/said.js';
import type { ErrorCode } from '../schema/error-codes.js';
import { Refused } from '../schema/error-type.js';
import { nodeOf } from './node-of.js';

/** A refusal as a GraphQL node. */
export function refusedNode({ code, said }: { readonly code: ErrorCode; readonly said: Said }): Refused {
  return nodeOf(Refused, { code, said });
}
