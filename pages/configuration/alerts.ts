import type { Section } from './meaning.js';

export const ALERTS = {
  title: { en: 'Alerts', ko: '알림' },
  note: {
    en: 'Messages about a night that went wrong. Nothing is sent until a channel is set, on processes with the role `scheduler` or `all`. [Alerts](alerts.md) has more.',
    ko: '밤 배치가 잘못되면 누구에게 알릴지 정합니다. 채널을 설정하기 전에는 아무것도 보내지 않으며, `scheduler`나 `all` 역할의 프로세스가 보냅니다. 자세한 내용은 [알림](alerts.ko.md) 문서를 보세요.',
  },
  meanings: {
    ALERT_WEBHOOK_URL: {
      en: 'Alerts are posted to this URL.',
      ko: '알림을 POST로 보낼 URL입니다.',
      range: { en: '`https://…` (`http://` on this machine only)', ko: '`https://…` (`http://`는 이 기기에서만)' },
    },
    ALERT_WEBHOOK_SECRET: {
      en: 'Signs each message to the webhook (HMAC-SHA256).',
      ko: '웹훅으로 보내는 메시지를 서명합니다(HMAC-SHA256).',
      range: { en: 'at least 32 bytes', ko: '32바이트 이상' },
    },
    ALERT_WEBHOOK_FORMAT: {
      en: 'Form of the message: our own JSON, or what a chat takes.',
      ko: '메시지 형식. 서비스 고유의 JSON 또는 메신저가 받는 형식입니다.',
    },
    ALERT_SMTP_URL: {
      en: 'Mail server. With a password, `smtp://` needs STARTTLS.',
      ko: '메일 서버. 비밀번호가 있으면 `smtp://`는 STARTTLS를 요구합니다.',
      range: { en: '`smtps://…` or `smtp://…`', ko: '`smtps://…` 또는 `smtp://…`' },
    },
    ALERT_EMAIL_FROM: {
      en: 'Sender of mails.',
      ko: '메일을 보내는 주소입니다.',
      range: { en: 'an address', ko: '메일 주소' },
    },
    ALERT_EMAIL_TO: {
      en: 'Receivers of mails.',
      ko: '메일을 받는 주소입니다.',
      range: { en: 'addresses with commas', ko: '쉼표로 구분한 주소' },
    },
    ALERT_LANGUAGE: {
      en: 'Language of messages. Not set: `ADVICE_LANGUAGE`.',
      ko: '메시지의 언어입니다. 설정하지 않으면 `ADVICE_LANGUAGE`를 따릅니다.',
    },
    ALERT_FAILURES_PERCENT: {
      en: 'A run that completes with a greater share of failed users is told of; 100: never.',
      ko: '실패한 사용자의 비율이 이보다 높은 채로 끝난 실행을 알립니다. 100이면 알리지 않습니다.',
      unit: '%',
    },
    ALERT_READY_PERCENT: {
      en: 'Share of eligible users with advice at the ready-by time, below which an alert is sent.',
      ko: '준비 시각에 권고를 받은 대상 사용자의 비율이 이보다 낮으면 알립니다.',
      unit: '%',
    },
    ALERT_PATIENCE_MS: {
      en: 'How long a store or model must be away before it is told of, and how long anything must be over before that is told.',
      ko: '저장소나 모델이 이 시간 동안 응답하지 않아야 알립니다. 끝났다는 알림도 끝난 뒤 이 시간이 지나야 보냅니다.',
      unit: 'ms',
    },
    ALERT_TIMEOUT_MS: {
      en: 'How long a step of sending a message may take: a webhook has one, a mail up to six.',
      ko: '메시지를 보낼 때 한 단계에 걸릴 수 있는 최대 시간입니다. 웹훅은 한 단계이고 이메일은 최대 여섯 단계입니다.',
      unit: 'ms',
    },
    ALERT_DEAD_MAN_URL: {
      en: "A dead man's switch: posted to while the night is well, so that a watch outside alarms when it hears nothing ([monitoring](monitoring.md#a-dead-mans-switch)).",
      ko: '데드맨 스위치. 밤 배치가 정상인 동안 POST를 보내며, 소식이 끊기면 외부 감시 서비스가 알립니다([모니터링](monitoring.ko.md#데드맨-스위치)).',
      range: { en: '`https://…` (`http://` on this machine only)', ko: '`https://…` (`http://`는 이 기기에서만)' },
    },
    ALERT_DEAD_MAN_MS: {
      en: 'Time between two posts to it, of all processes together. Let the watch wait for three.',
      ko: '모든 프로세스를 합쳐 두 번의 전송 사이 시간. 외부 감시는 세 번까지 기다리게 하세요.',
      unit: 'ms',
    },
  },
} satisfies Section;
