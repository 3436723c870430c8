import type { ExecutionResult } from 'graphql';

/**
 * A result that lets its data go once it is written as JSON. Who sends it keeps it until the reader has taken the text, and what the text was made of is
 * six times as large: of what waits for slow readers, only the text is counted.
 */
export function writtenOnce(result: ExecutionResult): ExecutionResult {
  if (result.data == null) return result;
  let data: unknown = result.data;
  const toJSON = (): unknown => {
    const written = data;
    data = undefined;
    return written;
  };
  return { ...result, data: { toJSON } };
}
