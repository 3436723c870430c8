// Whether the api of this container can serve requests. The exit code is the answer.
const port = process.env.PORT ?? '4000';
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
