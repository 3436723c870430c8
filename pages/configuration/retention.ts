import type { Section } from './meaning.js';

export const RETENTION = {
  title: { en: 'Retention', ko: '보관 기간' },
  note: {
    en: 'Old months of the log go to archive files. Nothing is let go until a number of months is set, on processes with the role `scheduler` or `all`. [Retention](retention.md) has more.',
    ko: '로그의 오래된 달을 보관 파일로 옮깁니다. 보관할 개월 수를 설정하기 전에는 아무것도 옮기지 않으며, `scheduler`나 `all` 역할의 프로세스가 옮깁니다. 자세한 내용은 [보관 기간](retention.ko.md) 문서를 보세요.',
  },
  meanings: {
    RETENTION_KEEP_MONTHS: {
      en: 'Months that the log keeps beside the one that goes on. Not set: all.',
      ko: '로그에 남길, 이번 달 이전의 개월 수입니다. 설정하지 않으면 모두 남깁니다.',
    },
    RETENTION_ARCHIVE_DIR: {
      en: 'Folder of the archives, which must last and be backed up. Needed with `DATABASE_URL`; else `archive` in `DATA_DIR`.',
      ko: '보관 파일을 둘 폴더입니다. 지워지지 않고 백업되는 곳이어야 합니다. `DATABASE_URL`을 쓰면 반드시 설정해야 하며, 아니면 `DATA_DIR` 안의 `archive`입니다.',
      range: { en: 'a folder', ko: '폴더' },
    },
    RETENTION_EVERY_MS: {
      en: 'Time between two looks at whether a month is older than what is kept.',
      ko: '보관 기간이 지난 달이 있는지 살펴보는 간격입니다.',
      unit: 'ms',
    },
  },
} satisfies Section;
