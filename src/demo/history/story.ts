import { addDays, type LocalDate } from '../../domain/local-date.js';
import { DEFAULT_SCHEDULE, SETTINGS_DEFAULTS } from '../../domain/schedule/schedule-settings.js';
import type { HistoryWorld } from './history-world.js';
import type { FailureCode } from '../../domain/outcome.js';

/** How it goes for the generators on a night of the history. */
interface Weather {
  /** Share of users who fail, and with what code. */
  readonly failing: { readonly share: number; readonly code: FailureCode };
  /** Share of the demo's users after which the model answers no more; absent where it does. */
  readonly modelServes?: number;
  /** Share of users that the rules advise, since the model was too slow. */
  readonly fallback: number;
  /** How slow the model is, beside the usual. */
  readonly slowness: number;
}

/** A usual night: one user in thousands fails, and no advice is a fallback. */
export const USUAL: Weather = { failing: { share: 0.0004, code: 'INVALID_INPUT' }, fallback: 0, slowness: 1 };

/** What the generators of the history go by: the story changes it. */
export class Sky {
  weather: Weather = USUAL;
  /** Users that the model has served since the weather changed. */
  served = 0;

  constructor(private readonly users: number) {}

  become(change: Partial<Weather>): void {
    this.weather = { ...USUAL, ...change };
    this.served = 0;
  }

  /** Whether the model answers. */
  get modelAnswers(): boolean {
    const { modelServes } = this.weather;
    return modelServes === undefined || this.served < modelServes * this.users;
  }
}

/** What a scene has to do with. */
export interface Stage {
  readonly world: HistoryWorld;
  readonly sky: Sky;
  /** The record date of a night, by how many nights it lies before the demo's last one. */
  readonly night: (ago: number) => LocalDate;
}

/** Something that happens in the history: at a time of day, on the day on which the slot of a night comes due. */
export interface Scene {
  readonly ago: number;
  /** `HH:MM` in the schedule's zone. */
  readonly at: string;
  readonly act: (stage: Stage) => Promise<void> | void;
}

/** Nights whose slots were not fired when they were due: the service was away. */
const AWAY: readonly number[] = [53, 52];
/** Nights on which a job comes although no slot is due, or for a slot that must be skipped. */
const SLOT_AT = '09:00';

const SLEEP = {
  ...SETTINGS_DEFAULTS,
  name: '주간 수면 권고',
  frequency: 'WEEKLY',
  dayOfWeek: 1,
  hour: 9,
  minute: 30,
  program: 'sleep',
} as const;

/**
 * What happened besides the slots. Each scene needs the nights before it only as far as it says, so a shorter history begins in the middle and leaves out
 * what began before. Weather is over before the other schedule comes due: on which day of the week a night falls must decide nothing.
 */
