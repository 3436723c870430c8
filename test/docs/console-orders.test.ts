import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectFile } from '../../src/base/project-file.js';

const SOURCES = projectFile('console/src');

/**
 * Orders that are given by one click, and why each may be: it can be taken back by the button that then stands in its place, changes nothing, or was filled in on its own page. All others stand in a
 * dialog, which says what follows and asks.
 */
const AT_ONE_CLICK: Readonly<Record<string, string>> = {
  ResumeRun: 'a run that goes on can be paused again',
  ResumeSchedule: 'a schedule that goes on can be paused again',
  Sync: 'makes jobs as the schedules say, again and again alike',
  TestAlerts: 'sends a message that says it is a test',
  MarkAdvice: 'a form of its own page, which asks in a dialog where advice changes',
  SignRows: 'rows were ticked one by one on their own page, and a signature can be withdrawn',
};

/** Mutations of the console's documents by the file that gives them. */
const orders = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .flatMap((name) =>
    [...readFileSync(join(SOURCES, name), 'utf8').matchAll(/\bmutation (\w+)\s*[({]/g)].map(([, order = '']) => ({
      order,
      file: basename(name),
    })),
  );

/** Documents beside a dialog that is too long to hold them. */
const OF_DIALOGS = new Set(['run-now-query.ts', 'rollout-fields.ts']);

describe('Orders of the console', () => {
  it('stand in a dialog that asks, or are among those that may be given by one click', () => {
    expect(orders.length).toBeGreaterThan(25);
    const alone = orders.filter(({ file }) => !file.endsWith('-dialog.tsx') && !OF_DIALOGS.has(file)).map(({ order }) => order);
    expect(alone.toSorted()).toEqual(Object.keys(AT_ONE_CLICK).toSorted());
  });
});
