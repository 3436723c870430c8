import { CONSOLE_PATH, DASHBOARD_PATH, PLAYGROUND_PATH } from '../http/paths.js';

const PAGES = [CONSOLE_PATH, DASHBOARD_PATH, PLAYGROUND_PATH];
/** Any origin will do, as long as it is no real one: what names another leads elsewhere. */
const HERE = 'http://here.invalid';
const MOST_CHARACTERS = 1_000;

/**
 * The page to open after signing in: a path of this service that begins with one of its pages, whatever was asked for. It is put together anew from
 * what a URL parser made of the text, and so begins with one slash and the page's name: it cannot name a host.
 */
export function returnPath(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || asked.length > MOST_CHARACTERS || !URL.canParse(asked, HERE)) return CONSOLE_PATH;
  const { origin, pathname, search } = new URL(asked, HERE);
  const isPage = PAGES.some((page) => pathname === page || pathname.startsWith(`${page}/`));
  return origin === HERE && isPage ? pathname + search : CONSOLE_PATH;
}
