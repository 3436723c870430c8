/** Name, code and stack frames of an error and its causes: what an operator needs and what cannot hold a patient's data. */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    // No message, not even the engine's own: any may quote what it was given, a row, a food, a token ("Cannot create property 'a' on string …").
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** Where an error was thrown, a line for each frame: its stack without the message before them, which may quote a record. Empty without a stack. */
export function framesOf({ stack = '', message }: Error): string {
  // The message is cut out first: a line of it may look like a frame.
  const at = stack.indexOf(message);
  return (at < 0 ? stack : stack.slice(at + message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
