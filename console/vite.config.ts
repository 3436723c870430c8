import { readFileSync } from 'node:fs';
import { lingui } from '@lingui/vite-plugin';
import { getConfig } from '@lingui/conf';
import { getCatalogs } from '@lingui/cli/api';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** For `npm run dev`: where the service that answers is. */
const SERVICE = process.env['CONSOLE_SERVICE'] ?? 'http://127.0.0.1:4000';

/** Groups of the catalogue that the first screen speaks of. The others come right after it. */
const FIRST = /^(SkipReason|FailureCode|RunFailure|RunStatus|Trigger|OutcomeKind|PauseCause|SlotSkipReason|ProgramName|Problem)$/;

/** Said by IBSafe's REST calls, by commands, or by the service in the language that is asked for: never from here. */
const ELSEWHERE =
  /^(Rest|Command|Help|Finding|Promise|Expected|Refusal|Kept|Archive|Setting|Address|System|SqlState|Listen|Embedded|Index)$/;

/** Gives the catalogue of codes in two parts: `codes:ko:first` and `codes:ko:later`. */
function codes(): Plugin {
  return {
    name: 'codes',
    resolveId: (id) => (id.startsWith('codes:') ? `\0${id}` : undefined),
    load(id) {
      const [, language, part] = /^\0codes:(ko|en):(first|later)$/.exec(id) ?? [];
      if (language === undefined) return undefined;
      const file = new URL(`../data/codes/${language}.json`, import.meta.url);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
      const own = Object.fromEntries(all.filter(([group]) => !ELSEWHERE.test(group) && FIRST.test(group) === (part === 'first')));
      return `export const codes = ${JSON.stringify(own)};`;
    },
  };
}

/** Sources of the first screen, below `src`. What they need lies in one file, and their texts in another. */
const FIRST_SOURCES = String.raw`src\/((graphql|language|runs|shell|screens\/last-night(?!\/beside-usual))\/|parts\/(icons|state|time|outcome-bar|page|alert-link)\.|orders\/(open|resume|order))`;

/**
 * Gives the texts of a language in two parts: `ko.po` has those of the first screen, `ko.po?lingui` all others. A text of both is in the first part. It
 * comes after Lingui, which refuses a catalogue that lacks one.
 */
function texts(): Plugin {
  const isFirst = new RegExp(`^(src\\/(app|main|router)|${FIRST_SOURCES})`);
  let first: Promise<ReadonlySet<string>> | undefined;
  const findFirst = async (): Promise<ReadonlySet<string>> => {
    const [catalog] = await getCatalogs(getConfig());
    const read = (await catalog?.read('en')) ?? {};
    return new Set(Object.keys(read).filter((id) => read[id]?.origin?.some(([file]) => isFirst.test(file))));
  };
  return {
    name: 'texts',
    enforce: 'post',
    buildStart: () => {
      first = undefined;
    },
    transform: {
      filter: { id: /\.po(\?lingui)?$/ },
      async handler(code, id) {
        first ??= findFirst();
        const own = await first;
        const [, said = '{}'] = /^[^]*?JSON\.parse\((".*")\)/.exec(code) ?? [];
        const all = Object.entries(JSON.parse(JSON.parse(said) as string) as Record<string, unknown>);
        const part = Object.fromEntries(all.filter(([text]) => own.has(text) !== id.endsWith('?lingui')));
        return { code: `export const messages = ${JSON.stringify(part)};`, map: null };
      },
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), codes(), lingui({ macroTransform: true, failOnMissing: true, failOnCompileError: true }), texts()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) => `assets/${facadeModuleId?.endsWith('.po?lingui') ? 'later-' : ''}[name]-[hash].js`,
        // What the first screen needs in one file: it compresses better than in twenty.
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: new RegExp(
                String.raw`node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|store|react-store)|@urql|urql|wonka|@0no-co|@lingui|gql\.tada|use-sync-external-store)\/|console\/` +
                  FIRST_SOURCES,
              ),
            },
          ],
        },
      },
    },
  },
  // Without `changeOrigin`: the service takes operations of its own origin alone.
  server: { proxy: { '/graphql': { target: SERVICE, ws: true }, '/readyz': SERVICE, '/session': SERVICE, '/export': SERVICE } },
});
