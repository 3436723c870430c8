import { styleText } from 'node:util';
import type { Config } from '../../config/config.js';
import { assertNever } from '../../domain/assert-never.js';
import type { Patients } from '../../runtime/first-start.js';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import { databasePlace } from '../database/database-place.js';
import { count } from '../screen/figures.js';
import { say } from '../words/catalogue.js';

const NAMES: Readonly<Record<string, string>> = {
  frontPage: 'Console',
  playground: 'Playground',
  dashboard: 'Jobs',
  graphql: 'GraphQL',
  subscriptions: 'Live (ws)',
  health: 'Health',
};

/** Where a service answers, by what answers there. @param url without a trailing slash; undefined for a process without the api role */
export function addressesOf(url: string | undefined, config: Config): InstanceInfo['addresses'] {
  if (url === undefined) return {};
  const { BATCH_INTROSPECTION: asked, NODE_ENV } = config;
  const hasPlayground = asked === 'auto' ? NODE_ENV !== 'production' : asked === 'on'; // it needs introspection, as the server has it
  return {
    frontPage: `${url}/`,
    ...(hasPlayground && { playground: `${url}/playground` }),
    dashboard: `${url}/dashboard`,
    graphql: `${url}/graphql`,
    subscriptions: `${url.replace(/^http/, 'ws')}/graphql`,
    health: `${url}/healthz`,
  };
}

/** The addresses on lines for people. */
export function addressLines(addresses: InstanceInfo['addresses']): string[] {
  return Object.entries(addresses).map(([name, url]) => `  ${(NAMES[name] ?? name).padEnd(11)} ${styleText('cyan', url)}`);
}

/** Whose records the service works on, in a sentence. */
export function patientsLine(patients: Patients | undefined, config: Config): string {
  const place = databasePlace(config);
  switch (patients?.kind) {
    case 'demo': {
      const { users, days, until, seed } = patients.demo;
      return say('demoPatientsAt', { users: count(users), days, until, seed, place });
    }
    case 'users':
      return say('usersAt', { users: count(patients.users), place });
    case 'none':
      return say('noUsersAt', { place });
    case undefined:
      return say('databaseAt', { place });
    default:
      return assertNever(patients);
  }
}
