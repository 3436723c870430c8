export { createIbsafeTables, createRecordIndexes, RECORD_INDEX } from './create-ibsafe-tables.js';
export { IBSAFE_TABLES, type IbsafeTable } from './table-definitions.js';
