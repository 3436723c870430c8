import cronstrue from 'cronstrue/i18n.js';
import { assertNever } from '../../domain/assert-never.js';
import { type Cadence, DAYS_IN_EVERY_MONTH } from '../../domain/schedule/cadence.js';
import { plainCronInKorean } from './plain-cron-in-korean.js';

/** The languages that a cadence is described in. */
export type Language = 'ko' | 'en';

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  ko: ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

/**
 * A sentence for people on when a cadence comes due, with its time zone, such as "Every day at 09:00 (Asia/Seoul time)."
 * A cron goes through cronstrue, whose Korean has phrases but no sentence for plain times, so that the other frequencies have words of their own.
 */
export function describeCadence(cadence: Cadence, language: Language): string {
  return language === 'ko'
    ? `${inKorean(cadence)} 실행합니다(${cadence.timeZone} 시간 기준).`
    : `${inEnglish(cadence)} (${cadence.timeZone} time).`;
}

function inKorean(cadence: Cadence): string {
  switch (cadence.frequency) {
    case 'DAILY':
      return `매일 ${timeOf(cadence)}에`;
    case 'WEEKLY':
      return `매주 ${WEEKDAYS.ko[cadence.dayOfWeek]} ${timeOf(cadence)}에`;
    case 'MONTHLY':
      return `${koreanDay(cadence.dayOfMonth)} ${timeOf(cadence)}에`;
    case 'CRON':
      return plainCronInKorean(cadence.cron ?? '') ?? cronPhrase(cadence.cron ?? '', 'ko');
    default:
      return assertNever(cadence.frequency);
  }
}

function inEnglish(cadence: Cadence): string {
  switch (cadence.frequency) {
    case 'DAILY':
      return `Every day at ${timeOf(cadence)}`;
    case 'WEEKLY':
      return `Every ${WEEKDAYS.en[cadence.dayOfWeek]} at ${timeOf(cadence)}`;
    case 'MONTHLY':
      return `${englishDay(cadence.dayOfMonth)} at ${timeOf(cadence)}`;
    case 'CRON':
      return cronPhrase(cadence.cron ?? '', 'en');
    default:
      return assertNever(cadence.frequency);
  }
}

function koreanDay(day: number): string {
  if (day === 31) return '매월 마지막 날';
  return day <= DAYS_IN_EVERY_MONTH ? `매월 ${day}일` : `매월 ${day}일(없는 달은 마지막 날)`;
}

function englishDay(day: number): string {
  if (day === 31) return 'On the last day of every month';
  return `On day ${day} of every month${day <= DAYS_IN_EVERY_MONTH ? '' : ' (its last day where there is none)'}`;
}

function timeOf({ hour, minute }: Cadence): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** What cronstrue cannot read although croner can is shown as it stands: a preview must not fail for want of words. */
function cronPhrase(cron: string, locale: Language): string {
  try {
    return cronstrue.default.toString(cron, { locale, use24HourTimeFormat: true });
  } catch {
    return locale === 'ko' ? `cron ${cron} 에 따라` : `By cron ${cron}`;
  }
}
