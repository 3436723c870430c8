import { PEERS } from './queues.mjs';
import { Work } from './work.mjs';

// node main.mjs PEER URL RECORD_DATE [USERS]: prints {"users", "ms"} of a night of that peer.
const [name, url, recordDate, most] = process.argv.slice(2);
const work = new Work(url, recordDate);
const users = (await work.users()).slice(0, most === undefined ? undefined : Number(most));
const peer = await PEERS[name](url);
const began = performance.now();
await peer.run(work, users);
const ms = performance.now() - began;
const { rows } = await work.pool.query(
  'select count(*)::int as written, count(distinct user_id)::int as users from ibsafe_interventionrecord',
);
if (rows[0].written !== users.length || rows[0].users !== users.length)
  throw new Error(`${name} wrote ${rows[0].written} rows of ${users.length}`);
console.log(JSON.stringify({ users: users.length, ms }));
await peer.close();
process.exit(0); // a queue's timers and connections are none of the measurement
