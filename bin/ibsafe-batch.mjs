#!/usr/bin/env node
import { join } from 'node:path';
import { ROOT, prepare } from '../scripts/bootstrap.mjs';
import { exitWith } from '../scripts/bootstrap-error.mjs';
import { PROGRAM } from '../scripts/bundle.mjs';
import { calledAs } from '../scripts/called-as.mjs';
import { run } from '../scripts/child.mjs';
import { NODE_FLAGS } from '../scripts/node-flags.mjs';

await exitWith(async () => {
  const { node, env } = await prepare();
  const named = { ...env, IBSAFE_BATCH_COMMAND: calledAs(process.argv[1]) };
  const { code } = await run(node, [...NODE_FLAGS, join(ROOT, PROGRAM), ...process.argv.slice(2)], { env: named });
  return code;
});
