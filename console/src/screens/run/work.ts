/** A piece of work on a part of the roster, from when it began until it was recorded. */
export interface Piece {
  readonly chunk: number;
  readonly worker: string;
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly users: number;
  readonly failed: number;
}

/** Idle time, left out of the picture. */
export interface Gap {
  /** Where it lies in the picture, 0 to 1. */
  readonly at: number;
  readonly ms: number;
}

/** Work as a picture: each worker’s lanes, with pieces placed from 0 to 1. */
export interface Picture {
  readonly workers: readonly {
    readonly worker: string;
    readonly lanes: readonly (readonly Placed[])[];
    readonly users: number;
    readonly busyMs: number;
  }[];
  readonly gaps: readonly Gap[];
}
export type Placed = Piece & { readonly x: number; readonly width: number };

/** A gap that is longer than this share of the work is folded to a mark. */
const FOLDED_FROM = 0.06;
const FOLD = 0.012;

/** Lays pieces out: in lanes where they overlap, with idle time folded. */
export function pictureOf(pieces: readonly Piece[]): Picture {
  const spans = busySpans(pieces);
  const busy = spans.reduce((sum, [from, to]) => sum + to - from, 0) || 1;
  const isFolded = (ms: number): boolean => ms > busy * FOLDED_FROM;
  const gapsMs = spans.slice(1).map(([from], at) => from - (spans[at]?.[1] ?? from));
  const drawn = busy + gapsMs.reduce((sum, ms) => sum + (isFolded(ms) ? busy * FOLD : ms), 0);
  const gaps: Gap[] = [];
  const starts: { from: number; at: number }[] = [];
  let at = 0;
  for (const [index, [from, to]] of spans.entries()) {
    const gap = index === 0 ? 0 : (gapsMs[index - 1] ?? 0);
    if (isFolded(gap)) gaps.push({ at: (at + (busy * FOLD) / 2) / drawn, ms: gap });
    at += isFolded(gap) ? busy * FOLD : gap;
    starts.push({ from, at });
    at += to - from;
  }
  const place = (time: number): number => {
    const span = starts.findLast(({ from }) => from <= time) ?? { from: time, at: 0 };
    return (span.at + time - span.from) / drawn;
  };
  const workers = [...Map.groupBy(pieces, ({ worker }) => worker)].map(([worker, own]) => ({
    worker,
    lanes: lanesOf(own).map((lane) => lane.map((piece) => ({ ...piece, x: place(piece.from), width: (piece.to - piece.from) / drawn }))),
    users: own.reduce((sum, { users }) => sum + users, 0),
    busyMs: own.reduce((sum, { from, to }) => sum + to - from, 0),
  }));
  return { workers, gaps };
}

/** Times of work, in order. */
function busySpans(pieces: readonly Piece[]): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (const { from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

/** Pieces of one worker in as few lanes as hold them without an overlap. */
function lanesOf(pieces: readonly Piece[]): Piece[][] {
  const lanes: Piece[][] = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? 0) <= piece.from + 1);
    if (free === undefined) lanes.push([piece]);
    else free.push(piece);
  }
  return lanes;
}
