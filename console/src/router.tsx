import { createRootRoute, createRoute, createRouter, type ErrorRouteComponent, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from './language/language.js';
import { LastNight } from './screens/last-night/last-night.js';
import { readPatientSearch } from './screens/patient/patient-search.js';
import { readChosen } from './screens/run/chosen.js';
import { readRunsSearch } from './screens/runs/runs-search.js';
import { readTrendsSearch } from './screens/trends/trends-search.js';
import { NotFound, ScreenBroke } from './shell/problem-screens.js';
import { Shell } from './shell/shell.js';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ScreenBroke as ErrorRouteComponent,
});
const getParentRoute = () => root;

const routes = [
  createRoute({ getParentRoute, path: '/', component: LastNight }),
  createRoute({
    getParentRoute,
    path: '/runs',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/runs/runs.js')),
      'Runs',
    ),
    validateSearch: readRunsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$runId',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/run/run.js')),
      'RunScreen',
    ),
    validateSearch: readChosen,
  }),
  createRoute({
    getParentRoute,
    path: '/failures',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/failures/failures.js')),
      'Failures',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/alerts',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/alerts/alerts.js')),
      'Alerts',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/patients',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/patient/find-patient.js')),
      'FindPatient',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/patients/$userId',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/patient/patient.js')),
      'Patient',
    ),
    validateSearch: readPatientSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/review',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/review/review.js')),
      'Review',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/review/signing',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/review/signing.js')),
      'Signing',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/schedules',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/schedules/schedules.js')),
      'Schedules',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/schedules/$id',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/schedules/schedule.js')),
      'ScheduleScreen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/backfills',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/backfills/backfills.js')),
      'Backfills',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/backfills/$id',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/backfills/backfill.js')),
      'BackfillScreen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/trends',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/trends/trends.js')),
      'Trends',
    ),
    validateSearch: readTrendsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/system',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/system/system.js')),
      'System',
    ),
  }),
] as const;

/** The screens by their addresses. A patient’s address holds the id alone. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  // A screen of another patient, run or schedule begins anew: nothing that was read, typed or chosen of one is shown beside another.
  defaultRemountDeps: ({ params }) => params,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
