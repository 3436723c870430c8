import { expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { startTestServer } from './http-fixture.js';

it.each([
  ['/console/patients/93', '/console/patients/…'],
  ['/no/such/hong93', '/…/…/…'],
  ['/ibsafe-batch/graphql', '/…/graphql'], // a prefix that a proxy should have taken off
  ['/console/runs/0198f0a0-0000-7000-8000-000000000001', '/console/runs/0198f0a0-0000-7000-8000-000000000001'],
  ['/api/batch/status/', '/api/batch/status/'],
  [`/${'hong/'.repeat(9)}`, '/…/…/…/…/…/…/…/…/…'],
])('logs the path %s as %s: an address can hold the number or the name of a patient', async (path, told) => {
  await using server = await startTestServer();
  await (await fetch(`${server.url}${path}`)).text();
  await until(() => Promise.resolve(server.logged.some(({ message }) => message === 'request')));
  expect(server.logged.flatMap(({ message, fields }) => (message === 'request' ? [fields['path']] : []))).toEqual([told]);
});
