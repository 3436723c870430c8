// Writes docker-compose.digests.yml: every image of docker-compose.yml and of the Dockerfile by the digest that its tag has today. Docker asks the registry,
// with the accounts that it knows. Where one image cannot be asked about, nothing is written.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const OUTPUT = 'docker-compose.digests.yml';
const read = (name) => readFileSync(new URL(name, ROOT), 'utf8');

/** The digest of an image. @throws with a sentence where no registry says it */
function digestOf(image) {
  const asked = spawnSync('docker', ['buildx', 'imagetools', 'inspect', '--format', '{{.Manifest.Digest}}', image], { encoding: 'utf8' });
  const digest = asked.stdout?.trim() ?? '';
  if (asked.status === 0 && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  const why = asked.error === undefined ? 'the registry did not answer, or does not know it' : 'there is no docker with buildx here';
  throw new Error(
    `The digest of ${image} could not be had: ${why}. ${OUTPUT} was not written, and the tags hold. Try again where a registry can be reached.`,
  );
}

const stores = [...read('docker-compose.yml').matchAll(/^ {2}(\w+):\n(?: {4}.*\n)*? {4}image: (\S+)$/gm)].map(([, service, image]) => ({
  service,
  image,
}));
const built = [...read('docker-compose.yml').matchAll(/^ {2}(\w+):\n {4}<<: \*service$/gm)].map(([, service]) => service);
const [, node] = /^ARG NODE_IMAGE=(\S+)$/m.exec(read('Dockerfile'));
try {
  const lines = stores.map(({ service, image }) => `  ${service}: { image: '${image}@${digestOf(image)}' }`);
  const pinned = `${node}@${digestOf(node)}`;
  const text = [
    '# Made by deploy/pin-digests.mjs.',
    'services:',
    ...lines,
    ...built.map((service) => `  ${service}: { build: { args: { NODE_IMAGE: '${pinned}' } } }`),
    '',
  ];
  writeFileSync(process.argv[2] ?? new URL(OUTPUT, ROOT), text.join('\n'));
  console.log(`${stores.length + 1} images are pinned in ${process.argv[2] ?? OUTPUT}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
