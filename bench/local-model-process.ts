import { openLocalModel } from '../src/local-model/local-model.js';

// A local model in a process of its own, so that what it computes is not counted to the worker: tells its address, and ends with its parent.
const latencyMs = Number(process.argv[2] ?? 0);
const model = await openLocalModel({ port: 0, behave: () => ({ kind: 'sound', latencyMs }) });
process.on('disconnect', () => void model.close().then(() => process.exit(0)));
process.send?.(model.url);
