import type { ReactElement } from 'react';
export function System(): ReactElement { return <main id="main"><h1>System</h1></main>; }
