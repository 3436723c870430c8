import type { ReactElement } from 'react';
export function ScheduleScreen(): ReactElement { return <main id="main"><h1>ScheduleScreen</h1></main>; }
