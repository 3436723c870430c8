/** A store of jobs that said nothing for seconds: it was the machine that had no time for it. The service opens it anew, and goes on. */
const HAD_NO_TIME = 'at unlessSilent';

/** What a service logged as an error of its own. */
export function errorsOf({ logged }: { readonly logged: readonly string[] }): string[] {
  return logged.filter((line) => line.startsWith('error') && !line.includes(HAD_NO_TIME));
}
