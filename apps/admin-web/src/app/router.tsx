import { Center, Loader } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  useNavigate,
  useRouter,
  useRouterState,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeatureRoute } from '../shared/feature.js';
import { usePermission, useSessionState } from '../shared/session/use-session.js';
import { PageFault } from './error-boundary.js';
import { FEATURES } from './features.js';
import { loadFeatureWords } from './i18n.js';
import { Layout } from './layout/layout.js';
import { MissingPage, NotForYou } from './missing-page.js';

const SIGN_IN = '/sign-in';

/** Every value after `?` is a text: an identifier that looks like a number stays what it is. */
const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text));
const stringifySearch = (search: Record<string, unknown>) => {
  const texts = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(texts.map(([key, value]) => [key, String(value)])).toString();
  return query === '' ? '' : `?${query}`;
};

const Waiting = () => (
  <Center h="50vh">
    <Loader />
  </Center>
);

/**
 * To the sign-in page, with the address to come back to. A navigation while the first route still loads can be overtaken by that route:
 * whoever is still here when the router has come to rest is sent again.
 */
function ToSignIn() {
  const router = useRouter();
  const navigate = useNavigate();
  const [from] = useState(() => router.latestLocation.href);
  const resting = useRouterState({ select: ({ status }) => status === 'idle' });
  useEffect(() => {
    if (!resting && router.latestLocation.pathname === SIGN_IN) return;
    void navigate({ to: SIGN_IN, search: from === '/' ? {} : { next: from }, replace: true });
  }, [router, navigate, from, resting]);
  return <Waiting />;
}

/** The pages of signed-in people: others are sent to sign in and come back afterwards. */
function SignedIn() {
  const state = useSessionState();
  if (state.kind === 'unknown') return <Waiting />;
  if (state.kind === 'none') return <ToSignIn />;
  return (
    <Layout>
      <Outlet />
    </Layout>
  );
}

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedIn,
});

function pageOf(feature: string, route: FeatureRoute) {
  const Page = lazyRouteComponent(async () => {
    const [page] = await Promise.all([route.page(), loadFeatureWords()]);
    return page;
  });
  function Routed() {
    const { t } = useTranslation(feature);
    const allowed = usePermission(route.permission ?? 'read');
    const title = t(route.titleKey);
    useEffect(() => {
      document.title = `${title} · Waymark`;
    }, [title]);
    return allowed || route.permission === undefined ? <Page /> : <NotForYou permission={route.permission} />;
  }
  return Page.preload === undefined ? Routed : Object.assign(Routed, { preload: Page.preload });
}

const open = (path: string, page: () => Promise<{ default: () => ReactNode }>) =>
  createRoute({ getParentRoute: () => rootRoute, path, component: lazyRouteComponent(page) });

export function createConsoleRouter(queryClient: QueryClient) {
  const pages = FEATURES.flatMap((feature) =>
    feature.routes.map((route) =>
      createRoute({
        getParentRoute: () => signedInRoute,
        path: route.path,
        component: pageOf(feature.name, route),
      }),
    ),
  );
  const home = createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./home/home-page.js')),
  });
  return createRouter({
    routeTree: rootRoute.addChildren([
      open(SIGN_IN, () => import('./session/sign-in-page.js')),
      open('/welcome', () => import('./session/welcome-page.js')),
      signedInRoute.addChildren([home, ...pages]),
    ]),
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultPendingMs: 300,
    defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => <PageFault error={error} onReset={reset} />,
    scrollRestoration: true,
  });
}
