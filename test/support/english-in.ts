/** Names that are written so in Korean too: of programs, units, settings, roles of processes, forms. */
const NAMES = new Set(
  'kcal postgresql mongodb agenda graphql ibsafe batch node api pid uuid mb kb ms min utc id db sql ndjson json csv url http https smtp webhook email cron doctor iana auto ulimit utf uid kill root npm optional dependencies ctrl off production openai ollama oidc openid scope vacuum share update exclusive cli console embedded local rules llm daily sleep all worker scheduler viewer operator admin public seoul asia null true false manifest sha'.split(
    ' ',
  ),
);

/** English words of a line: what is left of it without codes, names of columns and settings, ids, paths, quoted commands and names. Empty for a line of Korean. */
export function englishIn(line: string): string[] {
  const bare = line
    .replaceAll(/"[^"]*"|`[^`]*`|“[^”]*”/gu, ' ') // commands, and words of others
    .replaceAll(/\bnode \S*bin\/ibsafe-batch\.mjs(?: [a-z-]+)*/gu, ' ')
    .replaceAll(/(?:create|CREATE) (?:index|INDEX) .*$/gu, ' ')
    .replaceAll(/\b\d{3}-[a-z-]+|\bchunk-\d+|\bschedule: .*\([0-9a-f]{6}\)|(?<=\bcli:\S+ +)[a-z][a-z ]*/gu, ' ') // names of migrations, streams, jobs and what was asked
    .replaceAll(/\S*=\S*|\S*[/\\@_=:.]\S*[a-z0-9]\S*/giu, ' ') // paths, addresses, names of tables, name=value
    .replaceAll(/\b[a-z]+[A-Z]\w*/gu, ' ') // fields of GraphQL
    .replaceAll(/--[a-z-]+|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{32,}\b/gu, ' ')
    .replaceAll(/\b[A-Z][A-Z0-9_]+\b/gu, ' '); // codes
  return (bare.match(/[a-z]{3,}/giu) ?? []).filter((word) => !NAMES.has(word.toLowerCase()));
}
