import { asTyped } from '../../as-typed.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import { escapeHtml, plainPage, plainPageHeaders } from '../pages/page-shell.js';

/**
 * The headers of the sign-in page: it may send its form to this server. Under the usual policy, no referrer at all, browsers send
 * `origin: null` with a form, and it would be taken for one of another site.
 */
export const SIGN_IN_HEADERS = { ...plainPageHeaders({ 'form-action': ["'self'"] }), 'referrer-policy': 'same-origin' };

/** The page on which an admin shows a key. @param problem why the last try was refused */
export function signInPage(problem?: string): string {
  const refused = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>\n`;
  return plainPage(
    'Sign in · IBSafe Batch',
    `<h1>Job <span>dashboard</span></h1>
<p class="lead">For admins. Sign in with an API key (<code>ibk_…</code>) or a token whose role is admin.</p>
<p class="soft" lang="ko">관리자 전용입니다. 관리자 권한의 API 키 또는 토큰으로 로그인하세요.</p>
${refused}<form method="post" action="${DASHBOARD_PATH}/login">
<label for="token">API key or token</label>
<input id="token" name="token" type="password" autocomplete="current-password" spellcheck="false" maxlength="8192" required autofocus>
<button type="submit">Sign in <span lang="ko">로그인</span></button>
</form>
<p class="soft">A key is made with <code>${escapeHtml(asTyped('key create --name … --role admin'))}</code>. It is the same session as on the <a href="/console">console</a>: who is signed in there is signed in here.</p>`,
  );
}
