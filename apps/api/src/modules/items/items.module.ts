import { Module } from '@nestjs/common';
import { ProvenanceModule } from '../provenance/provenance.module.js';
import { TraceModule } from '../trace/trace.module.js';
import { ChainSearchService } from './chain-search.service.js';
import { ExportQuery } from './export.query.js';
import { ItemQuery } from './item.query.js';
import { ItemSightsQuery } from './item-sights.query.js';
import { ItemsController } from './items.controller.js';
import { ItemsQuery } from './items.query.js';
import { PendingCaptures } from './pending-captures.js';
import { SearchQuery } from './search.query.js';
import { VisibilityService } from './visibility.service.js';

@Module({
  imports: [ProvenanceModule, TraceModule],
  controllers: [ItemsController],
  providers: [
    ItemsQuery,
    ItemSightsQuery,
    ItemQuery,
    PendingCaptures,
    SearchQuery,
    ChainSearchService,
    ExportQuery,
    VisibilityService,
  ],
})
export class ItemsModule {}
