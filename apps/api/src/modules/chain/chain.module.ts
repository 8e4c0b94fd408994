import { Module } from '@nestjs/common';
import { BlocksService } from './blocks.service.js';
import { ChainController } from './chain.controller.js';
import { ChainService } from './chain.service.js';
import { ReadableBodiesQuery } from './readable-bodies.query.js';

@Module({ controllers: [ChainController], providers: [ChainService, BlocksService, ReadableBodiesQuery] })
export class ChainModule {}
