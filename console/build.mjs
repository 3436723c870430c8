import { promisify } from 'node:util';
import { mkdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import './types.mjs'; // the schema's types, which lint and editors read

// Builds the console beside the service's programs, compresses each file once, and puts the whole in place at the end: what stands under the final
// name is never a half.
process.env['NODE_ENV'] = 'production'; // whatever the caller's says: React for developers is twice as large
const here = dirname(fileURLToPath(import.meta.url));
const place = join(here, '..', 'dist', 'console');
mkdirSync(dirname(place), { recursive: true });
const draft = await mkdtemp(`${place}-`);
const plain = await plainPath(here);
try {
  await build({
    root: plain.path,
    configLoader: 'native',
    logLevel: 'warn',
    resolve: { preserveSymlinks: true },
    build: { outDir: draft, emptyOutDir: true },
  });
  for (const name of await readdir(draft, { recursive: true })) if (/\.(html|js|css|svg)$/.test(name)) await compress(join(draft, name));
  await chmod(draft, 0o755); // made private; a checkout can be shared by users
  await rm(place, { recursive: true, force: true });
  await rename(draft, place);
} finally {
  await rm(draft, { recursive: true, force: true });
  await plain.remove();
}

/** The way to this folder by which it is built: Vite takes what follows a `#` or `?` in a path for no part of it, and is led there by a link without them. */
async function plainPath(folder) {
  if (!/[?#]/.test(folder)) return { path: folder, remove: () => undefined };
  const links = await mkdtemp(join(/[?#]/.test(tmpdir()) ? '/tmp' : tmpdir(), 'ibsafe-batch-console-'));
  await symlink(dirname(folder), join(links, 'clone'));
  const path = join(links, 'clone', 'console');
  process.env['LINGUI_CONFIG'] = join(path, 'lingui.config.ts'); // else it is sought from the working folder, which knows no links
  return { path, remove: () => rm(links, { recursive: true, force: true }) };
}

async function compress(file) {
  const content = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, { params }), promisify(gzip)(content, { level: 9 })]);
  if (br.length < content.length) await writeFile(`${file}.br`, br);
  if (gz.length < content.length) await writeFile(`${file}.gz`, gz);
}
