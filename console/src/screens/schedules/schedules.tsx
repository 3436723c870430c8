import type { ReactElement } from 'react';
export function Schedules(): ReactElement { return <main id="main"><h1>Schedules</h1></main>; }
