import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useEffect, useMemo } from 'react';
import { Provider } from 'urql';
import { useAccess } from './graphql/access.js';
import { createClients } from './graphql/client.js';
import { Orders } from './graphql/use-order.js';
import { withTexts } from './language/language.js';
import { router } from './router.js';

const SignIn = lazy(withTexts(async () => ({ default: (await import('./account/sign-in.js')).SignIn })));

/** The console: who asks, in which language, and the screen that the address names. */
export function App(): ReactElement {
  const access = useAccess();
  const clients = useMemo(() => createClients(), [access.round]);
  useEffect(() => () => clients.close(), [clients]);
  return (
    <I18nProvider i18n={i18n}>
      {!access.asked ? (
        <Provider value={clients.client}>
          <Orders value={clients.orders}>
            <RouterProvider router={router} />
          </Orders>
        </Provider>
      ) : (
        <Suspense>
          <SignIn wasIn={access.wasIn} />
        </Suspense>
      )}
    </I18nProvider>
  );
}
