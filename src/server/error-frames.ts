/** Where an error was thrown, a line for each frame: its stack without the message before them, which may quote a record. Empty without a stack. */
export function framesOf({ stack = '', message }: Error): string {
  // The message is cut out first: a line of it may look like a frame.
  const at = stack.indexOf(message);
  return (at < 0 ? stack : stack.slice(at + message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
