import type { RecordedAdvice } from '../../domain/advice/points/explain.js';
import type { FallbackReason, GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { RecallCause } from '../../domain/recall/recall-cause.js';
import type { Mark } from '../../domain/review/mark-events.js';
import type { PointSwitch } from '../../domain/review/point-switch.js';
import type { Reviewed } from '../../domain/review/risk.js';
import type { RowKey } from '../../domain/review/row-key.js';
import type { Signature, StandingSignature } from '../../domain/signing/signature.js';

/** Marks, points and signatures as the views hold them, inside a transaction. */
export interface ReviewStore {
  saveMark(mark: Mark): Promise<void>;
  findMark(markId: string): Promise<Mark | undefined>;
  lockPoint(point: string): Promise<PointSwitch | undefined>;
  savePoint(point: PointSwitch): Promise<void>;
  /** Signatures of these rows, withdrawn ones too, by the rows. */
  lockSignatures(ids: readonly string[]): Promise<ReadonlyMap<string, Signature>>;
  saveSignature(signature: Signature): Promise<void>;
  /** Signatures that were not withdrawn. */
  signatures(): Promise<readonly StandingSignature[]>;
  /** Points that are off, as what is taken out of advice. */
  off(): Promise<readonly Extract<RecallCause, { kind: 'POINT' }>[]>;
}

/** Marks and signatures outside a transaction. */
export interface ReviewList {
  /** What rows that were marked showed, and which points a mark doubts. */
  reviewed(): Promise<Reviewed>;
  /** Signatures that were not withdrawn. */
  signatures(): Promise<readonly StandingSignature[]>;
}

/** An outcome with its row of advice, as a sample looks at it. */
export interface SampledRow {
  readonly key: RowKey;
  readonly userId: number;
  readonly interventionId: number;
  readonly program: ProgramName;
  readonly recordDate: string;
  readonly generator: GeneratorName;
  readonly fallbackReason: FallbackReason | null;
  readonly hasViolations: boolean;
  readonly promptVersion: string | null;
  /** Null for a row that records no points. */
  readonly advice: RecordedAdvice | null;
  readonly dietTarget: unknown;
  /** Allergies and restrictions that the row was made with. */
  readonly restrictions: number;
}

/** Versions with which the advice of a night was made. */
export interface NightVersions {
  readonly program: ProgramName;
  readonly recordDate: string;
  readonly vocabulary: string | null;
  readonly promptVersion: string | null;
}

/** What a sample is chosen from. */
export interface SampleGround {
  /** Rows of the last nights that have no mark yet. */
  readonly rows: readonly SampledRow[];
  /** Of nights before them, and of themselves. */
  readonly versions: readonly NightVersions[];
}

/** Rows of the last nights. */
export interface SampledAdvice {
  /** A bounded part of them, the same for the same log: by chance, and besides those in which another generator stood in or the safety gate found something. */
  ground(): Promise<SampleGround>;
  /** One row; undefined where its outcome or its advice is not there any more, or where its person was erased. */
  row(key: RowKey): Promise<SampledRow | undefined>;
}
