import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink, Link } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

interface AppLinkProps extends Omit<AnchorProps, 'component'> {
  /** An address of the console; places like `$id` are filled from `params`. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
  readonly onClick?: () => void;
}

/** A link inside the console, in its own look. */
export function AppLink({ to, search, params, children, ...look }: AppLinkProps) {
  return (
    <Anchor
      {...look}
      renderRoot={(given: AnchorHTMLAttributes<HTMLAnchorElement>) => (
        <Link
          {...(given as object)}
          to={to}
          {...(search !== undefined && { search: search })}
          {...(params !== undefined && { params: params })}
        />
      )}
    >
      {children}
    </Anchor>
  );
}

/** For buttons, cards and entries that lead somewhere: an anchor without a look of its own. */
export const PlainLink = createLink(
  ({ ref, ...given }: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
    <a ref={ref} {...given} />
  ),
);
