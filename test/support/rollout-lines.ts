const NOWHERE = '00000000-0000-4000-8000-000000000000';
const WHY = ['--reason', '점검'] as const;

/** Command lines about rollouts, each of which finds what it speaks of; `{rollout}` is the one that was made last. */
export const ROLLOUT_LINES: readonly (readonly string[])[] = [
  ['rollout', 'list'],
  ['rollout', 'start', '--share', '5', '--seed', '김'],
  ['rollout', 'start', '--share', '5', '--program', 'sleep'],
  ['rollout', 'start', '--share', '5', '--least-users', '50', '--price', '2', '--against', 'rules', ...WHY],
  ['rollout', 'list'],
  ['rollout', 'show', '{rollout}'],
  ['rollout', 'show', NOWHERE],
  ['rollout', 'share', '{rollout}', '10', ...WHY],
  ['rollout', 'promote', '{rollout}'],
  ['rollout', 'stop', '{rollout}', ...WHY],
  ['rollout', 'stop', '{rollout}'],
  ['rollout', 'stop', NOWHERE],
];
