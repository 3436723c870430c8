export { loadDemo, type DemoOptions, type DemoSummary } from './load-demo.js';
export { readDemoMark, type DemoMark } from './demo-mark.js';
export { DemoRefused, type DemoRefusal } from './demo-refused.js';
export type { DemoFood } from './demo-food.js';
export { demoFoodsOf } from './demo-foods.js';
export { demoPlan, type DemoParameters, type DemoPlan } from './demo-plan.js';
export { demoUser, type DemoUser } from './demo-user.js';
