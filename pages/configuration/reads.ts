import type { Section } from './meaning.js';

export const READS = {
  title: { en: 'Audit of reads', ko: '열람 기록' },
  note: {
    en: 'Which caller read which patient’s data, and when. [Audit of reads](reads.md) has more.',
    ko: '누가 언제 어느 환자의 데이터를 열람했는지에 대한 기록입니다. 자세한 내용은 [열람 기록](reads.ko.md) 문서를 보세요.',
  },
  meanings: {
    READ_AUDIT_KEEP_DAYS: {
      en: 'How long it is kept which caller read whose data.',
      ko: '열람 기록을 보관하는 기간입니다. 지나면 지웁니다.',
      unit: 'd',
    },
  },
} satisfies Section;
