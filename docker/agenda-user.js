// Run once by the image, on a new volume: the service's own user, who may read and write Agenda's jobs and nothing else.
/* global db, process */
db.getSiblingDB('agenda').createUser({
  user: 'agenda',
  pwd: process.env.AGENDA_PASSWORD,
  roles: [{ role: 'readWrite', db: 'agenda' }],
});
