import type { ReactElement } from 'react';
export function Patient(): ReactElement { return <main id="main"><h1>Patient</h1></main>; }
