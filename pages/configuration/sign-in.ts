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
    OIDC_ISSUER: {
      en: 'Identity provider (OpenID Connect) at which people sign in. Needs the client, the roles and `CONSOLE_URL`.',
      ko: '로그인에 쓸 인증 서버(OpenID Connect)의 주소. 클라이언트와 권한, `CONSOLE_URL`이 필요합니다.',
      range: { en: '`https://…` (`http://` on this machine only)', ko: '`https://…` (`http://`는 이 기기에서만)' },
    },
    OIDC_CLIENT_ID: {
      en: 'Name of this service at the provider.',
      ko: '인증 서버에 등록된 이 서비스의 클라이언트 ID.',
      range: { en: 'a text', ko: '문자열' },
    },
    OIDC_CLIENT_SECRET: {
      en: 'Its secret there. Without one it is a public client, with PKCE alone.',
      ko: '클라이언트 비밀 값. 없으면 PKCE만 쓰는 공개 클라이언트입니다.',
      range: { en: 'a text', ko: '문자열' },
    },
    OIDC_SCOPES: {
      en: 'Scopes to ask for, with blanks between them.',
      ko: '요청할 스코프(공백으로 구분).',
      range: { en: 'a text with `openid`', ko: '`openid`를 포함한 문자열' },
    },
    OIDC_ROLES_CLAIM: {
      en: 'Claim with the groups or roles of a person: a name, or a path such as `realm_access.roles`. Read from the ID token, else from the userinfo endpoint.',
      ko: '사용자의 그룹이나 역할이 들어 있는 클레임. 이름이나 경로(예: `realm_access.roles`)를 적습니다. ID 토큰에 없으면 userinfo에서 읽습니다.',
      range: { en: 'a text', ko: '문자열' },
    },
    OIDC_ROLES: {
      en: 'Which value of the claim gives which role. Of several the highest counts; an account without any is refused.',
      ko: '클레임 값과 권한의 짝. 여러 개에 해당하면 가장 높은 권한을 쓰고, 하나도 없으면 거부합니다.',
      range: { en: '`value=role;value=role`', ko: '`value=role;value=role`' },
    },
    CONSOLE_APP_ORIGINS: {
      en: 'Origins of IBSafe’s app whose pages may hand over the token of a member of its staff. Needs `AUTH_IBSAFE_JWT_SECRET`.',
      ko: '직원의 토큰을 넘겨줄 수 있는 IBSafe 앱 페이지의 출처. `AUTH_IBSAFE_JWT_SECRET`이 필요합니다.',
      range: { en: '`https://…`, with commas between', ko: '`https://…`(쉼표로 구분)' },
    },
    SESSION_IDLE_MINUTES: {
      en: 'A session ends after so many minutes without a request.',
      ko: '요청이 이 시간(분) 동안 없으면 세션이 끝납니다.',
    },
    SESSION_HOURS: {
      en: 'A session ends after so many hours, however it is used.',
      ko: '사용 중이라도 이 시간(시간)이 지나면 세션이 끝납니다.',
    },
    SESSION_KEEP_DAYS: {
      en: 'Days for which a session is kept after its end: the actor, the time and the way of the sign-in.',
      ko: '세션이 끝난 뒤, 누가 언제 어떻게 로그인했는지를 보관하는 일수.',
    },
  },
} satisfies Section;