const SCENES: readonly Scene[] = [
  { ago: 52, at: '18:00', act: ({ world }) => world.wake() }, // the service is back: one slot is made up for, the other is given up
  { ago: 46, at: '16:00', act: ({ world }) => world.pauseSchedule('연휴: 병원 앱 점검으로 사흘 동안 쉽니다') },
  { ago: 43, at: '10:30', act: ({ world }) => world.resumeSchedule() },
  { ago: 43, at: '11:00', act: ({ world, night }) => world.backfill(night(45), night(44), '연휴 동안 쉰 날 중 이틀을 다시 만듭니다') },
  { ago: 25, at: '15:00', act: ({ world }) => world.changeSchedule({ generator: 'LLM' }) },
  { ago: 18, at: '08:59', act: ({ sky }) => sky.become({ modelServes: 0.31 }) },
  { ago: 18, at: '10:42', act: ({ sky, world }) => (sky.become({ slowness: 1.6 }), world.sweep()) },
  { ago: 18, at: '20:00', act: ({ sky }) => sky.become({}) },
  { ago: 17, at: '08:59', act: ({ sky }) => sky.become({ fallback: 0.35, slowness: 2.2 }) },
  { ago: 17, at: '09:20', act: ({ sky }) => sky.become({}) },
  { ago: 14, at: '08:59', act: ({ sky }) => sky.become({ failing: { share: 0.06, code: 'GENERATOR_TIMEOUT' } }) },
  { ago: 14, at: '09:20', act: ({ sky }) => sky.become({}) },
  { ago: 14, at: '10:15', act: ({ world, night }) => world.retry(night(14), '응답 시간을 넘긴 환자를 다시 실행합니다') },
  { ago: 11, at: '15:00', act: ({ world }) => world.changeSchedule({ generator: 'RULES' }) },
  { ago: 10, at: '08:59', act: ({ sky }) => sky.become({ failing: { share: 0.95, code: 'INVALID_INPUT' } }) },
  { ago: 10, at: '09:20', act: ({ sky }) => sky.become({}) },
  { ago: 9, at: '11:00', act: ({ world, night }) => world.resume(night(10)) }, // the slot of this morning was skipped: the run was still paused
  {
    ago: 9,
    at: '11:20',
    act: ({ world, night }) => world.run({ recordDate: night(9), reason: '아침 예정 시각을 놓쳐 직접 실행합니다' }),
  },
  { ago: 9, at: '11:40', act: ({ world, night }) => world.retry(night(10), '입력 오류를 고친 뒤 실패한 환자를 다시 실행합니다') },
  {
    ago: 7,
    at: '14:00',
    act: ({ world, night }) =>
      world.runAndCancel(
        { recordDate: night(8), onExisting: 'REGENERATE', reason: '식단 문구를 바꾼 뒤 다시 만듭니다' },
        '날짜를 잘못 골랐습니다',
      ),
  },
  { ago: 5, at: '16:30', act: ({ world, night }) => world.run({ recordDate: night(5), dryRun: true, reason: '새 규칙을 미리 봅니다' }) },
  { ago: 3, at: '08:59', act: ({ sky }) => sky.become({ failing: { share: 0.02, code: 'INVALID_INPUT' } }) },
  { ago: 3, at: '09:20', act: ({ sky }) => sky.become({}) },
  { ago: 1, at: '15:00', act: ({ world }) => world.changeSchedule({ readyBy: null }) }, // the last night is made whenever the demo is started
];

/** Nights before which a scene's own beginning lies. */
const BEGINS: ReadonlyMap<Scene, number> = new Map(SCENES.map((scene) => [scene, beginOf(scene)]));

function beginOf({ ago }: Scene): number {
  const beginnings: readonly (readonly [from: number, to: number])[] = [[53, 52], [46, 43], [25, 11], [10, 9], [8, 7]]; // prettier-ignore
  return beginnings.find(([from, to]) => ago <= from && ago >= to)?.[0] ?? ago;
}

/** Everything that happens in a history of so many nights, in its order. */
export function storyOf(nights: number): readonly Scene[] {
  const opening: readonly Scene[] = [
    { ago: nights + 1, at: '14:00', act: ({ world }) => world.createSchedule(DEFAULT_SCHEDULE) },
    { ago: nights + 1, at: '14:10', act: ({ world }) => world.changeSchedule({ readyBy: '10:00' }) },
    { ago: nights + 1, at: '14:20', act: ({ world }) => world.createSchedule(SLEEP) },
  ];
  const mornings = Array.from({ length: nights }, (_, at) => nights - at).flatMap((ago): readonly Scene[] =>
    AWAY.includes(ago) ? [] : [wakeAt(ago, SLOT_AT), wakeAt(ago, '09:30')],
  );
  const scenes = SCENES.filter((scene) => (BEGINS.get(scene) ?? scene.ago) <= nights);
  return [...opening, ...mornings, ...scenes].toSorted((a, b) => b.ago - a.ago || a.at.localeCompare(b.at));
}

function wakeAt(ago: number, at: string): Scene {
  return { ago, at, act: ({ world }) => world.wake() };
}

/** The day on which a scene happens: that of the slot of its night, a day after the record date. */
export function dayOf({ ago }: Pick<Scene, 'ago'>, until: LocalDate): LocalDate {
  return addDays(until, 1 - ago);
}
