import { useContext, useSyncExternalStore } from 'react';
import { onTime } from '../graphql/clock.js';
import { dayIn } from './days.js';
import { Zone } from './time.js';

/** Today by the service's clock, in the zone that times are shown in. What shows it is drawn anew when another day begins. */
export function useToday(): string {
  const zone = useContext(Zone);
  return useSyncExternalStore(onTime, () => dayIn(zone));
}
