import type { WebSocket as GraphQLSocket } from 'graphql-ws';
import { WebSocket } from 'ws';

/** "Try again later": every client library reconnects on it, and a subscription begins with the present state. */
const TRY_AGAIN_LATER = 1013;

/** Bytes that may wait for one client, unless told otherwise: one answer may have 8 MB of text. */
const MAX_WAITING_BYTES = 16_777_216;
/** Bytes that may wait for all clients together; beyond, no client has more than a usual message's share. */
const MAX_WAITING_IN_ALL = 67_108_864;

/** Bytes that wait for all clients of a server. */
export interface WaitingInAll {
  bytes: number;
}

/** One client's socket as graphql-ws wants it, watched for a client that does not read. */
export interface WatchedSocket {
  readonly forGraphQL: GraphQLSocket;
  /** To be called once a heartbeat: drops a client that has answered no ping, or taken nothing it was sent, since the last. */
  beat(): void;
}

/** A message that waits, and who is to be told when it has left. */
interface Message {
  readonly data: Buffer;
  readonly done: () => void;
}

/** What a watched socket is told. */
export interface WatchOptions {
  /** Unsent bytes that are in the connection at once; one message may be larger than that. Further messages wait until these have left. */
  readonly maxBufferedBytes: number;
  /** Bytes that may wait altogether. */
  readonly maxWaitingBytes?: number | undefined;
  /** Kept by all sockets of a server: a caller with a thousand of them must not fill the memory before the next heartbeat. */
  readonly inAll: WaitingInAll;
  readonly onSlow: (code: number, reason: string) => void;
  /** Told when a message could not be handled. */
  readonly onFailure: (error: unknown) => void;
  /** Throws for a message that is not to be read. */
  readonly checkMessage: (bytes: number, isBinary: boolean) => void;
}

/**
 * Watches a socket. Sending waits until the bytes have left, which holds back a subscription whose reader is slow. What several operations answer at once
 * is sent one after the other, so that a slow line is not taken for a client that does not read: only one that takes nothing for a heartbeat is, and one
 * for which more than `maxWaitingBytes` wait. `onSlow` is called once, before the socket closes, so that
 * the subscriptions end at once and not when a client that reads nothing acknowledges the closing.
 */
export function watchSocket(socket: WebSocket, options: WatchOptions): WatchedSocket {
  const { maxBufferedBytes, maxWaitingBytes = MAX_WAITING_BYTES, inAll } = options;
  const state = { sent: 0, taken: 0, takenAtLastBeat: -1, alive: true, dropped: false, buffered: 0, waiting: 0 };
  const queue: Message[] = [];
  socket.on('pong', () => (state.alive = true));

  const count = (bytes: number): void => {
    state.waiting += bytes;
    inAll.bytes += bytes;
  };
  const forget = (): void => {
    for (const { data, done } of queue.splice(0)) {
      count(-data.length);
      done();
    }
  };
  socket.once('close', forget);
  const drop = (reason: string): void => {
    if (state.dropped) return;
    state.dropped = true;
    options.onSlow(TRY_AGAIN_LATER, reason);
    forget();
    socket.close(TRY_AGAIN_LATER, reason);
  };
  const sendWaiting = (): void => {
    for (let [next] = queue; next !== undefined; [next] = queue) {
      const { data, done } = next;
      if (state.buffered > 0 && state.buffered + data.length > maxBufferedBytes) return;
      queue.shift();
      state.buffered += data.length;
      // A failed send is a socket that closes, and its close event ends the subscriptions.
      socket.send(data, { binary: false }, () => {
        state.taken += 1;
        state.buffered -= data.length;
        count(-data.length);
        done();
        sendWaiting();
      });
    }
  };
  const send = (text: string): Promise<void> => {
    if (socket.readyState !== WebSocket.OPEN || state.dropped) return Promise.resolve();
    const data = Buffer.from(text); // as it will be sent, so that what waits is as large as it is counted
    const most = inAll.bytes + data.length > MAX_WAITING_IN_ALL ? Math.min(maxBufferedBytes, maxWaitingBytes) : maxWaitingBytes;
    if (state.waiting > 0 && state.waiting + data.length > most) {
      drop(`reads too slowly: more than ${most} bytes wait`);
      return Promise.resolve();
    }
    state.sent += 1;
    count(data.length);
    return new Promise((done) => {
      queue.push({ data, done });
      sendWaiting();
    });
  };
  return {
    forGraphQL: {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage(handle) {
        const read = async (data: Buffer, isBinary: boolean): Promise<void> => {
          state.alive = true; // its pong may be far behind: what a client sent is read a message at a time
          options.checkMessage(data.length, isBinary);
          await handle(data.toString('utf8'));
        };
        socket.on('message', (data: Buffer, isBinary) => void read(data, isBinary).catch(options.onFailure));
      },
    },
    beat() {
      if (state.sent > state.taken && state.taken === state.takenAtLastBeat) return drop('reads too slowly: nothing taken for a heartbeat');
      // While bytes of ours wait, the ping waits behind them, and a reader that makes progress is given another beat.
      if (!state.alive && state.sent === state.taken) return socket.terminate();
      state.takenAtLastBeat = state.sent > state.taken ? state.taken : -1;
      state.alive = false;
      socket.ping();
    },
  };
}
