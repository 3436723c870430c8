import { z } from 'zod';

/**
 * A client of IBSafe's seven batch calls, written from the description of the original alone, before the service had them: it knows nothing of `src`. It takes an
 * answer only in the shape that the original gave it, with every field and none beside.
 */

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;
const whole = z.int();
const korean = z.string().regex(/[가-힣]/);

/** A schedule as the original writes it. */
export const SCHEDULE = z.strictObject({
  id: whole.positive(),
  name: z.string().min(1).max(100),
  frequency: z.enum(['daily', 'weekly', 'monthly']),
  frequency_display: z.enum(['매일', '매주', '매월']),
  hour: whole.min(0).max(23),
  minute: whole.min(0).max(59),
  is_active: z.boolean(),
  cron_expression: z.string().regex(/^\S+ \S+ \S+ \S+ \S+$/),
  created_at: z.string().regex(TIME),
  updated_at: z.string().regex(TIME),
});
const STATUS = z.strictObject({ total_schedules: whole, active_schedules: whole, periodic_tasks: whole, enabled_tasks: whole });
const TASK_STATUS = z.enum(['PENDING', 'STARTED', 'RETRY', 'SUCCESS', 'FAILURE', 'REVOKED']);

/** Shapes of what succeeds. */
export const SHAPES = {
  list: z.strictObject({ schedules: z.array(SCHEDULE), count: whole, status: STATUS }),
  saved: z.strictObject({ message: korean, schedule: SCHEDULE, sync_success: z.boolean() }),
  deleted: z.strictObject({ message: korean, sync_success: z.boolean() }),
  run: z.strictObject({ message: korean, task_id: z.string().min(1), status: z.literal('PENDING') }),
  task: z.strictObject({
    task_id: z.string(),
    status: TASK_STATUS,
    result: z.unknown(),
    ready: z.boolean(),
    successful: z.boolean(),
    failed: z.boolean(),
  }),
  sync: z.strictObject({ message: korean, sync_success: z.boolean(), status: STATUS }),
  /** What the views themselves refuse. */
  error: z.strictObject({ error: korean }),
  /** What the framework refuses. */
  detail: z.strictObject({ detail: z.string().min(1) }),
  badToken: z.strictObject({
    detail: z.string().min(1),
    code: z.literal('token_not_valid'),
    messages: z.array(z.strictObject({ token_class: z.string(), token_type: z.string(), message: z.string() })).min(1),
  }),
  inactive: z.strictObject({ detail: z.string().min(1), code: z.literal('user_inactive') }),
};

/** A schedule of an answer. */
export type RestSchedule = z.infer<typeof SCHEDULE>;

/** An answer as it came. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: unknown;
}

/** What is sent beside method and path. A body that is a text goes as it is. */
export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls of one caller. */
export class RestClient {
  constructor(
    private readonly url: string,
    /** An access token of IBSafe's, or whatever else stands behind `Bearer`. */
    private readonly token?: string,
  ) {}

  /** Any request below `/api/batch/`; redirections are not followed. */
  async send(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<RestAnswer> {
    const own = {
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${this.url}/api/batch/${path}`, {
      method,
      redirect: 'manual',
      headers: { ...own, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
  }

  async list(): Promise<z.infer<typeof SHAPES.list>> {
    return taken(await this.send('GET', 'schedule/'), 200, SHAPES.list);
  }

  async create(schedule: object): Promise<z.infer<typeof SHAPES.saved>> {
    return taken(await this.send('POST', 'schedule/', { body: schedule }), 201, SHAPES.saved);
  }

  async update(changes: object): Promise<z.infer<typeof SHAPES.saved>> {
    return taken(await this.send('PUT', 'schedule/', { body: changes }), 200, SHAPES.saved);
  }

  async remove(id: number | string): Promise<z.infer<typeof SHAPES.deleted>> {
    return taken(await this.send('DELETE', 'schedule/', { body: { id } }), 200, SHAPES.deleted);
  }

  async run(): Promise<z.infer<typeof SHAPES.run>> {
    return taken(await this.send('POST', 'run/'), 200, SHAPES.run);
  }

  async task(taskId: string): Promise<z.infer<typeof SHAPES.task>> {
    return taken(await this.send('GET', `status/?task_id=${encodeURIComponent(taskId)}`), 200, SHAPES.task);
  }

  async sync(): Promise<z.infer<typeof SHAPES.sync>> {
    return taken(await this.send('POST', 'sync/'), 200, SHAPES.sync);
  }
}

/** An answer's body, in its shape. @throws where status or shape are others: a client of the original would not know what to do with it */
export function taken<T>({ status, body, text }: RestAnswer, expected: number, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(body);
  if (status === expected && parsed.success) return parsed.data;
  throw new Error(
    `expected ${expected}, found ${status}: ${text.slice(0, 500)}${parsed.success ? '' : `\n${z.prettifyError(parsed.error)}`}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
