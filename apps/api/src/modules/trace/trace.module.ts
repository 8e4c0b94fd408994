import { Module } from '@nestjs/common';
import { DigitalLinkController } from './digital-link.controller.js';
import { EvidenceService } from './evidence.service.js';
import { NamesQuery } from './names.query.js';
import { ProductQuery } from './product.query.js';
import { StoryQuery } from './story.query.js';
import { TraceController } from './trace.controller.js';
import { TraceQuery } from './trace.query.js';
import { TraceSearchQuery } from './trace-search.query.js';

@Module({
  controllers: [TraceController, DigitalLinkController],
  providers: [TraceQuery, TraceSearchQuery, NamesQuery, ProductQuery, StoryQuery, EvidenceService],
  exports: [NamesQuery, StoryQuery, EvidenceService],
})
export class TraceModule {}
