import { expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareCluster } from '../../src/embedded-postgres/cluster.js';

it('An embedded server whose programs name a loader that this system lacks, as on Alpine, is refused in a sentence, and nothing of it is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-loader-'));
  try {
    const initdb = join(folder, 'initdb');
    writeFileSync(initdb, '#!/no/such/loader\n'); // the kernel finds neither this one nor that of another C library
    chmodSync(initdb, 0o755);
    const place = { dir: join(folder, 'postgres'), binaries: { postgres: initdb, initdb, major: 18 }, user: { name: 'this user' } };
    await expect(prepareCluster(place)).rejects.toThrow(/need glibc.+DATABASE_URL/);
    expect(readdirSync(folder)).toEqual(['initdb']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
