import { Module } from '@nestjs/common';
import { CaptureController } from './capture.controller.js';
import { CaptureJobsQuery } from './capture-jobs.query.js';
import { EventsController } from './events.controller.js';
import { EventsQuery } from './events.query.js';
import { SerialisationController } from './serialisation.controller.js';
import { ProvenanceService } from './provenance.service.js';

@Module({
  controllers: [CaptureController, EventsController, SerialisationController],
  providers: [ProvenanceService, CaptureJobsQuery, EventsQuery],
})
export class ProvenanceModule {}
