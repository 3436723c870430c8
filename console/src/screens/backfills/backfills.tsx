import type { ReactElement } from 'react';
export function Backfills(): ReactElement { return <main id="main"><h1>Backfills</h1></main>; }
