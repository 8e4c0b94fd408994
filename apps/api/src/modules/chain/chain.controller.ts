import { Controller, Get, Header, Inject, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { OpenToAll } from '../../platform/auth/permission.js';
import { ChainService, type ChainStatus } from './chain.service.js';

@ApiTags('Chain')
@Controller('chain')
export class ChainController {
  constructor(
    private readonly service: ChainService,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
  ) {}

  @Get('status')
  @OpenToAll()
  @ApiOperation({
    summary: 'Where the chain and this API are',
    description: 'Final heights as the nodes report them, and how far this API has verified and shown.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      example: {
        chainId: 'waymark-demo',
        genesisHash: '9f...',
        trustFingerprint: '3F2A-91C4-77B0-12DE',
        projectedHeight: 42,
        nodes: [{ name: 'regulator', finalHeight: 42, answers: true }],
      },
    },
  })
  status(): Promise<ChainStatus> {
    return this.service.status();
  }

  @Get('genesis')
  @OpenToAll()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({
    summary: 'The genesis file',
    description: 'Its SHA-256 is the genesis hash. Compare it with a copy you got another way.',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  genesis(): StreamableFile {
    return new StreamableFile(this.chain.genesisBytes, { type: 'application/json' });
  }
}
