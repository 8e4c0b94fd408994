import type { Viewer } from '@waymark/provenance/visibility';
import type { RequestContext } from './request-context.js';

/** The caller as the rules of visibility see them: nobody in particular is a shopper. */
export function viewerOf({ caller }: RequestContext): Viewer {
  return caller.kind === 'anonymous' ? { kind: 'shopper' } : { kind: caller.role, account: caller.organisation };
}
