import { createHash } from 'node:crypto';
import type { Manifest } from './archive-format.js';

/** An event as a line, and where it stands. */
export interface EventLine {
  readonly line: string;
  readonly position: number;
}

/** A link of the chain as a line. Links stand before the events that they cover. */
export interface LinkLine {
  readonly line: string;
  readonly position: null;
}

/** Counts what goes into an archive, or comes out of one. */
export class Content {
  private readonly hash = createHash('sha256');
  private readonly chain = createHash('sha256');
  private links = 0;
  private events = 0;
  private firstPosition: number | null = null;
  private lastPosition: number | null = null;

  /** @param format of the archive: the first one has no chain */
  constructor(
    private readonly month: string,
    private readonly format: 1 | 2 = 2,
  ) {}

  header(line: string): void {
    this.hash.update(`${line}\n`);
  }

  add({ line, position }: EventLine | LinkLine): void {
    this.hash.update(`${line}\n`);
    if (position === null) {
      this.links += 1;
      this.chain.update(`${line}\n`);
      return;
    }
    this.events += 1;
    // Events stand in the order of their transactions, which is not that of their positions.
    this.firstPosition = Math.min(this.firstPosition ?? position, position);
    this.lastPosition = Math.max(this.lastPosition ?? position, position);
  }

  /** What was counted. Nothing can be added after it. */
  manifest(head?: Manifest['head']): Manifest {
    const { month, events, firstPosition, lastPosition, links } = this;
    const chained = this.format === 1 ? {} : { links, chain: this.chain.digest('hex'), ...(head !== undefined && { head }) };
    return { month, events, firstPosition, lastPosition, ...chained, sha256: this.hash.digest('hex') };
  }
}

const COUNTED = ['month', 'events', 'firstPosition', 'lastPosition', 'links', 'chain', 'sha256'] as const;

/** In what two archives differ. The head is that of the day on which an archive was written, and of no month. */
export function differingKeys(one: Manifest, other: Manifest): readonly string[] {
  return COUNTED.filter((key) => one[key] !== other[key]);
}
