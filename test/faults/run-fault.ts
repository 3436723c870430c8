import { Draws } from './draws.js';
import type { Fault, Scene, SeedVerdict } from './fault.js';
import { within } from './patiently.js';

/** How long a seed may take, in ms, however busy the machine is: longer than any single wait of it, which tells of itself what did not come. */
export const SEED_MS = 600_000;

/** How long closing a scene may take, in ms. */
const CLOSING_MS = 60_000;

/** Seeds that may fail before the rest of a fault is left out: a service that does not survive it need not be told twenty times. */
const MAX_FAILED = 3;

/** What became of each seed of a fault. */
export interface FaultResult {
  readonly id: string;
  readonly what: string;
  readonly promise: string;
  /** Why it was not tried. */
  readonly notMeasured?: string;
  readonly seeds: readonly (SeedVerdict & { readonly seed: number })[];
}

/** Runs a fault with the seeds 1 to `seeds`, one after the other. A seed that fails or does not end is given a new scene behind it. */
export async function runFault(
  fault: Fault,
  seeds: readonly number[],
  onSeed: (line: string) => void = () => undefined,
): Promise<FaultResult> {
  const { id, what, promise } = fault;
  const notMeasured = await fault.lacks?.();
  if (notMeasured !== undefined) return { id, what, promise, notMeasured, seeds: [] };
  const verdicts: (SeedVerdict & { seed: number })[] = [];
  let scene: Scene | undefined;
  try {
    for (const seed of seeds) {
      scene ??= await fault.open();
      const verdict = await strike(scene, seed);
      verdicts.push({ seed, ...verdict });
      onSeed(`seed ${seed}: ${JSON.stringify(verdict)}`);
      if (verdict.broken.length > 0) scene = await close(scene);
      if (verdicts.filter(({ broken }) => broken.length > 0).length === MAX_FAILED) break;
    }
  } finally {
    await close(scene);
  }
  return { id, what, promise, seeds: verdicts };
}

/** One seed of an open scene. What it throws is a broken promise like any other. */
export async function strike(scene: Scene, seed: number): Promise<SeedVerdict> {
  try {
    const verdict = await within(SEED_MS, 'the seed', scene.strike(new Draws(seed)));
    return verdict.bites > 0 ? verdict : { ...verdict, broken: [...verdict.broken, 'the fault never struck'] };
  } catch (error) {
    return { bites: 0, lost: 0, doubled: 0, broken: [`failed: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** Gives a scene back. @returns undefined, for who opens another one */
export async function close(scene: Scene | undefined): Promise<undefined> {
  // What a failed seed left held may keep its scene from closing: the next one has a database of its own.
  if (scene !== undefined) await within(CLOSING_MS, 'closing', Promise.resolve(scene[Symbol.asyncDispose]())).catch(() => undefined);
  return undefined;
}
