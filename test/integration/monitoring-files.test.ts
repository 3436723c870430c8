import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PROCESS_ROLES } from '../../src/runtime/process-role.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const RULES = 'deploy/prometheus/rules.yml';
const DASHBOARD = 'deploy/grafana/dashboard.json';
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn("skipped: promtool on the rules and on the dashboard's expressions, because there is none (Debian: prometheus)");
const withPromtool = hasPromtool ? it : it.skip;

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}
interface Panel {
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const rules = (parse(read(RULES)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read(DASHBOARD)) as { title: string; templating: { list: { name: string }[] }; panels: Panel[] };
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const namesIn = (text: string): string[] => [...new Set(text.match(/\bibsafe_batch_\w+/g))].toSorted();
const promtool = (...args: string[]): [number | null, string] => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: PROJECT, encoding: 'utf8' });
  return [status, status === 0 ? '' : stdout + stderr];
};

it('Every metric of the rules and the dashboard is one that a process of each role tells', async () => {
  const asked = namesIn(`${rules.map(({ expr }) => expr).join('\n')}\n${expressions.join('\n')}`);
  expect(asked.length).toBeGreaterThan(30);
  const database = await createTestDatabase();
  try {
    for (const role of PROCESS_ROLES) {
      await using service = await startTestService(database, { role, environment: { METRICS_PORT: '0' } });
      const text = await (await fetch(`${service.statusUrl}/metrics`)).text();
      const told = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
      expect([role, asked.filter((name) => !told.has(name))]).toEqual([role, []]);
    }
  } finally {
    await database.drop();
  }
});

describe('The rules of Prometheus', () => {
  it('say what happened, what it means, and which page helps', () => {
    expect(rules.length).toBeGreaterThan(15);
    for (const { alert, labels, annotations } of rules) {
      expect([alert, Object.keys(annotations)]).toEqual([alert, ['summary', 'description', 'runbook']]);
      expect([alert, existsSync(join(PROJECT, annotations['runbook'] ?? ''))]).toEqual([alert, true]);
      expect([alert, ['page', 'ticket'].includes(labels.severity)]).toEqual([alert, true]);
    }
  });

  it('are named in the page on monitoring, in both languages', () => {
    for (const page of ['docs/deploy/monitoring.md', 'docs/deploy/monitoring.ko.md'])
      expect([page, rules.filter(({ alert }) => !read(page).includes(`\`${alert}\``)).map(({ alert }) => alert)]).toEqual([page, []]);
  });

  it('have a test each', () => {
    const tests = read('deploy/prometheus/rules.test.yml');
    expect(rules.filter(({ alert }) => !tests.includes(`"${alert}"`))).toEqual([]);
  });

  withPromtool('are what promtool takes them for, and fire when they should and at no other time', () => {
    expect(promtool('check', 'config', 'deploy/prometheus/prometheus.yml')).toEqual([0, '']);
    expect(promtool('check', 'rules', RULES)).toEqual([0, '']);
    expect(promtool('test', 'rules', 'deploy/prometheus/rules.test.yml')).toEqual([0, '']);
  });
});

describe('The dashboard of Grafana', () => {
  it('has a title, a unit and the data source that is chosen, in each panel', () => {
    expect(panels.length).toBeGreaterThan(15);
    const variable = '${datasource}';
    for (const { title, fieldConfig, datasource, targets = [] } of panels) {
      expect([title, title.length > 0, (fieldConfig?.defaults.unit ?? '').length > 0]).toEqual([title, true, true]);
      expect([title, datasource?.uid, targets.map((target) => target.datasource.uid)]).toEqual([
        title,
        variable,
        targets.map(() => variable),
      ]);
      expect([title, targets.length > 0]).toEqual([title, true]);
    }
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'program']);
  });

  withPromtool('has expressions that Prometheus can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    try {
      const file = join(folder, 'rules.json');
      const recorded = expressions.map((expr, at) => ({ record: `panel_${at}`, expr: expr.replaceAll('$program', '.*') }));
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules: recorded }] }));
      expect(promtool('check', 'rules', file)).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
