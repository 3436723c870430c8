/** Our style over Agendash's own: larger, of more contrast, dark where the reader's system is. Served as `readable.css`. */
export const READABLE_STYLE = `/* What is refused is not offered (job-orders.ts): new jobs, requeues, retries and deletes, and a pause of what is no schedule's job, which repeats. */
button.btn-success.btn-sm.w-100,
[title^='Requeue'],
[title^='Retry'],
[title^='Delete'],
tr:not(:has(.pill-own.bg-info)) .action-btn[title^='Pause'],
tr:not(:has(.pill-own.bg-info)) .action-btn[title^='Resume'] {
  display: none !important;
}

/* Agendash draws its icons with characters that need an emoji font, which servers and many Linux desktops lack: drawn here instead. */
.action-btn,
.logs-icon {
  font-size: 0 !important;
}
.action-btn::before,
.logs-icon::before {
  width: 18px;
  height: 18px;
  content: '';
  background: currentColor;
  mask: var(--drawing) center / contain no-repeat;
}
.logs-icon::before {
  display: inline-block;
  width: 13px;
  height: 13px;
  vertical-align: middle;
}
.action-btn[title^='Resume'] {
  --drawing: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath d='M6 3.5v13l10-6.5z'/%3E%3C/svg%3E");
}
.action-btn[title^='Pause'] {
  --drawing: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath d='M5 4h3.4v12H5zm6.6 0H15v12h-3.4z'/%3E%3C/svg%3E");
}
.action-btn[title^='Job Data'] {
  --drawing: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='none' stroke='%23000' stroke-width='1.8'%3E%3Cpath d='M1.5 10C4 5.8 7 4.5 10 4.5s6 1.3 8.5 5.5c-2.5 4.2-5.5 5.5-8.5 5.5s-6-1.3-8.5-5.5z'/%3E%3Ccircle cx='10' cy='10' r='2.6'/%3E%3C/svg%3E");
}
.logs-icon {
  --drawing: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='none' stroke='%23000' stroke-width='2' stroke-linecap='round'%3E%3Cpath d='M4 5h12M4 10h12M4 15h8'/%3E%3C/svg%3E");
}
/* Above "No jobs found" stands a magnifying glass, of the same kind. */
td > div > .mb-2[style*='2rem'] {
  display: none;
}

/* Names of schedules are what the page is for: whole, and broken between Korean words only. */
.job-list .job-name,
td.job-name {
  white-space: normal;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
td:nth-child(3).job-name {
  min-width: 12rem;
}
.pill-own,
td:last-child:has(.action-btn) {
  white-space: nowrap;
}
.table th,
.table td {
  padding: 0.5rem 0.4rem !important;
}
.navbar .text-success {
  color: #c9f2d4 !important;
}

/* The way home and out, in Agendash's own bar. */
.way-home {
  position: fixed;
  top: 0;
  right: 11rem;
  z-index: 1030;
  display: flex;
  gap: 1rem;
  align-items: center;
  height: 60px;
  font-size: 0.875rem;
  color: #dfe7f3;
}
.way-home a {
  color: #fff;
}
.way-home form {
  margin: 0;
}
.way-home button {
  padding: 0.2rem 0.6rem;
  font: inherit;
  color: #fff;
  background: none;
  border: 1px solid #ffffff80;
  border-radius: 4px;
}
.way-home button:hover,
.way-home button:focus-visible {
  background: #ffffff30;
}
@media (max-width: 767px) {
  .navbar .navbar-brand {
    font-size: 1.1rem;
  }
  .way-home {
    right: 4.5rem;
    gap: 0.6rem;
    height: 68px;
  }
  .way-home span {
    display: none;
  }
}
`;
