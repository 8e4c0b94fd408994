import { Module } from '@nestjs/common';
import { TraceModule } from '../trace/trace.module.js';
import { ItemRecordsQuery } from './item-records.query.js';
import { RangeEvidence } from './range-evidence.js';
import { RegulatorController } from './regulator.controller.js';
import { RegulatorEventsQuery } from './regulator-events.query.js';

@Module({
  imports: [TraceModule],
  controllers: [RegulatorController],
  providers: [RegulatorEventsQuery, ItemRecordsQuery, RangeEvidence],
})
export class RegulatorModule {}
