import { isRejection, type Rejection } from '../domain/rejection.js';
import type { AppendTarget, NewEvent, Transaction } from './ports.js';

/** A stream that is about to be written: where it lies, what it tells so far, and how what is new changes that. `written-streams.ts` has one for each kind. */
export interface WrittenStream<State, Event extends NewEvent, Known extends State | undefined = State | undefined> {
  readonly target: AppendTarget;
  /** As it was loaded under its lock; undefined for a stream that begins now. */
  readonly state: Known;
  readonly evolve: (state: State | undefined, event: Event, recordedAt: string) => State;
  /** Keeps the view in step, in the same transaction. */
  readonly save: (tx: Transaction, next: State) => Promise<void>;
}

/** Appends events after the version that was loaded, and keeps the view in step. @returns the state after them @throws VersionConflict */
export async function append<State, Event extends NewEvent>(
  tx: Transaction,
  stream: WrittenStream<State, Event>,
  events: readonly [Event, ...Event[]],
): Promise<State> {
  const { recordedAt } = await tx.log.append(stream.target, events);
  const [first, ...rest] = events;
  const next = rest.reduce((state, event) => stream.evolve(state, event, recordedAt), stream.evolve(stream.state, first, recordedAt));
  await stream.save(tx, next);
  return next;
}

/** What a command comes to: events, none where nothing has to change, or why it is refused. */
export type Decision<Event> = readonly Event[] | Rejection;

/** Has a rule decide about a stream's state, and appends what follows. @returns the state after it, or why nothing was done @throws VersionConflict */
export async function decideAndAppend<State extends object, Event extends NewEvent>(
  tx: Transaction,
  stream: WrittenStream<State, Event, State>,
  decide: (state: State) => Decision<Event>,
): Promise<State | Rejection> {
  const decision = decide(stream.state);
  if (isRejection(decision)) return decision;
  const [first, ...rest] = decision;
  return first === undefined ? stream.state : append(tx, stream, [first, ...rest]);
}
