import type { ReactElement } from 'react';
export function FindPatient(): ReactElement { return <main id="main"><h1>FindPatient</h1></main>; }
