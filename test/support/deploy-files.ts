import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const DEPLOY = new URL('../../deploy/', import.meta.url);

/** The lines `Key=value` of a unit, by section and key; a key can stand more than once. */
export type Unit = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A file of `deploy/`. */
export function deployFile(name: string): string {
  return readFileSync(new URL(name, DEPLOY), 'utf8');
}

/** Names of the files of a folder of `deploy/`. */
export function deployFiles(folder: string, ending: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, DEPLOY)).filter((name) => name.endsWith(ending)).toSorted(); // prettier-ignore
}

/** A unit of `deploy/systemd`. */
export function unitOf(name: string): Unit {
  const unit: Record<string, Record<string, string[]>> = {};
  let section = '';
  for (const line of deployFile(`systemd/${name}`).split('\n')) {
    const [, heading, key, value] = /^(?:\[(\w+)\]|(\w+)=(.*))$/.exec(line) ?? [];
    if (heading !== undefined) unit[(section = heading)] ??= {};
    if (key !== undefined) ((unit[section] ??= {})[key] ??= []).push(value ?? '');
  }
  return unit;
}

/** The lines `NAME=value` of a file of settings. */
export function settingsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** A probe of a container. */
export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
}

/** A container of a manifest, as far as the tests look at it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly { readonly configMapRef?: { readonly name: string }; readonly secretRef?: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly resources: { readonly requests: object; readonly limits: { readonly memory: string } };
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** What the pods of a workload are made from. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly securityContext: object;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly volumes: readonly { readonly name: string; readonly emptyDir?: object }[];
}

type Labels = Readonly<Record<string, string>>;

/** An object of Kubernetes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    readonly selector?: Labels | { readonly matchLabels: Labels };
    readonly ports?: readonly { readonly targetPort: string }[];
    readonly ingress?: readonly { readonly ports?: readonly { readonly port: string }[] }[];
    readonly podSelector?: object;
    readonly policyTypes?: readonly string[];
    readonly maxUnavailable?: number;
  };
}

/** All objects of a file of `deploy/kubernetes`. @throws for one that is no YAML */
export function manifestsOf(name: string): readonly Manifest[] {
  return parseAllDocuments(deployFile(`kubernetes/${name}`)).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}
