export { createIbsafeTables, createRecordIndexes } from './create-ibsafe-tables.js';
export { IBSAFE_TABLES, type IbsafeTable } from './table-definitions.js';
