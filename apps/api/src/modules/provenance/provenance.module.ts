import { Module } from '@nestjs/common';
import { TraceModule } from '../trace/trace.module.js';
import { CaptureCheckController } from './capture-check.controller.js';
import { CaptureCheckService } from './capture-check.service.js';
import { CaptureController } from './capture.controller.js';
import { CaptureJobEventsController } from './capture-job-events.controller.js';
import { CaptureJobEvents } from './capture-job-events.js';
import { CaptureJobsQuery } from './capture-jobs.query.js';
import { CaptureProgress } from './capture-progress.js';
import { EventsController } from './events.controller.js';
import { EventsQuery } from './events.query.js';
import { KnownNamesQuery } from './known-names.query.js';
import { SerialisationController } from './serialisation.controller.js';
import { ProvenanceService } from './provenance.service.js';

@Module({
  imports: [TraceModule],
  controllers: [
    CaptureController,
    CaptureCheckController,
    CaptureJobEventsController,
    EventsController,
    SerialisationController,
  ],
  providers: [
    ProvenanceService,
    CaptureJobsQuery,
    CaptureJobEvents,
    EventsQuery,
    CaptureCheckService,
    CaptureProgress,
    KnownNamesQuery,
  ],
  exports: [ProvenanceService, EventsQuery, CaptureJobsQuery],
})
export class ProvenanceModule {}
