import { openLocalModel } from '../../dist/local-model/local-model.js';

// A local model in a process of its own: port, folder and, as JSON, how its batches behave in turn. Tells its port.
const [port, folder, behaviours] = process.argv.slice(2);
const turns = JSON.parse(behaviours);
let made = 0;
const model = await openLocalModel({
  port: Number(port),
  folder,
  cancelMs: 50,
  behave: () => ({ kind: 'sound' }),
  behaveBatch: () => turns[made++ % turns.length],
});
process.stdin.on('end', () => process.exit()).resume(); // so that it cannot outlive the test
process.stdout.write(`${model.port}\n`);
