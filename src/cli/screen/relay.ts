import type { Bar, BarState } from './bar.js';
import type { Screen } from './screen.js';

/** What one process tells another to show. */
export type ScreenMessage =
  | { readonly show: 'line'; readonly text: string }
  | { readonly show: 'bar'; readonly label: string }
  | { readonly show: 'state'; readonly state: BarState }
  | { readonly show: 'end' };

/** A screen in another process: sends what is to be shown. */
export function relayScreen(send: (message: ScreenMessage) => void): Screen {
  return {
    say: (text = '') => send({ show: 'line', text }),
    startBar(label) {
      send({ show: 'bar', label });
      return { update: (state) => send({ show: 'state', state }), end: () => send({ show: 'end' }) };
    },
  };
}

/** The other end: gives a function that shows on `screen` what arrives. */
export function showRelayed(screen: Screen): (message: ScreenMessage) => void {
  let bar: Bar | undefined;
  return (message) => {
    switch (message.show) {
      case 'line':
        return screen.say(message.text);
      case 'bar':
        bar = screen.startBar(message.label);
        return undefined;
      case 'state':
        return bar?.update(message.state);
      case 'end':
        return bar?.end();
    }
  };
}
