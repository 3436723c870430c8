/** ms between two lines where no terminal shows one change. */
const LINES_EVERY_MS = 5_000;
/** ms between two states of a line on a terminal. */
const LINE_EVERY_MS = 500;

/**
 * Runs `work` and shows that it goes on: a line that changes on a terminal, a new one every few seconds elsewhere.
 * @param {string} what is done, such as "installing dependencies"
 * @param {{ work: () => Promise<T>, detail?: () => string, stream?: NodeJS.WriteStream, everyMs?: number }} options `detail` tells how far it is
 * @returns {Promise<T>} what `work` gives
 * @template T
 */
export async function withSignsOfLife(what, { work, detail = () => '', stream = process.stderr, everyMs }) {
  const began = Date.now();
  const changes = stream.isTTY && process.env.TERM !== 'dumb';
  const show = () => {
    const line = `ibsafe-batch: ${[what, told(detail), `${Math.round((Date.now() - began) / 1_000)} s`].filter(Boolean).join(', ')}`;
    stream.write(changes ? `\r\x1b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  const timer = setInterval(show, everyMs ?? (changes ? LINE_EVERY_MS : LINES_EVERY_MS));
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (changes) stream.write('\r\x1b[K');
  }
}

// What is counted changes while it is counted; a look that fails is one of many.
function told(detail) {
  try {
    return detail();
  } catch {
    return '';
  }
}
