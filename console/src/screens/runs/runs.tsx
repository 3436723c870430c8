import type { ReactElement } from 'react';
export function Runs(): ReactElement { return <main id="main"><h1>Runs</h1></main>; }
