import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIBRARY = ['/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1', '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1'];

/** A clock for programs that are started with its environment, and moved while they run. */
export interface FakeClock extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>;
  /** Moves it so many days ahead of the machine's; 0 is right again. */
  ahead(days: number): void;
}

/** Why there is no such clock where the library is missing. */
export const NO_CLOCK = 'no libfaketime here (Debian: apt-get install libfaketime)';

/** The library that tells programs the time; undefined where it is not installed. */
export function clockLibrary(): string | undefined {
  return LIBRARY.find((path) => existsSync(path));
}

/** Makes a clock that is right. @throws where the library is missing */
export function fakeClock(): FakeClock {
  const library = clockLibrary();
  if (library === undefined) throw new Error(NO_CLOCK);
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-clock-'));
  chmodSync(folder, 0o755); // the server runs as another user
  const file = join(folder, 'offset');
  const ahead = (days: number): void => {
    // Put in place at once: a program that reads half of it would be somewhere else in time.
    writeFileSync(`${file}.new`, `+${days}d\n`, { mode: 0o644 });
    renameSync(`${file}.new`, file);
  };
  ahead(0);
  return {
    ahead,
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true })),
  };
}
