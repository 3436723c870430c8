import { describe, expect, it } from '@jest/globals';
import {
  decideCancel,
  decidePause,
  decidePauseForFailures,
  decideResume,
  decideResumeServed,
  decideWaitsForOperator,
} from '../../../src/domain/run/decide-control.js';
import { MAX_GENERATOR_PAUSES, reasonOfPause } from '../../../src/domain/run/generator-pauses.js';
import { outageTold } from '../../../src/generators/llm/call-failure.js';
import { ModelFailure } from '../../../src/generators/llm/model-failure.js';
import { runOf } from './run-history.js';

const BY_OPERATOR = { cause: 'OPERATOR', reason: 'looking into it' } as const;
const BY_OUTAGE = { cause: 'GENERATOR_UNAVAILABLE', reason: 'the endpoint does not answer' } as const;

describe('pausing a run', () => {
  it.each([[['requested']], [['requested', 'planned']], [['requested', 'planned', 'started']]] as const)(
    'is recorded after %j',
    (history) => {
      expect(decidePause(runOf(...history), BY_OPERATOR)).toEqual([{ type: 'RunPaused', data: BY_OPERATOR }]);
    },
  );

  it('is refused when it is paused already, except that an operator takes over an outage’s pause', () => {
    const paused = runOf('requested', 'planned', 'started', 'paused'); // by an outage
    expect(decidePause(paused, BY_OUTAGE)).toMatchObject({ code: 'RUN_ALREADY_PAUSED' });
    expect(decidePause(paused, BY_OPERATOR)).toEqual([{ type: 'RunPaused', data: BY_OPERATOR }]);
  });

  it('is refused when it has ended or is about to', () => {
    expect(decidePause(runOf('requested', 'planned', 'started', 'completed'), BY_OPERATOR)).toMatchObject({ code: 'RUN_ALREADY_ENDED' });
    expect(decidePause(runOf('requested', 'planned', 'cancelRequested'), BY_OPERATOR)).toMatchObject({ code: 'RUN_BEING_CANCELLED' });
  });
});

describe('resuming a run', () => {
  it('is recorded for a paused one and refused for any other', () => {
    expect(decideResume(runOf('requested', 'planned', 'started', 'paused'))).toEqual([{ type: 'RunResumed', data: {} }]);
    expect(decideResume(runOf('requested', 'planned', 'started'))).toMatchObject({ code: 'RUN_NOT_PAUSED' });
    expect(decideResume(runOf('requested', 'failed'))).toMatchObject({ code: 'RUN_ALREADY_ENDED' });
    expect(decideResume(runOf('requested', 'planned', 'paused', 'cancelRequested'))).toMatchObject({ code: 'RUN_BEING_CANCELLED' });
  });
});

describe('what a worker does by itself', () => {
  const outage = runOf('requested', 'planned', 'started', 'paused');

  it('resumes a run that waits for its generator', () => {
    expect(decideResumeServed(outage)).toEqual([{ type: 'RunResumed', data: {} }]);
  });

  it.each(['OPERATOR', 'FAILURE_RATE', 'FAULT'] as const)('leaves a pause for %s alone', (pausedCause) => {
    expect(decideResumeServed({ ...outage, pausedCause })).toEqual([]);
  });

  const away = outageTold(new ModelFailure('TIMEOUT')).text;
  const unfit = outageTold(new ModelFailure('UNFIT', { status: 424 })).text;
  const refused = outageTold(new ModelFailure('REFUSED', { status: 401 })).text;
  const waiting = (pausedReason: string) => ({ ...outage, pausedReason });

  it.each([unfit, refused, reasonOfPause(unfit, MAX_GENERATOR_PAUSES)])(
    'says of a run that waits for a silent endpoint that an operator has to mend it: %s',
    (reason) => {
      const told = { type: 'RunPaused', data: { cause: 'GENERATOR_UNAVAILABLE', reason } };
      expect(decideWaitsForOperator(waiting(away), reason)).toEqual([told]);
      expect(decideWaitsForOperator(waiting(reasonOfPause(away, MAX_GENERATOR_PAUSES)), reason)).toEqual([told]);
    },
  );

  it('says that once, and nothing of an endpoint that is silent again', () => {
    expect(decideWaitsForOperator(waiting(unfit), refused)).toEqual([]);
    expect(decideWaitsForOperator(waiting(reasonOfPause(refused, MAX_GENERATOR_PAUSES)), unfit)).toEqual([]);
    expect(decideWaitsForOperator(waiting(unfit), away)).toEqual([]);
    expect(decideWaitsForOperator({ ...waiting(away), pausedCause: 'OPERATOR' }, unfit)).toEqual([]);
  });

  it('resumes no run that goes on, ends or is about to', () => {
    for (const history of [
      ['requested', 'planned', 'started'],
      ['requested', 'planned', 'paused', 'cancelRequested'],
      ['requested', 'planned', 'started', 'paused', 'completed'],
    ] as const)
      expect(decideResumeServed(runOf(...history))).toEqual([]);
  });

  it('pauses for failures that were counted since the run was last resumed, and for none that were counted before', () => {
    const resumed = runOf('requested', 'planned', 'started', 'paused', 'resumed');
    const pause = { cause: 'FAILURE_RATE', reason: 'too many' };
    expect(decidePauseForFailures(resumed, { resumedAt: resumed.resumedAt, reason: 'too many' })).toEqual([
      { type: 'RunPaused', data: pause },
    ]);
    expect(decidePauseForFailures(resumed, { resumedAt: null, reason: 'too many' })).toEqual([]);
  });
});

describe('cancelling a run', () => {
  it('is asked of a planned run, paused or not, and nothing happens when it is asked again', () => {
    expect(decideCancel(runOf('requested', 'planned', 'started'), { reason: 'wrong day' })).toEqual([
      { type: 'RunCancelRequested', data: { reason: 'wrong day' } },
    ]);
    expect(decideCancel(runOf('requested', 'planned', 'paused'), {})).toEqual([{ type: 'RunCancelRequested', data: {} }]);
    expect(decideCancel(runOf('requested', 'planned', 'cancelRequested'), {})).toEqual([]);
  });

  it('ends a run without a plan at once: it has nobody to cancel', () => {
    expect(decideCancel(runOf('requested'), {})).toMatchObject([
      { type: 'RunCancelRequested' },
      { type: 'RunCancelled', data: { cancelled: 0 } },
    ]);
    expect(decideCancel(runOf('requested', 'paused'), {})).toHaveLength(2);
  });

  it('is refused when it has ended', () => {
    expect(decideCancel(runOf('requested', 'planned', 'started', 'completed'), {})).toMatchObject({ code: 'RUN_ALREADY_ENDED' });
  });
});
