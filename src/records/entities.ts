import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { isAdvice } from './advice-sql.js';
import { IBSAFE } from './ibsafe-names.js';

/** IBSafe's accounts: only what the batch may show of them. */
export const AuthUser = defineEntity({
  name: 'AuthUser',
  tableName: IBSAFE.users,
  properties: { id: p.integer().primary(), isActive: p.boolean(), isStaff: p.boolean(), dateJoined: p.datetime() },
});

/** IBSafe's interventions. */
export const Intervention = defineEntity({
  name: 'Intervention',
  tableName: IBSAFE.interventions,
  properties: {
    id: p.bigint('number').primary(),
    userId: p.integer(),
    recordDate: p.date(),
    targetDate: p.date(),
    gubun: p.string(),
    dietEvaluation: p.text(),
    dietTarget: p.json<unknown>().nullable(),
    foodEvaluation: p.text().nullable(),
    inputFodmapCount: p.json<unknown>().nullable(),
    sleepEvaluation: p.text().nullable(),
    sleepTarget: p.double().$type<number>().nullable(),
    exerciseEvaluation: p.text(),
    exerciseTarget: p.integer().nullable(),
    processingTime: p.double(),
    inputAllergies: p.json<unknown>().nullable(),
    inputRestrictions: p.json<unknown>().nullable(),
    inputRecent3days: p.json<unknown>().fieldName('input_recent_3days').nullable(),
    inputWeekStep: p.json<unknown>().nullable(),
    inputTodayDiet: p.json<unknown>().nullable(),
    inputOllamaModel: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    isAdvice: p.boolean().formula((_, table) => isAdvice(table.alias)),
  },
});

/** A row of `ibsafe_interventionrecord`. Dates are `YYYY-MM-DD` texts. */
export type InterventionRecord = InferEntity<typeof Intervention>;
