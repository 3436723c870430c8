/** What the doctor can say of retention and its archives, each sentence with its places. */
export const RETENTION_PLACES = {
  RETENTION_OFF: ['letGo'],
  RETENTION_ON: ['keep', 'letGo'],
  ARCHIVES_AWAY: ['retention', 'away', 'folder'],
  ARCHIVE_FOLDER_NONE: ['retention'],
  NAME_ARCHIVE_FOLDER: [],
  ARCHIVE_FOLDER_UNWRITABLE: ['retention', 'folder', 'fault'],
  ARCHIVE_FOLDER_NOT_OF_SERVICE: ['retention', 'folder', 'user'],
  ARCHIVE_FOLDER_ROOT_ALONE: ['retention', 'folder'],
  GIVE_FOLDER_TO_SERVICE: [],
  ARCHIVE_DISK_FULL: ['retention', 'mib', 'folder'],
  FREE_ARCHIVE_DISK: [],
  LET_FOLDER_BE_WRITTEN: [],
  ARCHIVE_CHANGED: ['retention', 'file', 'bytes', 'expected'],
  VERIFY_ARCHIVE: ['command'],
} as const;
