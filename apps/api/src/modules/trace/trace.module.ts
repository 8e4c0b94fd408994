import { Module } from '@nestjs/common';
import { DigitalLinkController } from './digital-link.controller.js';
import { EvidenceService } from './evidence.service.js';
import { GraphQuery } from './graph.query.js';
import { ItemStatesQuery } from './item-states.query.js';
import { NamesQuery } from './names.query.js';
import { ProductQuery } from './product.query.js';
import { RecordsQuery } from './records.query.js';
import { StoryQuery } from './story.query.js';
import { TraceController } from './trace.controller.js';
import { TraceQuery } from './trace.query.js';
import { TraceSearchQuery } from './trace-search.query.js';

@Module({
  controllers: [TraceController, DigitalLinkController],
  providers: [
    TraceQuery,
    TraceSearchQuery,
    NamesQuery,
    ProductQuery,
    StoryQuery,
    EvidenceService,
    GraphQuery,
    ItemStatesQuery,
    RecordsQuery,
  ],
  exports: [
    ItemStatesQuery,
    TraceQuery,
    TraceSearchQuery,
    NamesQuery,
    StoryQuery,
    EvidenceService,
    GraphQuery,
    RecordsQuery,
  ],
})
export class TraceModule {}
