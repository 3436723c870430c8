/**
 * MongoDB's driver, for `await import` of this module: a service on PostgreSQL has no need of a driver that takes a fifth of a second to load. The driver itself is written for `require`: imported late
 * from a joined program it would have no names.
 */
export { MongoClient } from 'mongodb';
