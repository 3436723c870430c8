import { formatter } from '@lingui/format-po';
import { defineConfig } from '@lingui/cli';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ko'],
  catalogs: [{ path: '<rootDir>/src/texts/{locale}', include: ['<rootDir>/src'] }],
  format: formatter({ lineNumbers: false }),
});
