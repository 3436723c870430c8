import { createRootRoute, createRoute, createRouter, type ErrorRouteComponent, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { withTexts } from './language/language.js';
import { isPatientNumber } from './parts/patient-number.js';
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

/** A search that holds what its reader takes and nothing else: the router lays it over all that stood in the address, so that the rest has to be taken out by name. */
const only =
  <Search extends object>(read: (search: Record<string, unknown>) => Search) =>
  (search: Record<string, unknown>): Search => ({
    ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])),
    ...read(search),
  });

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** No page stands at what cannot be an id, and the service is not asked for it. */
const named =
  <Param extends string>(param: Param, isOne: (text: string) => boolean = (text) => ID.test(text)) =>
  ({ params }: { readonly params: Readonly<Record<Param, string>> }): void => {
    if (!isOne(params[param])) throw notFound();
  };

const routes = [
  createRoute({ getParentRoute, path: '/', component: LastNight }),
  createRoute({
    getParentRoute,
    path: '/runs',
    component: lazyRouteComponent(
      withTexts(() => import('./screens/runs/runs.js')),
      'Runs',
    ),
    validateSearch: only(readRunsSearch),
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$runId',
    beforeLoad: named('runId'),
    component: lazyRouteComponent(
      withTexts(() => import('./screens/run/run.js')),
      'RunScreen',
    ),
    validateSearch: only(readChosen),
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
    beforeLoad: named('userId', isPatientNumber),
    component: lazyRouteComponent(
      withTexts(() => import('./screens/patient/patient.js')),
      'Patient',
    ),
    validateSearch: only(readPatientSearch),
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
    beforeLoad: named('id'),
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
    beforeLoad: named('id'),
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
    validateSearch: only(readTrendsSearch),
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
  // Within the shell, whose navigation leads on.
  defaultErrorComponent: ScreenBroke as ErrorRouteComponent,
  defaultNotFoundComponent: NotFound,
  // A screen of another patient, run or schedule begins anew: nothing that was read, typed or chosen of one is shown beside another.
  defaultRemountDeps: ({ params }) => params,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
