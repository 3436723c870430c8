import type { Cadence } from '../schedule/cadence.js';
import { slotsAfter } from './nominal-slots.js';

/** What daylight saving does to a slot: its time does not exist on that day, or exists twice. */
export const SLOT_NOTES = ['DST_GAP', 'DST_REPEATED'] as const;
export type SlotNoteCode = (typeof SLOT_NOTES)[number];

/** A remark for a preview. */
export interface SlotNote {
  readonly code: SlotNoteCode;
  /** The wall time that the cadence asks for, `YYYY-MM-DDTHH:mm`: with DST_GAP not what the clocks show when the slot is due. */
  readonly nominalTime: string;
}

/** The remarks on a slot of a cadence: DST_GAP (due at the first instant after the gap), DST_REPEATED (due at the first of two passes), or none. */
export function slotNotes(slot: Date, cadence: Cadence): readonly SlotNote[] {
  const next = slotsAfter(cadence, slot.getTime() - 1).next().value;
  if (next === undefined || next.at !== slot.getTime() || next.reading === 'PLAIN') return [];
  const nominalTime = new Date(next.wall).toISOString().slice(0, 16);
  return [{ code: next.reading === 'GAP' ? 'DST_GAP' : 'DST_REPEATED', nominalTime }];
}
