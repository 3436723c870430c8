import type { ReactElement } from 'react';

const PATHS = {
  night: 'M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5Z',
  runs: 'M4 6h16M4 12h16M4 18h10',
  failures: 'M12 4 2.8 19.5h18.4L12 4Zm0 5.5v4.5m0 2.6v.1',
  alerts: 'M6 16.500V11a6 6 0 1 1 12 0v5.500l1.500 1.500h-15L6 16.500Zm4 4.500h4',
  patient: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.8-3.6 3.8-5.5 7.5-5.5s6.700 1.900 7.500 5.500',
  review: 'M9 4h6v3H9zM9 5.500H6a1 1 0 0 0-1 1V20a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V6.500a1 1 0 0 0-1-1h-3M8.500 14l2.500 2.500 4.500-5',
  schedules: 'M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm-1 5h16M8.500 3.500v4m7-4v4',
  backfills: 'M4 12a8 8 0 1 0 2.600-5.900M4 4v4.500h4.500M12 8v4.500l3 1.800',
  trends: 'M4 19h16M6 15l4-5 4 3 5-7',
  system: 'M5 5h14v5H5zM5 14h14v5H5zM8 7.500h.1M8 16.500h.1',
  more: 'M5 12h.1M12 12h.1M19 12h.1',
  check: 'M5 12.500 10 17.500 19.500 7',
  cross: 'M6 6l12 12M18 6 6 18',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 4.500v15l12-7.500z',
  retry: 'M20 12a8 8 0 1 1-2.600-5.900M20 4v4.500h-4.500',
  minus: 'M6 12h12',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.500 2',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13Zm5-1.500L20 20',
  right: 'M9 5l7 7-7 7',
  left: 'M15 5l-7 7 7 7',
  plus: 'M12 5v14M5 12h14',
  link: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.500 12h17M12 3c2.500 2.600 3.500 5.600 3.500 9s-1 6.400-3.500 9c-2.500-2.600-3.500-5.600-3.500-9s1-6.400 3.500-9Z',
} as const;

/** Names of the icons. */
export type IconName = keyof typeof PATHS;

/** A line icon, beside words that say the same: it is hidden from screen readers. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): ReactElement {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
