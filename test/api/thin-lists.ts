/** Lists that hold too few items here to prove much, and why: their statements are counted all the same. */
export const THIN: readonly (readonly [why: string, lists: Readonly<Record<string, string>>])[] = [
  [
    'values of one row, which are read with it',
    {
      CalendarSlot: 'notes',
      Chunk: 'reasons',
      DifferentJob: 'fields',
      Night: 'failures fallbacks skipReasons',
      Outcome: 'skipReasons violations',
      PersonsToErase: 'userIds',
      RetrySelection: 'outcomes reasons',
      Run: 'userIds',
      RunReport: 'reasons',
      Schedule: 'skippedSlots',
      ScheduleInvalid: 'problems',
      ShadowReport: 'byField',
      TimelineDay: 'skipReasons',
      UpcomingSlot: 'notes',
      Usage: 'byGenerator',
    },
  ],
  ['computed from what was asked, without a statement', { Schedule: 'nextSlots', SchedulePreview: 'slots' }],
  [
    'few in every installation: channels, programs, roles, processes, points that are off, months of the log, codes of failures',
    {
      ErasurePreview: 'monthsNotCovered texts',
      Patient: 'programs',
      Query: 'alertChannels failures pointSwitches',
      Retention: 'letGo months',
      ScheduleDrift: 'different',
      SigningProgress: 'counts',
      SystemStatus: 'workers',
      TimelineDay: 'interventions',
      Worker: 'chunks',
    },
  ],
  [
    'of something that is named by an id or an input which stands for nothing here',
    { Recall: 'runs', RecallPreview: 'groups', RecalledRowConnection: 'edges nodes', RolloutReport: 'nights' },
  ],
  ['of a service that knows its callers: here is none who signs in', { SessionConnection: 'edges nodes' }],
];
