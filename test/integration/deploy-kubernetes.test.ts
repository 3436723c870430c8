import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig, VARIABLES } from '../../src/config/config.js';
import {
  deployFile,
  deployFiles,
  manifestsOf,
  settingsOf,
  unitOf,
  type Container,
  type Manifest,
  type PodSpec,
} from '../support/deploy-files.js';
import { isCommand } from '../support/is-command.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string };

interface Kustomization {
  readonly resources: readonly string[];
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
  readonly configMapGenerator: readonly { readonly name: string; readonly envs: readonly string[] }[];
}

const kustomization = parse(deployFile('kubernetes/kustomization.yaml')) as Kustomization;
const manifests = kustomization.resources.flatMap((file) => manifestsOf(file));
const secrets = new Map(manifestsOf('secrets.example.yaml').map(({ metadata, stringData = {} }) => [metadata.name, stringData]));
const workloads = manifests.filter(({ spec }) => spec?.template !== undefined);
const podOf = ({ spec }: Manifest): PodSpec => spec.template?.spec as PodSpec;
const containers = workloads.flatMap((workload) => podOf(workload).containers);
const named = containers.map((container) => [container.name, container] as const);
const probesOf = ({ startupProbe, livenessProbe, readinessProbe }: Container) =>
  [startupProbe, livenessProbe, readinessProbe].filter((probe) => probe !== undefined);

const kubectl = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
const lacking = kubectl.status === 0 ? undefined : 'there is no kubectl here';
if (lacking !== undefined) console.warn(`skipped: what kustomize makes of deploy/kubernetes, because ${lacking}`);

function environmentOf({ env = [], envFrom }: Container): Readonly<Record<string, string>> {
  const given = envFrom.map(({ configMapRef, secretRef }) => {
    const made = kustomization.configMapGenerator.find(({ name }) => name === configMapRef?.name);
    return made === undefined
      ? (secrets.get(secretRef?.name ?? '') ?? {})
      : settingsOf(made.envs.map((file) => deployFile(`kubernetes/${file}`)).join('\n'));
  });
  return Object.assign({}, ...given, Object.fromEntries(env.map(({ name, value }) => [name, value]))) as Record<string, string>;
}

/** What the program reads; the other variable is for its launcher. */
function ofService(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'IBSAFE_BATCH_COMMAND'));
}

