import { incidentStatuses } from '@plumbline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  stripSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { ingestStatusQuery, modelQuery, newestEventQuery } from './model-queries.ts';
import {
  audienceSearch,
  driftSearch,
  fairnessSearch,
  importSearch,
  performanceSearch,
  qualitySearch,
  quarantineSearch,
  slicesSearch,
  whySearch,
} from './page-search.ts';
import { parseSearch, stringifySearch } from './search-serialization.ts';
import { sessionQuery } from './session.ts';
import { PageError, PageNotFound } from './ui/page-error.tsx';
import { viewDefaults, viewSearch } from './view-search.ts';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  errorComponent: PageError,
  notFoundComponent: PageNotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({
    /** A path of this site. */
    return_to: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: z.object({ token: z.string().catch('').default('') }),
  component: lazyRouteComponent(() => import('./features/sign-in/set-up-page.tsx'), 'SetUpPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.fetchQuery(sessionQuery());
    if (session) return;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return_to: location.href } });
  },
  component: lazyRouteComponent(() => import('./features/shell/shell.tsx'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./features/home/home-page.tsx'), 'HomePage'),
});

const incidents = createRoute({
  getParentRoute: () => shell,
  path: '/incidents',
  validateSearch: z.object({ status: z.enum(incidentStatuses).catch('open').default('open') }),
  search: { middlewares: [stripSearchParams({ status: 'open' })] },
  component: lazyRouteComponent(() => import('./features/incidents/incidents-page.tsx'), 'IncidentsPage'),
});

const incident = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$id',
  component: lazyRouteComponent(() => import('./features/incidents/incident-page.tsx'), 'IncidentPage'),
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('./features/settings/keys-page.tsx'), 'KeysPage'),
});

const channels = createRoute({
  getParentRoute: () => shell,
  path: '/settings/channels',
  validateSearch: z.object({ channel: z.string().optional() }),
  component: lazyRouteComponent(() => import('./features/settings/channels-page.tsx'), 'ChannelsPage'),
});

const model = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model',
  validateSearch: viewSearch,
  search: { middlewares: [stripSearchParams(viewDefaults)] },
  loaderDeps: ({ search }) => ({ environment: search.environment }),
  loader: ({ context, params, deps }) =>
    Promise.all([
      context.queryClient.ensureQueryData(newestEventQuery(params.model, deps.environment)),
      context.queryClient.ensureQueryData(modelQuery(params.model)),
      context.queryClient.ensureQueryData(ingestStatusQuery(params.model)),
    ]),
  component: lazyRouteComponent(() => import('./features/model/model-layout.tsx'), 'ModelLayout'),
});

const overview = createRoute({
  getParentRoute: () => model,
  path: '/',
  component: lazyRouteComponent(() => import('./features/overview/overview-page.tsx'), 'OverviewPage'),
});

const drift = createRoute({
  getParentRoute: () => model,
  path: '/drift',
  validateSearch: driftSearch,
  component: lazyRouteComponent(() => import('./features/drift/drift-page.tsx'), 'DriftPage'),
});

const performance = createRoute({
  getParentRoute: () => model,
  path: '/performance',
  validateSearch: performanceSearch,
  component: lazyRouteComponent(
    () => import('./features/performance/performance-page.tsx'),
    'PerformancePage',
  ),
});

const quality = createRoute({
  getParentRoute: () => model,
  path: '/quality',
  validateSearch: qualitySearch,
  search: { middlewares: [stripSearchParams({ result: 'broken', metric: 'missing_rate' })] },
  component: lazyRouteComponent(() => import('./features/quality/quality-page.tsx'), 'QualityPage'),
});

const slices = createRoute({
  getParentRoute: () => model,
  path: '/slices',
  validateSearch: slicesSearch,
  component: lazyRouteComponent(() => import('./features/slices/slices-page.tsx'), 'SlicesPage'),
});

const fairness = createRoute({
  getParentRoute: () => model,
  path: '/fairness',
  validateSearch: fairnessSearch,
  component: lazyRouteComponent(() => import('./features/fairness/fairness-page.tsx'), 'FairnessPage'),
});

const why = createRoute({
  getParentRoute: () => model,
  path: '/why',
  validateSearch: whySearch,
  component: lazyRouteComponent(() => import('./features/root-cause/why-page.tsx'), 'WhyPage'),
});

const predictions = createRoute({
  getParentRoute: () => model,
  path: '/predictions',
  component: lazyRouteComponent(
    () => import('./features/predictions/predictions-page.tsx'),
    'PredictionsPage',
  ),
});

const prediction = createRoute({
  getParentRoute: () => model,
  path: '/predictions/$id',
  validateSearch: audienceSearch,
  search: { middlewares: [stripSearchParams({ audience: 'data_scientist' })] },
  component: lazyRouteComponent(() => import('./features/predictions/prediction-page.tsx'), 'PredictionPage'),
});

const monitors = createRoute({
  getParentRoute: () => model,
  path: '/monitors',
  component: lazyRouteComponent(() => import('./features/monitors/monitors-page.tsx'), 'MonitorsPage'),
});

const imports = createRoute({
  getParentRoute: () => model,
  path: '/imports',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('./features/imports/imports-page.tsx'), 'ImportsPage'),
});

const quarantine = createRoute({
  getParentRoute: () => model,
  path: '/quarantine',
  validateSearch: quarantineSearch,
  search: { middlewares: [stripSearchParams({ status: 'waiting' })] },
  component: lazyRouteComponent(() => import('./features/quarantine/quarantine-page.tsx'), 'QuarantinePage'),
});

const schema = createRoute({
  getParentRoute: () => model,
  path: '/schema',
  component: lazyRouteComponent(() => import('./features/schema/schema-page.tsx'), 'SchemaPage'),
});

/** Every page of the app. */
const routeTree = root.addChildren([
  signIn,
  setUp,
  shell.addChildren([
    home,
    incidents,
    incident,
    keys,
    channels,
    model.addChildren([
      overview,
      drift,
      performance,
      quality,
      slices,
      why,
      fairness,
      predictions,
      prediction,
      monitors,
      imports,
      quarantine,
      schema,
    ]),
  ]),
]);

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
