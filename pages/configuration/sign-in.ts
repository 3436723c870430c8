import type { Section } from './meaning.js';

export const SIGN_IN = {
  title: { en: 'Signing in', ko: '로그인' },
  note: {
    en: 'For people with a browser: console, dashboard, playground. [Signing in](signing-in.md) has more.',
    ko: '콘솔과 대시보드, 플레이그라운드를 여는 사람을 위한 설정입니다. 자세한 내용은 [로그인](signing-in.ko.md) 문서를 보세요.',
  },
  meanings: {
    CONSOLE_URL: {
      en: 'Address of the service as browsers know it, without a path. With `https://` the session cookie is bound to this host.',
      ko: '브라우저에서 쓰는 서비스 주소(경로 없이). `https://`이면 세션 쿠키가 이 호스트에 묶입니다.',
      range: { en: '`https://…` (`http://` on this machine only)', ko: '`https://…` (`http://`는 이 기기에서만)' },
    },
    SESSION_IDLE_MINUTES: {
      en: 'A session ends after so many minutes without a request.',
      ko: '요청이 이 시간(분) 동안 없으면 세션이 끝납니다.',
    },
    SESSION_HOURS: {
      en: 'A session ends after so many hours, however it is used.',
      ko: '사용 중이라도 이 시간(시간)이 지나면 세션이 끝납니다.',
    },
  },
} satisfies Section;
