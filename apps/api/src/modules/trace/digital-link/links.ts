/** Link types of the GS1 Web Vocabulary that every item has here. */
export const LINK_TYPES = [
  'gs1:defaultLink',
  'gs1:pip',
  'gs1:traceability',
  'gs1:epcis',
  'gs1:certificationInfo',
] as const;
export type LinkType = (typeof LINK_TYPES)[number];

interface Target {
  readonly href: string;
  readonly type: string;
  readonly title: string;
  readonly hreflang?: readonly string[];
  readonly 'title*'?: readonly { readonly value: string; readonly language: string }[];
}

export interface ItemLinks {
  readonly anchor: string;
  readonly targets: Readonly<Record<LinkType, Target>>;
  /** Value of the `Link` header. */
  readonly header: string;
  target(type: LinkType): string;
}

export interface LinkBases {
  /** Path of the Digital Link as asked for, without a trailing slash. */
  readonly path: string;
  /** Query string as asked for; passed on. */
  readonly search: string;
  /** Canonical id. */
  readonly id: string;
  readonly apiUrl: string;
  readonly scanUrl: string;
}

const titles = (en: string, zh: string) => ({
  title: en,
  'title*': [
    { value: en, language: 'en' },
    { value: zh, language: 'zh-CN' },
  ],
});

/** Where the links of an item lead. */
export function linksOf({ path, search, id, apiUrl, scanUrl }: LinkBases): ItemLinks {
  const parameters = new URLSearchParams(search);
  parameters.delete('linkType');
  const passedOn = parameters.size === 0 ? '' : `?${parameters.toString()}`;
  const query = `?id=${encodeURIComponent(id)}`;
  const page: Target = {
    href: `${scanUrl}${path}${passedOn}`,
    type: 'text/html',
    hreflang: ['en', 'zh-CN'],
    ...titles('Where it comes from', '它从哪里来'),
  };
  const targets: Record<LinkType, Target> = {
    'gs1:defaultLink': page,
    'gs1:pip': page,
    'gs1:traceability': {
      href: `${apiUrl}/trace${query}`,
      type: 'application/json',
      ...titles('Trace, both ways', '双向追溯'),
    },
    'gs1:epcis': {
      href: `${apiUrl}/epcis/events?MATCH_anyEPC=${encodeURIComponent(id)}`,
      type: 'application/ld+json',
      ...titles('Events as captured', '采集的原始事件'),
    },
    'gs1:certificationInfo': {
      href: `${apiUrl}/evidence${query}`,
      type: 'application/vnd.waymark.evidence+json',
      ...titles('Evidence to check offline', '可离线核验的证据'),
    },
  };
  return {
    anchor: id,
    targets,
    header: `<${apiUrl}${path}?linkType=linkset>; rel="linkset"; type="application/linkset+json", <${id}>; rel="canonical"`,
    target: (type) => targets[type].href,
  };
}

/** RFC 9264 linkset in JSON; link types as the URIs of the GS1 Web Vocabulary. */
export function linkset({ anchor, targets }: ItemLinks): object {
  const links = Object.fromEntries(
    LINK_TYPES.map((type) => [type.replace('gs1:', 'https://gs1.org/voc/'), [targets[type]]]),
  );
  return { linkset: [{ anchor, ...links }] };
}

/** `/.well-known/gs1resolver` (GS1-Conformant resolver standard 1.1, section 6). */
export function resolverDescription(apiUrl: string, keys: readonly string[]): object {
  return {
    name: 'Waymark resolver',
    resolverRoot: apiUrl,
    supportedPrimaryKeys: keys,
    supportedLinkType: [
      { namespace: 'https://gs1.org/voc/', prefix: 'gs1:', linkTypes: LINK_TYPES.map((type) => type.slice(4)) },
    ],
    linkTypeDefaultCanBeLinkset: false,
    supportedContextValuesEnumerated: [],
    mediaTypes: ['text/html', 'application/ld+json', 'application/linkset+json'],
  };
}
