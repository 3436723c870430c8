import type { ReactElement } from 'react';
export function BackfillScreen(): ReactElement { return <main id="main"><h1>BackfillScreen</h1></main>; }
