import { createHash } from 'node:crypto';
import type { Manifest } from './archive-format.js';

/** An event as a line, and where it stands. */
export interface EventLine {
  readonly line: string;
  readonly position: number;
}

/** Counts what goes into an archive, or comes out of one. */
export class Content {
  private readonly hash = createHash('sha256');
  private events = 0;
  private firstPosition: number | null = null;
  private lastPosition: number | null = null;

  constructor(private readonly month: string) {}

  header(line: string): void {
    this.hash.update(`${line}\n`);
  }

  add({ line, position }: EventLine): void {
    this.hash.update(`${line}\n`);
    this.events += 1;
    // Events stand in the order of their transactions, which is not that of their positions.
    this.firstPosition = Math.min(this.firstPosition ?? position, position);
    this.lastPosition = Math.max(this.lastPosition ?? position, position);
  }

  /** What was counted. Nothing can be added after it. */
  manifest(): Manifest {
    const { month, events, firstPosition, lastPosition } = this;
    return { month, events, firstPosition, lastPosition, sha256: this.hash.digest('hex') };
  }
}

/** Whether two archives hold the same. */
export function isSame(one: Manifest, other: Manifest): boolean {
  return (Object.keys(one) as (keyof Manifest)[]).every((key) => one[key] === other[key]);
}
