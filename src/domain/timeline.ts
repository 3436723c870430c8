import { assertNever } from './assert-never.js';
import { SKIPPED_SINCE, type FailureCode, type OutcomeName, type SkipReason } from './outcome.js';
import type { Coming } from './schedule/coming-days.js';

/** What a day came to for a user. */
export type DayVerdict =
  | 'GENERATED'
  | 'EXISTED'
  | 'SKIPPED'
  | 'FAILED'
  | 'CANCELLED'
  | 'IN_PROGRESS'
  | 'NOT_ON_ROSTER'
  | 'NOT_DUE'
  | 'NO_RUN'
  | 'BEFORE_RETENTION';

/** What one run did with the user; newest run first in a day. Dry runs do not count and are left out. */
export interface DayRun {
  readonly runId: string;
  readonly ended: boolean;
  readonly outcome: OutcomeName | null;
  readonly skipReasons: readonly SkipReason[];
  readonly failureCode: FailureCode | null;
  /** Why the run failed as a whole, before a user had an outcome. */
  readonly runFailure: string | null;
  /** Whether it may have had an outcome for the user, which was let go with its month. */
  readonly letGo: boolean;
}

/** What is known of a day beside its runs. */
export interface DayFacts {
  readonly hasIntervention: boolean;
  /** Undefined for a day that is due. */
  readonly coming: Coming | undefined;
}

/** Judges a day: any advice first, then the newest run that had an outcome for the user (a cancelled one, in which their turn did not come, last), then why none had. */
export function verdictOf(runs: readonly DayRun[], { hasIntervention, coming }: DayFacts): DayVerdict {
  if (runs.some(({ outcome }) => outcome === 'GENERATED')) return 'GENERATED';
  const letGo = runs.some((run) => run.letGo);
  // Such a run may have written it.
  if (hasIntervention) return letGo ? 'BEFORE_RETENTION' : 'EXISTED';
  const newest = runs.find(({ outcome }) => outcome !== null && outcome !== 'CANCELLED') ?? runs.find(({ outcome }) => outcome !== null);
  if (runs.some(({ ended, outcome }) => !ended && outcome === null)) return 'IN_PROGRESS';
  if (newest?.outcome) return newest.outcome;
  if (letGo) return 'BEFORE_RETENTION';
  // A run for others only does not keep the slot from coming that is for all users.
  if (coming?.awaited === true) return 'NOT_DUE';
  if (runs.length > 0) return 'NOT_ON_ROSTER';
  return coming === undefined ? 'NO_RUN' : 'NOT_DUE';
}

/** Why a day came to its verdict, as codes that a client has words of its own for. */
export interface DayCause {
  /** The run that decided; null where none did. */
  readonly decidedBy: string | null;
  readonly skipReasons: readonly SkipReason[];
  readonly failureCode: FailureCode | null;
  readonly runFailureCode: string | null;
}

/** The codes behind a verdict. */
export function causeOf(verdict: DayVerdict, runs: readonly DayRun[]): DayCause {
  const told = toldBy(verdict, runs);
  if (told === undefined) return { decidedBy: null, skipReasons: [], failureCode: null, runFailureCode: null };
  const { runId: decidedBy, skipReasons, failureCode, runFailure } = told;
  return { decidedBy, skipReasons, failureCode, runFailureCode: verdict === 'FAILED' ? runFailure : null };
}

/** The run that a verdict is about: for a day on its way the newest that has still to reach the user. */
function toldBy(verdict: DayVerdict, runs: readonly DayRun[]): DayRun | undefined {
  if (verdict === 'IN_PROGRESS') return runs.find(({ ended, outcome }) => !ended && outcome === null);
  return runs.find(({ outcome }) => outcome === verdict);
}

/** A sentence in English and in Korean that tells an operator why there is advice for a day or none. */
export function explain(verdict: DayVerdict, runs: readonly DayRun[]): { en: string; ko: string } {
  const told = toldBy(verdict, runs);
  switch (verdict) {
    case 'GENERATED':
      return { en: 'Advice was generated.', ko: '권고가 생성되었습니다.' };
    case 'EXISTED':
      return {
        en: 'Advice was there already; this service did not write it, or no longer knows that it did.',
        ko: '이미 권고가 있었으며 이 서비스가 작성했다는 기록이 없습니다.',
      };
    case 'SKIPPED': {
      const reasons = (told?.skipReasons ?? []).map((reason) => SKIPPED_SINCE[reason]);
      const en = `Skipped: ${reasons.map((reason) => reason.en).join(', and ')}.`;
      return { en, ko: `건너뜀: ${reasons.map((reason) => reason.ko).join(', ')}.` };
    }
    case 'FAILED':
      if (told?.runFailure) {
        const code = told.runFailure;
        return {
          en: `The run failed as a whole (${code}), before the first user’s turn.`,
          ko: `누구의 차례도 오기 전에 실행 전체가 실패했습니다 (${code}).`,
        };
      }
      return {
        en: `Generation failed (${told?.failureCode ?? 'unknown'}).`,
        ko: `생성에 실패했습니다 (${told?.failureCode ?? '알 수 없음'}).`,
      };
    case 'CANCELLED':
      return { en: 'The run was cancelled before this user’s turn.', ko: '이 사용자의 차례가 오기 전에 실행이 취소되었습니다.' };
    case 'IN_PROGRESS':
      return { en: 'A run for this day has not reached the user yet.', ko: '이 날짜의 실행이 아직 이 사용자에게 도달하지 않았습니다.' };
    case 'NOT_ON_ROSTER':
      return {
        en: 'Runs were made for this day, but the user was on no roster: the account was inactive, staff or not yet there, or only other users were asked for. Of a person who was erased nothing is known.',
        ko: '이 날짜의 실행이 있었지만 사용자가 대상에 없었습니다: 비활성·직원 계정이거나, 아직 가입 전이었거나, 다른 사용자만 지정된 실행이었습니다. 기록을 삭제한 사람에 대해서는 알 수 없습니다.',
      };
    case 'NOT_DUE':
      return { en: 'The run for this day is still to come.', ko: '이 날짜의 실행은 아직 예정되어 있습니다.' };
    case 'BEFORE_RETENTION':
      return {
        en: 'A run was made for this day. What it recorded of the user was let go with its month, and is in an archive.',
        ko: '이 날짜의 실행이 있었습니다. 이 사용자에 대한 기록은 보관 기간이 지나 보관 파일로 옮겨졌습니다.',
      };
    case 'NO_RUN':
      return { en: 'No run was made for this day.', ko: '이 날짜의 실행이 없었습니다.' };
    default:
      return assertNever(verdict);
  }
}
