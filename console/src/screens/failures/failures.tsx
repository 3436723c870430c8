import type { ReactElement } from 'react';
export function Failures(): ReactElement { return <main id="main"><h1>Failures</h1></main>; }
