import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FifoMutex } from '../../src/application/chunk/lane-room.js';

describe('turns', () => {
  it('come one at a time and in the order of asking, however often the one who has it breathes', async () => {
    const turn = new FifoMutex();
    const steps: string[] = [];
    const work = async (name: string): Promise<void> => {
      const end = await turn.take();
      for (let step = 1; step <= 3; step += 1) {
        steps.push(`${name}${step}`);
        await yieldToEventLoop();
      }
      end();
      end();
    };
    await Promise.all(['a', 'b', 'c'].map(work));
    expect(steps).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
  });
});
