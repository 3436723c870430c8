/** The stream is not at the version the append expected: another writer appended first. Load again and decide again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** A user already has an outcome in this run. */
export class DuplicateOutcome extends Error {
  override readonly name = 'DuplicateOutcome';
}

/** An event whose type or shape the codec does not know. The message names fields, never values. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}
