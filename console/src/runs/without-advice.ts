/** How many of a night's patients were to have advice and have none: they failed, or no run that was not cancelled came to them. */
export function withoutAdviceIn(night: { readonly eligible: number; readonly generated: number; readonly existed: number }): number {
  return Math.max(0, night.eligible - night.generated - night.existed);
}
