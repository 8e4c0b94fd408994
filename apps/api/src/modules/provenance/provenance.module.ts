import { Module } from '@nestjs/common';
import { CaptureCheckController } from './capture-check.controller.js';
import { CaptureCheckService } from './capture-check.service.js';
import { CaptureController } from './capture.controller.js';
import { CaptureJobsQuery } from './capture-jobs.query.js';
import { CaptureProgress } from './capture-progress.js';
import { EventsController } from './events.controller.js';
import { EventsQuery } from './events.query.js';
import { KnownNamesQuery } from './known-names.query.js';
import { SerialisationController } from './serialisation.controller.js';
import { ProvenanceService } from './provenance.service.js';

@Module({
  controllers: [CaptureController, CaptureCheckController, EventsController, SerialisationController],
  providers: [ProvenanceService, CaptureJobsQuery, EventsQuery, CaptureCheckService, CaptureProgress, KnownNamesQuery],
  exports: [ProvenanceService, EventsQuery, CaptureJobsQuery],
})
export class ProvenanceModule {}