describe('deploy/kubernetes', () => {
  it('has a job that migrates, and what is served, worked and scheduled by several', () => {
    expect(workloads.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['Job', `ibsafe-batch-migrate-${version}`],
      ...['api', 'worker', 'scheduler'].map((role) => ['Deployment', `ibsafe-batch-${role}`]),
    ]);
    expect(kustomization.images).toEqual([expect.objectContaining({ name: 'ibsafe-batch', newTag: version })]);
    expect(containers.map(({ image }) => image)).toEqual(workloads.map(() => 'ibsafe-batch'));
  });

  it.each(named)('%s calls a command that the program knows, with settings that exist and that it starts with', async (name, container) => {
    expect(await isCommand(container.args)).toBe(true);
    const environment = ofService(environmentOf(container));
    expect(environmentOf(container)['IBSAFE_BATCH_COMMAND']).toContain('dist/program/main.js');
    expect(Object.keys(environment).filter((variable) => !VARIABLES.includes(variable))).toEqual([]);
    expect(new URL(readConfig(environment).DATABASE_URL ?? '').username).toBe(name === 'migrate' ? 'batch_migrate' : 'batch_service');
  });

  it.each(named)('%s is contained: no root, no rights, a file system that is read, limits, no key to the cluster', (name, container) => {
    const pod = workloads.map(podOf).find(({ containers: [one] }) => one?.name === name);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      resources: { requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { memory: expect.any(String) } },
    });
    const writable = pod?.volumes.filter(({ emptyDir }) => emptyDir !== undefined).map((volume) => volume.name);
    expect(container.volumeMounts.map(({ name: volume, mountPath }) => [volume, mountPath])).toEqual([[writable?.[0], '/tmp']]);
    expect(environmentOf(container)['DATA_DIR']).toMatch(/^\/tmp\//);
  });

  it('selects what it labels: pods of a deployment, of a service, of a budget, of a policy', () => {
    const labels = workloads.map(({ spec }) => spec.template?.metadata.labels ?? {});
    const selectors = manifests.flatMap(({ kind, spec }) => {
      const selector = spec?.selector ?? (kind === 'NetworkPolicy' ? spec.podSelector : undefined);
      return selector === undefined ? [] : [[kind, 'matchLabels' in selector ? selector.matchLabels : selector] as const];
    });
    expect(
      selectors.filter(
        ([, selector]) => !labels.some((given) => Object.entries(selector as object).every(([key, value]) => given[key] === value)),
      ),
    ).toEqual([]);
    for (const kind of ['Deployment', 'PodDisruptionBudget'])
      expect(manifests.filter((manifest) => manifest.kind === kind)).toHaveLength(3);
    const closed = manifests.filter(({ kind, spec }) => kind === 'NetworkPolicy' && JSON.stringify(spec.podSelector) === '{}');
    expect(closed.map(({ spec }) => spec.policyTypes)).toEqual([['Ingress', 'Egress']]);
  });

  it('listens for the pods of others where its ports, its service and its policy say, and nowhere else', () => {
    const declared = containers.map((container) => {
      const { HOST, PORT, METRICS_PORT } = readConfig(ofService(environmentOf(container)));
      const ports = [...(container.name === 'api' ? [['http', PORT]] : []), ...(METRICS_PORT === undefined ? [] : [['metrics', METRICS_PORT]])]; // prettier-ignore
      const given = (container.ports ?? []).map(({ name, containerPort }) => [name, containerPort]);
      expect([container.name, given]).toEqual([container.name, ports]);
      if (container.name === 'api') expect(HOST).toBe('0.0.0.0'); // on loopback no probe would reach it
      return ports.map(([name]) => name);
    });
    const asked = manifests.flatMap(({ spec }) => [...(spec?.ports ?? []).map(({ targetPort }) => targetPort), ...(spec?.ingress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port))]); // prettier-ignore
    expect(asked).toEqual(['http', 'http']);
    expect(declared.flat()).toEqual(expect.arrayContaining(asked));
  });

  it.each(named)('%s has the memory that systemd gives to it', (name, { resources }) => {
    const unit = deployFiles('systemd', '.service').find((file) => file.replace('@', '') === `ibsafe-batch-${name}.service`);
    expect(unitOf(unit ?? '')['Service']?.['MemoryMax']).toEqual([resources.limits.memory.replace(/i$/, '')]);
  });

  it('lets a stop take as long as the service takes for one', () => {
    const graceS = readConfig({}).BATCH_GRACE_MS / 1_000;
    for (const workload of workloads.filter(({ kind }) => kind === 'Deployment'))
      expect([workload.metadata.name, (podOf(workload).terminationGracePeriodSeconds ?? 0) > graceS + 5]).toEqual([
        workload.metadata.name,
        true,
      ]);
  });

  (lacking === undefined ? it : it.skip)('is what kustomize makes objects of, each reference among them met', () => {
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', `${ROOT}/deploy/kubernetes`], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`image: registry.example.org/ibsafe-batch:${version}`);
    const [, map] = /name: (ibsafe-batch-[0-9a-z]{10})$/m.exec(stdout) ?? [];
    expect(stdout.split(`name: ${map}`).length - 1).toBe(1 + workloads.length);
  });
});

describe('a probe of deploy/kubernetes', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it.each(named.filter(([, container]) => probesOf(container).length > 0))(
    'of %s is answered by a real process of that role',
    async (name, container) => {
      await using service = await startTestService(database, { role: name as 'api' | 'worker' | 'scheduler' });
      for (const { httpGet, exec } of probesOf(container)) {
        if (httpGet !== undefined) {
          expect(container.ports?.map((port) => port.name)).toContain(httpGet.port);
          const { status } = await fetch(`${service.url}${httpGet.path}`);
          expect([httpGet.path, httpGet.path === '/readyz' ? [200, 503].includes(status) : status === 200]).toEqual([httpGet.path, true]);
        }
        if (exec !== undefined) {
          expect(exec.command[0]).toBe('node');
          const child = spawn(process.execPath, exec.command.slice(1), {
            cwd: ROOT,
            env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
            stdio: 'ignore',
          });
          expect([exec.command, (await once(child, 'exit'))[0]]).toEqual([exec.command, 0]);
        }
      }
    },
  );
});
