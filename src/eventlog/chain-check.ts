import { createHash, type Hash } from 'node:crypto';
import type { ChainedEvent } from './chain-line.js';

/** A link: what one append left of itself. */
export interface Link {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the link before it and of its events, in hexadecimal. */
  readonly hash: string;
}

/** Events of a stream that do not fit its chain. */
export interface ChainFault {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  /** `CHANGED`: an event, their order or the link is another one. `MISSING`: an event is not there. `UNLINKED`: no append wrote it. `LINK_MISSING`: no link covers these versions. */
  readonly fault: 'CHANGED' | 'MISSING' | 'UNLINKED' | 'LINK_MISSING';
}

const FAULTS: Readonly<Record<ChainFault['fault'], string>> = {
  CHANGED: 'an event, the order of events or the link was changed',
  MISSING: 'an event is missing',
  UNLINKED: 'an event came past batch.append, or its link was taken away',
  LINK_MISSING: 'a link is missing or was changed',
};

/** A fault in ids and figures. */
export function faultLine({ stream, from, to, fault }: ChainFault): string {
  return `${stream}, versions ${from} to ${to}: ${FAULTS[fault]}`;
}

/** A link out of its line, in which heads and archives have it. @returns undefined for a text that is none, one that no append can have left included: it ends before it begins, or has no stream */
export function linkOf(line: string): Link | undefined {
  const parts = /^\["\d{4}-\d\d-\d\d", ("(?:[^"\\]|\\.)*"), (\d+), (\d+), "([0-9a-f]{64})"\]$/.exec(line);
  const [, quoted = '', first, last, hash = ''] = parts ?? [];
  const [stream, from, to] = [textOf(quoted), Number(first), Number(last)];
  const isRange = from >= 1 && to >= from && Number.isSafeInteger(to);
  return stream === undefined || !isRange ? undefined : { stream, from, to, hash };
}

/** A text out of its JSON; undefined where a quoted text is none, as with an escape that JSON has not. */
function textOf(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** Works the chain of a month out anew, from its links and then its events. Events of a stream may come in any order, and are quickest in that of their versions. */
export class ChainCheck {
  private readonly streams = new Map<string, StreamCheck>();

  /** To be called with the links of a stream in their order, and before its events. */
  link(link: Link): void {
    this.streamOf(link.stream).links.push(link);
  }

  event(event: ChainedEvent): void {
    this.streamOf(event.stream).take(event);
  }

  /** What does not fit. */
  end(): readonly ChainFault[] {
    return [...this.streams.values()].flatMap((stream) => stream.end());
  }

  private streamOf(stream: string): StreamCheck {
    const known = this.streams.get(stream);
    if (known !== undefined) return known;
    const made = new StreamCheck(stream);
    this.streams.set(stream, made);
    return made;
  }
}

class StreamCheck {
  readonly links: Link[] = [];
  private readonly faults: ChainFault[] = [];
  private at = 0;
  private next = 1;
  private hash: Hash | undefined;
  /** Events whose turn has not come: those before them are still to come, or are gone. */
  private readonly waiting = new Map<number, string>();

  constructor(private readonly stream: string) {}

  take({ version, text }: ChainedEvent): void {
    if (version !== this.next) return void this.waiting.set(version, text);
    for (let line: string | undefined = text; line !== undefined; line = this.waiting.get(this.next)) {
      this.waiting.delete(this.next);
      this.add(this.next, line);
      this.next += 1;
    }
  }

  end(): readonly ChainFault[] {
    let covered = 0;
    for (const { from, to } of this.links) {
      if (from !== covered + 1) this.tell('LINK_MISSING', Math.min(covered + 1, from), Math.max(covered, from - 1));
      covered = to;
    }
    while (this.links[this.at] !== undefined) this.tryRest(this.links[this.at] as Link);
    const beyond = [...this.waiting.keys()];
    if (beyond.length > 0) this.tell('UNLINKED', Math.min(...beyond), Math.max(...beyond));
    return this.faults;
  }

  private add(version: number, line: string): void {
    const link = this.links[this.at];
    if (link === undefined || version < link.from) return this.tell('UNLINKED', version, version);
    this.hash ??= createHash('sha256').update(`${this.links[this.at - 1]?.hash ?? ''}\n`);
    this.hash.update(line);
    if (version < link.to) return;
    if (this.hash.digest('hex') !== link.hash) this.tell('CHANGED', link.from, link.to);
    this.hash = undefined;
    this.at += 1;
  }

  /** A link of which, or before which, an event is gone. */
  private tryRest(link: Link): void {
    const from = Math.max(link.from, this.next);
    let isWhole = this.hash === undefined && from === link.from;
    for (let version = from; version <= link.to && isWhole; version += 1) isWhole = this.waiting.has(version);
    if (isWhole) {
      for (let version = from; version <= link.to; version += 1) this.add(version, this.waiting.get(version) as string);
    } else {
      this.tell('MISSING', link.from, link.to);
      this.hash = undefined;
      this.at += 1;
    }
    for (const version of this.waiting.keys()) if (version <= link.to) this.waiting.delete(version);
    this.next = Math.max(this.next, link.to + 1);
  }

  /** Versions in a row with the same fault are one. */
  private tell(fault: ChainFault['fault'], from: number, to: number): void {
    const last = this.faults.at(-1);
    const isNext = fault === 'UNLINKED' && last?.fault === fault && last.to + 1 === from;
    if (isNext) this.faults.pop();
    this.faults.push({ stream: this.stream, from: isNext ? last.from : from, to, fault });
  }
}
