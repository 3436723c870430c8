import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** For `npm run dev`: where the service that answers is. */
const SERVICE = process.env['CONSOLE_SERVICE'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  base: '/console/',
  plugins: [react(), lingui({ macroTransform: true, failOnMissing: true, failOnCompileError: true })],
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, emptyOutDir: true },
  // Without `changeOrigin`: the service takes operations of its own origin alone.
  server: { proxy: { '/graphql': { target: SERVICE, ws: true }, '/readyz': SERVICE } },
});
