import type { ReactElement } from 'react';
export function RunScreen(): ReactElement { return <main id="main"><h1>RunScreen</h1></main>; }
