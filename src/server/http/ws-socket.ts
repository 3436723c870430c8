import type { WebSocket as GraphQLSocket } from 'graphql-ws';
import { WebSocket } from 'ws';

/** "Try again later": every client library reconnects on it, and a subscription begins with the present state. */
const TRY_AGAIN_LATER = 1013;

/** One client's socket as graphql-ws wants it, watched for a client that does not read. */
export interface WatchedSocket {
  readonly forGraphQL: GraphQLSocket;
  /** To be called once a heartbeat: drops a client that has answered no ping, or taken nothing it was sent, since the last. */
  beat(): void;
}

/** What a watched socket is told. */
export interface WatchOptions {
  /** Unsent bytes that may wait. */
  readonly maxBufferedBytes: number;
  readonly onSlow: (code: number, reason: string) => void;
  /** Told when a message could not be handled. */
  readonly onFailure: (error: unknown) => void;
  /** Throws for a message that is not to be read. */
  readonly checkMessage: (bytes: number, isBinary: boolean) => void;
}

/**
 * Watches a socket. Sending waits until the bytes have left, which holds back a subscription whose reader is slow; what several
 * subscriptions leave unsent together may not exceed `maxBufferedBytes`. `onSlow` is called once, before the socket closes, so that
 * the subscriptions end at once and not when a client that reads nothing acknowledges the closing.
 */
export function watchSocket(socket: WebSocket, options: WatchOptions): WatchedSocket {
  const state = { sent: 0, taken: 0, takenAtLastBeat: -1, alive: true, dropped: false };
  socket.on('pong', () => (state.alive = true));

  const drop = (reason: string): void => {
    if (state.dropped) return;
    state.dropped = true;
    options.onSlow(TRY_AGAIN_LATER, reason);
    socket.close(TRY_AGAIN_LATER, reason);
  };
  const send = (data: string): Promise<void> => {
    if (socket.readyState !== WebSocket.OPEN || state.dropped) return Promise.resolve();
    if (socket.bufferedAmount + data.length > options.maxBufferedBytes) {
      drop(`reads too slowly: more than ${options.maxBufferedBytes} bytes wait`);
      return Promise.resolve();
    }
    state.sent += 1;
    return new Promise((resolve) => {
      // A failed send is a socket that closes, and its close event ends the subscriptions.
      socket.send(data, () => {
        state.taken += 1;
        resolve();
      });
    });
  };
  return {
    forGraphQL: {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage(handle) {
        const read = async (data: Buffer, isBinary: boolean): Promise<void> => {
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
