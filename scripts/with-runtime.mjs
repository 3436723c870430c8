import { exitWith } from './bootstrap-error.mjs';
import { runTask } from './tasks.mjs';

const [name, ...args] = process.argv.slice(2);
await exitWith(() => runTask(name, args));
