/** Who asks (issue "Visibility"). */
export type Viewer =
  | { readonly kind: 'shopper' }
  | { readonly kind: 'company'; readonly account: string }
  | { readonly kind: 'regulator'; readonly account: string };

export interface VisibilityQuestion {
  /** 1 public, 2 partners, 3 own. */
  readonly visibility: number;
  /** Accounts that signed this event: the first and every further witness. */
  readonly signers: readonly string[];
  /** Accounts that the event names (`party_named.account`). */
  readonly named: readonly string[];
  /** Does the event lie up- or downstream of something the viewer signed for? See `relatedEvents`. */
  readonly related: boolean;
}

/** `step`: place, time, step and signer only. */
export type Disclosure = 'full' | 'step' | 'none';
