import type { Section } from './meaning.js';

export const OPERATIONS = {
  title: { en: 'GraphQL operations', ko: 'GraphQL 작업' },
  meanings: {
    BATCH_OPERATION_PRICE: {
      en: 'Values that the answer of one operation may hold. An operation above it is refused before it runs.',
      ko: '작업 하나의 응답이 담을 수 있는 값의 수. 넘는 작업은 실행하기 전에 거절합니다.',
    },
    BATCH_OPERATION_MS: {
      en: 'Longest time of a query or of one event of a subscription. Then it is stopped, with its statements.',
      ko: '조회 하나, 또는 구독 이벤트 하나에 허용하는 최대 시간. 지나면 조회와 그 문장을 멈춥니다.',
      unit: 'ms',
    },
    BATCH_OPERATIONS_PER_CALLER: {
      en: 'Operations of one caller that run at once. Further operations wait.',
      ko: '호출자 한 명이 동시에 실행하는 작업 수. 나머지는 차례를 기다립니다.',
    },
    BATCH_SUBSCRIPTIONS_PER_CALLER: {
      en: 'Subscriptions, and WebSockets, that one caller may have open.',
      ko: '호출자 한 명이 열어 둘 수 있는 구독 수와 WebSocket 수.',
    },
    BATCH_INTROSPECTION: {
      en: 'Whether clients may ask for the schema. The playground needs it. `auto` refuses it in production.',
      ko: '스키마 조회 허용 여부(플레이그라운드에 필요). `auto`이면 `production`에서만 닫습니다.',
    },
  },
} satisfies Section;

export const ACCESS = {
  title: { en: 'Access', ko: '인증과 권한' },
  note: {
    en: 'With nothing here, a service on a loopback address takes every caller on this machine for an admin, and a service on another address does not start.',
    ko: '아무것도 설정하지 않으면 루프백 주소의 서비스는 이 기기의 모든 호출자를 admin으로 보고, 다른 주소의 서비스는 시작하지 않습니다.',
  },
  meanings: {
    AUTH_JWT_SECRET: {
      en: 'Secret of tokens (HS256) made for this service.',
      ko: '이 서비스용 토큰(HS256)의 서명 비밀 값.',
      range: { en: 'at least 32 bytes', ko: '32바이트 이상' },
    },
    AUTH_JWKS_URL: {
      en: 'Public keys (JWKS) of an identity provider whose tokens (RS256, ES256, EdDSA) the service takes. Needs the next two.',
      ko: '토큰(RS256, ES256, EdDSA)을 발급하는 인증 서버의 공개 키(JWKS) 주소. 다음 두 값이 필요합니다.',
      range: { en: '`https://…`', ko: '`https://…`' },
    },
    AUTH_JWT_ISSUER: {
      en: 'The `iss` of such tokens. Optional with `AUTH_JWT_SECRET` alone.',
      ko: '토큰의 `iss` 값. `AUTH_JWT_SECRET`만 쓸 때는 생략할 수 있습니다.',
      range: { en: 'a text', ko: '문자열' },
    },
    AUTH_JWT_AUDIENCE: {
      en: "The `aud` of such tokens: this service's name at the provider. Optional with `AUTH_JWT_SECRET` alone.",
      ko: '토큰의 `aud` 값, 곧 인증 서버에 등록된 이 서비스의 이름. `AUTH_JWT_SECRET`만 쓸 때는 생략할 수 있습니다.',
      range: { en: 'a text', ko: '문자열' },
    },
    AUTH_ROLE_CLAIM: {
      en: 'Claim of such tokens that holds the role: `viewer`, `reviewer`, `operator` or `admin`.',
      ko: '권한(`viewer`, `reviewer`, `operator`, `admin`)이 들어 있는 클레임의 이름.',
      range: { en: 'a text', ko: '문자열' },
    },
    AUTH_IBSAFE_JWT_SECRET: {
      en: 'Secret with which IBSafe signs its access tokens (HS256). Its superusers are admins, its staff are operators.',
      ko: 'IBSafe가 액세스 토큰(HS256)에 서명하는 비밀 값. 슈퍼유저는 admin, 직원은 operator입니다.',
      range: { en: 'at least 32 bytes', ko: '32바이트 이상' },
    },
    AUTH_API_KEYS: {
      en: 'API keys, made with `ibsafe-batch key create`. `auto` takes them where a secret above or `AUTH_JWKS_URL` is set, `on` takes them alone, `off` refuses them.',
      ko: '`ibsafe-batch key create`로 만드는 API 키. `auto`는 위의 비밀 값이나 `AUTH_JWKS_URL`이 있을 때 받고, `on`은 API 키만으로도 인증하며, `off`는 받지 않습니다.',
    },
  },
} satisfies Section;
