import type { ReactElement } from 'react';
export function Trends(): ReactElement { return <main id="main"><h1>Trends</h1></main>; }
