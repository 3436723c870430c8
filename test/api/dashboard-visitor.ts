import { type IncomingHttpHeaders, request } from 'node:http';

/** What the dashboard answered. */
export interface Page {
  readonly status: number;
  /** Where it sends the browser; undefined when it does not. */
  readonly location: string | undefined;
  readonly policy: string;
  readonly setCookie: string;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

type Headers = Readonly<Record<string, string | undefined>>;
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' } as const;

/**
 * A browser's part in a visit of a page: it keeps the cookie, follows no redirect, and says where it comes from as told. Not on `fetch`,
 * which sets what only browsers may say by itself.
 */
export class Visitor {
  /** All cookies, as they are sent. */
  cookie: string | undefined;

  constructor(private readonly url: string) {}

  /** Opens an address. A header that is undefined is not sent. */
  get(path: string, headers: Headers = {}): Promise<Page> {
    return this.send(path, { method: 'GET', headers: { accept: 'text/html', ...headers } });
  }

  /** Sends a form, as a page of the same origin does. */
  post(path: string, fields: Readonly<Record<string, string>> = {}, headers: Headers = {}): Promise<Page> {
    const type = 'application/x-www-form-urlencoded';
    const body = new URLSearchParams(fields).toString();
    return this.send(path, { method: 'POST', body, headers: { accept: 'text/html', 'content-type': type, ...OWN_PAGE, ...headers } });
  }

  /** Calls Agendash as its page does. */
  call(path: string, body: object | string, headers: Headers = {}): Promise<Page> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.send(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...OWN_PAGE, ...headers } });
  }

  private keep(setCookie: string): void {
    const [pair = ''] = setCookie.split(';');
    const name = pair.slice(0, pair.indexOf('=') + 1);
    const others = (this.cookie ?? '').split('; ').filter((each) => each !== '' && !each.startsWith(name));
    this.cookie = [...others, ...(pair === name ? [] : [pair])].join('; ');
  }

  /** Signs out as the console does. */
  delete(path: string, headers: Headers = {}): Promise<Page> {
    return this.send(path, { method: 'DELETE', headers: { ...OWN_PAGE, ...headers } });
  }

  /** Sends anything. */
  send(path: string, { method, headers = {}, body }: { method: string; headers?: Headers; body?: string }): Promise<Page> {
    const sent = Object.entries({ cookie: this.cookie, ...headers }).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}${path}`, { method, headers: Object.fromEntries(sent) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          const cookies = response.headers['set-cookie'] ?? [];
          for (const cookie of cookies) this.keep(cookie);
          const policy = String(response.headers['content-security-policy'] ?? '');
          const setCookie = cookies.join('\n');
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            policy,
            setCookie,
            text,
            headers: response.headers,
          });
        });
      });
      asked.once('error', reject).end(body);
    });
  }
}
