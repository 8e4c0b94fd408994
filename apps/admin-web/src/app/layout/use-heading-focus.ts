import { useEffect, useRef, type RefObject } from 'react';

/** How long a page may take to bring its heading. */
const WAIT_MS = 10_000;

/**
 * After navigation the focus goes to the new page's heading, so that screen readers say where one is and Tab goes on from there. A page may
 * be a while in coming: meanwhile the focus rests on `main`; whoever moves it keeps it. The first page leaves it where the browser put it.
 * `address`: of the page that is shown, not of the one that is being loaded; undefined until there is one.
 */
export function useHeadingFocus(main: RefObject<HTMLElement | null>, address: string | undefined): void {
  const shown = useRef<string>(undefined);
  useEffect(() => {
    const frame = main.current;
    const before = shown.current;
    shown.current = address;
    if (before === undefined || before === address || frame === null) return undefined;
    if (!frame.contains(document.activeElement) || document.activeElement === frame.querySelector('h1'))
      frame.focus({ preventScroll: true });
    const toHeading = (): boolean => {
      const heading = frame.querySelector('h1');
      if (heading === null) return false;
      if (document.activeElement === frame || document.activeElement === document.body) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return true;
    };
    if (toHeading()) return undefined;
    const watch = new MutationObserver(() => {
      if (toHeading()) watch.disconnect();
    });
    watch.observe(frame, { childList: true, subtree: true });
    const end = setTimeout(() => watch.disconnect(), WAIT_MS);
    return () => {
      watch.disconnect();
      clearTimeout(end);
    };
  }, [main, address]);
}
