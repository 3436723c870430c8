import { describe, expect, it } from '@jest/globals';
import { describeCadence } from '../../../src/application/schedules/describe-cadence.js';
import type { Cadence } from '../../../src/domain/schedule/cadence.js';
import { cadence } from '../slots/cadences.js';

describe('describeCadence', () => {
  it.each<[Partial<Cadence>, string, string]>([
    [{ hour: 9 }, '매일 09:00에 실행합니다(Asia/Seoul 시간 기준).', 'Every day at 09:00 (Asia/Seoul time).'],
    [
      { frequency: 'WEEKLY', minute: 5, timeZone: 'UTC' },
      '매주 일요일 09:05에 실행합니다(UTC 시간 기준).',
      'Every Sunday at 09:05 (UTC time).',
    ],
    [{ frequency: 'MONTHLY' }, '매월 1일 09:00에 실행합니다(Asia/Seoul 시간 기준).', 'On day 1 of every month at 09:00 (Asia/Seoul time).'],
    [
      { frequency: 'MONTHLY', dayOfMonth: 30 },
      '매월 30일(없는 달은 마지막 날) 09:00에 실행합니다(Asia/Seoul 시간 기준).',
      'On day 30 of every month (its last day where there is none) at 09:00 (Asia/Seoul time).',
    ],
    [
      { frequency: 'MONTHLY', dayOfMonth: 31 },
      '매월 마지막 날 09:00에 실행합니다(Asia/Seoul 시간 기준).',
      'On the last day of every month at 09:00 (Asia/Seoul time).',
    ],
    [{ frequency: 'CRON', cron: '*/30 * * * *' }, '30분마다 실행합니다(Asia/Seoul 시간 기준).', 'Every 30 minutes (Asia/Seoul time).'],
    [
      { frequency: 'CRON', cron: '0 9 * * MON-FRI' },
      '매주 월요일부터 금요일까지 09:00에 실행합니다(Asia/Seoul 시간 기준).',
      'At 09:00, Monday through Friday (Asia/Seoul time).',
    ],
  ])('says %j in Korean and English', (different, korean, english) => {
    expect(describeCadence(cadence(different), 'ko')).toBe(korean);
    expect(describeCadence(cadence(different), 'en')).toBe(english);
  });

  it.each([
    ['30 2 * * *', '매일 02:30에'],
    ['0 9,21 * * *', '매일 09:00, 21:00에'],
    ['0 9 * * 0', '매주 일요일 09:00에'],
    ['0 9 * * MON,WED,5-7', '매주 월요일·수요일·금요일부터 일요일까지 09:00에'],
    ['5 0 1,15 * *', '매월 1일·15일 00:05에'],
    ['0 9 31 * *', '매월 31일(없는 달은 건너뜀) 09:00에'],
    ['0 9 L * *', '매월 마지막 날 09:00에'],
    ['* * * * *', '1분마다'],
  ])('says %s as a Korean sentence', (cron, phrase) => {
    expect(describeCadence(cadence({ frequency: 'CRON', cron }), 'ko')).toBe(`${phrase} 실행합니다(Asia/Seoul 시간 기준).`);
  });

  it.each(['0 9 L * *', '0 9 * * FRI#2', '0 9 * * 5L', '0 9 1,15 JAN-MAR 7', '5-35/10 8-18/2 * * *'])('has words for %s', (cron) => {
    const asked = cadence({ frequency: 'CRON', cron });
    expect(describeCadence(asked, 'en')).toMatch(/\(Asia\/Seoul time\)\.$/);
    expect(describeCadence(asked, 'en')).not.toMatch(/By cron|undefined|null/);
    expect(describeCadence(asked, 'ko')).toMatch(/[가-힣].* 실행합니다/);
    expect(describeCadence(asked, 'ko')).not.toMatch(/cron|undefined|null/);
  });
});
