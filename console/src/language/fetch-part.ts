/** ms between two tries while the service is away. */
const AGAIN_MS = 1_500;

/** When this page was last loaded again for a part that is gone, and the ms in which that is not done twice. */
const RELOADED = 'console:reloaded-at';
const APART_MS = 10_000;

/** Stylesheets that could not be had. What Vite puts before an import asks for each once and takes it for there the next time. */
const missing = new Set<HTMLLinkElement>();
addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && target.rel === 'stylesheet' && missing.add(target), true);

/** Asks again for each stylesheet that could not be had. @throws where one cannot be had now either */
async function restyle(): Promise<void> {
  const links = [...missing];
  missing.clear();
  await Promise.all(
    links.map(
      (link) =>
        new Promise((resolve, reject) => {
          const fresh = link.cloneNode() as HTMLLinkElement;
          fresh.addEventListener('load', resolve);
          fresh.addEventListener('error', () => reject(new Error(`no ${fresh.href}`)));
          link.replaceWith(fresh);
        }),
    ),
  );
}

/**
 * Fetches a part of this program: a screen with its styles, a dialog, a language. While the service is away it tries again until the part is there, so that the page comes back by
 * itself with all that stands and was typed on it. Where the service answers and the part still cannot be had, it went with another release: the page is loaded
 * again, once. @throws after that, what the last try met
 */
export async function fetchPart<Part>(fetchIt: () => Promise<Part>): Promise<Part> {
  for (let misses = 0; ;) {
    try {
      await restyle();
      return await fetchIt();
    } catch (error) {
      if (await answers()) misses += 1;
      if (misses > 1) return reload(error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Whether the service answers for its console: what stands before it and answers in its place has no page. */
function answers(): Promise<boolean> {
  return fetch('/console/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function reload(error: unknown): Promise<never> {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < APART_MS) throw error;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return new Promise(() => undefined);
}
