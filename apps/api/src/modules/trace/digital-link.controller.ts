import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { DigitalLink } from '@waymark/epcis/gs1';
import type { Viewer } from '@waymark/provenance/visibility';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { OpenToAll } from '../../platform/auth/permission.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { describeItem, describeProduct } from './digital-link/item-description.js';
import { type ItemLinks, linksOf, linkset, resolverDescription } from './digital-link/links.js';
import { readDigitalLink, wantedAnswer } from './digital-link/wanted-answer.js';
import { ProductQuery } from './product.query.js';
import { TraceQuery } from './trace.query.js';

/** The GS1 keys whose Digital Links are resolved here. */
const KEYS = ['01', '00', '414', '417', '8006'] as const;

@ApiTags('Digital Link')
@Controller()
export class DigitalLinkController {
  constructor(
    private readonly traces: TraceQuery,
    private readonly products: ProductQuery,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(KEYS.map((key) => `${key}/*`))
  @OpenToAll()
  @ApiOperation({
    summary: 'Resolve a GS1 Digital Link',
    description:
      'For a browser: 307 to the page that tells the story. For a program: JSON-LD with the trace (`Accept: application/ld+json`) or an RFC 9264 linkset (`Accept: application/linkset+json` or `?linkType=linkset`). Qualifiers stand in the order of the standard: 01, 22, 10, 21.',
  })
  @ApiParam({ name: '*', example: '09521005001010/21/C0001' })
  @ApiQuery({ name: 'linkType', required: false, example: 'linkset' })
  @ApiResponse({
    status: 200,
    content: {
      'application/ld+json': { schema: { type: 'object' } },
      'application/linkset+json': { schema: { type: 'object' } },
    },
  })
  @ApiResponse({
    status: 307,
    description: 'To the target of the default link, or of the link type asked for',
    headers: { Location: { schema: { type: 'string' } } },
  })
  @ApiResponse(problemAnswer(400, 'No valid Digital Link: syntax, order of qualifiers, check digit'))
  @ApiResponse(problemAnswer(404, 'No such item that you may see, or no such link type'))
  @ApiResponse(problemAnswer(406, 'None of the forms that you accept'))
  async resolve(
    @Context() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const [path = '/', search = ''] = request.url.split('?');
    const link = readDigitalLink(path);
    const wanted = wantedAnswer(search, request.headers.accept);
    const description = await this.describer(link, viewerOf(context));
    const links = linksOf({
      path: path.replace(/\/+$/, ''),
      search,
      id: link.canonical,
      apiUrl: this.apiUrl(request),
      scanUrl: this.config.scanBaseUrl,
    });
    void reply.headers({ link: links.header, vary: 'Accept, Authorization', 'cache-control': 'no-cache' });
    switch (wanted.form) {
      case 'redirect':
        void reply.status(307).header('location', links.target(wanted.linkType));
        return undefined;
      case 'linkset':
        void reply.header('content-type', 'application/linkset+json');
        return JSON.stringify(linkset(links));
      case 'description':
        void reply.header('content-type', 'application/ld+json');
        return JSON.stringify(description(links));
    }
  }

  @Get('.well-known/gs1resolver')
  @OpenToAll()
  @ApiOperation({ summary: 'What this resolver resolves', description: 'GS1-Conformant resolver description file.' })
  @ApiResponse({ status: 200, schema: { type: 'object' } })
  describe(@Req() request: FastifyRequest): object {
    return resolverDescription(this.apiUrl(request), KEYS);
  }

  /** Throws 404 when nothing of the item may be seen. A GTIN alone is a product: its lots and units that may be seen are listed. */
  private async describer(link: DigitalLink, viewer: Viewer): Promise<(links: ItemLinks) => object> {
    if (link.gtin !== undefined && link.canonical.endsWith(`/01/${link.gtin}`)) {
      const product = await this.products.product(link.gtin, viewer);
      return (links) => describeProduct(product, links);
    }
    const trace = await this.traces.trace(link.canonical, 'both', viewer);
    return (links) => describeItem(link, trace, links);
  }

  private apiUrl(request: FastifyRequest): string {
    return this.config.publicBaseUrl ?? `${request.protocol}://${request.host}`;
  }
}
