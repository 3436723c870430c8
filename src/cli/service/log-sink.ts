import { closeSync, fstatSync, writeSync } from 'node:fs';
import { shown } from '../screen/terminal.js';
import { openLogFile, type LogLimit } from '../../base/log-file.js';

/** Where log lines go. */
export interface LogSink {
  write(line: string): void;
}

/** Bytes that wait for a reader who is slow, or for room on the disk; what comes beyond them is lost, and counted. */
const WAITING_BYTES = 1_048_576;
const RETRY_MS = 250;

/** Opens what is written to, and again after a failure. */
type Open = () => { readonly descriptor: number; close(): void };

/**
 * Lines of a file that is rotated. It never fails: a log that cannot be written must not end the service it tells of.
 * @throws when the file cannot be opened at first
 */
export function fileSink(path: string, limit: LogLimit): LogSink {
  return new PatientSink(() => {
    const descriptor = openLogFile(path, limit);
    return { descriptor, close: () => closeSync(descriptor) };
  }, limit.bytes);
}

/** Lines of stdout or stderr. It may be that no process reads them, or none any more, or slowly: that neither ends nor stops the service. */
export function streamSink(descriptor: 1 | 2): LogSink {
  // Node's own stream makes a pipe say that it is full. Without, a write would stand until a process reads, and the service with it.
  void (descriptor === 1 ? process.stdout : process.stderr).writable;
  return new PatientSink(() => ({ descriptor, close: () => undefined }));
}

const sinks = new Set<PatientSink>();
// What waits has a last chance.
process.once('exit', () => sinks.forEach((sink) => sink.drain()));

class PatientSink implements LogSink {
  private target: ReturnType<Open>;
  private written = 0;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private lost = 0;
  private trouble: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;

  /** @param rotateAt bytes after which the target is opened anew */
  constructor(
    private readonly open: Open,
    private readonly rotateAt = Number.POSITIVE_INFINITY,
  ) {
    this.target = open();
    if (this.isRotated) this.written = fstatSync(this.target.descriptor).size;
    sinks.add(this);
  }

  write(line: string): void {
    if (this.isOver) return;
    const bytes = Buffer.from(shown(line)); // a line of JSON stays the same JSON
    if (this.waitingBytes + bytes.length > WAITING_BYTES) {
      this.lost += 1;
      return;
    }
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.timer === undefined) this.drain();
  }

  /** Writes what waits, as far as that goes. */
  drain(): void {
    try {
      if (this.trouble !== undefined) this.reopen();
      while (this.waiting[0] !== undefined) this.writeSome(this.waiting[0]);
      this.tellLoss();
    } catch (error) {
      this.failed((error as NodeJS.ErrnoException).code ?? 'unknown');
    }
  }

  private tellLoss(): void {
    const [code, lines] = [this.trouble, this.lost];
    [this.trouble, this.lost] = [undefined, 0];
    if (lines === 0) return;
    const what = { level: 'warn', time: new Date().toISOString(), pid: process.pid, code, lines };
    this.write(`${JSON.stringify({ ...what, msg: 'the log could not be written for a while, and so many of its lines are lost' })}\n`);
  }

  private writeSome(bytes: Buffer): void {
    const count = writeSync(this.target.descriptor, bytes);
    this.written += count;
    this.waitingBytes -= count;
    if (count < bytes.length) this.waiting[0] = bytes.subarray(count);
    else this.waiting.shift();
    if (this.written >= this.rotateAt) this.reopen();
  }

  private reopen(): void {
    if (!this.isRotated) return;
    const next = this.open();
    this.target.close();
    this.target = next;
    this.written = fstatSync(next.descriptor).size;
  }

  private get isRotated(): boolean {
    return this.rotateAt !== Number.POSITIVE_INFINITY;
  }

  private failed(code: string): void {
    this.trouble = code;
    if (code === 'EPIPE') {
      this.isOver = true; // its reader has gone for good
      this.waiting = [];
      return;
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.drain();
    }, RETRY_MS).unref();
  }
}
