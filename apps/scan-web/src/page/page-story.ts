/** What the page says about an item, in both languages: the model between records and words. */
import type { StepKind } from '@waymark/provenance/trace';

/** A name in the languages the product speaks. */
export interface LocalName {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** Something that a step handled. */
export interface PageGoods {
  /** Canonical id. */
  readonly item: string;
  readonly name: LocalName | undefined;
  /** Short form of the id, without words. */
  readonly short: string;
  /** Exact decimal. */
  readonly quantity: string | undefined;
  readonly unit: string | undefined;
}

export interface PageStep {
  /** txId and body index: the record that this step tells. */
  readonly key: string;
  readonly kind: StepKind;
  /** Where goods come into being or change: a chapter of its own. */
  readonly milestone: boolean;
  readonly timeMs: number;
  /** EPCIS `eventTimeZoneOffset`; '' where the event has none. */
  readonly offset: string;
  readonly place: LocalName | undefined;
  readonly signer: LocalName;
  /** What went in, where something else came out. */
  readonly goodsIn: readonly PageGoods[];
  readonly goodsOut: readonly PageGoods[];
}

export interface PageRecall {
  readonly by: LocalName;
  readonly timeMs: number;
  readonly offset: string;
}

export interface PageStory {
  /** Canonical id. */
  readonly subject: string;
  readonly identity: {
    readonly gtin?: string;
    readonly lot?: string;
    readonly serial?: string;
    readonly sscc?: string;
  };
  readonly name: LocalName | undefined;
  readonly maker: LocalName | undefined;
  /** Names of the places where the goods first came from. */
  readonly origins: readonly LocalName[];
  /** Oldest first. */
  readonly steps: readonly PageStep[];
  /** Set while its state is that it was recalled: by whom, and when (docs/protocol/provenance.md, STATE). */
  readonly recall: PageRecall | undefined;
  /** Who else says that it was recalled, though it is not theirs to say. */
  readonly recallClaims: readonly LocalName[];
  /** How many organisations signed. */
  readonly organisations: number;
}
