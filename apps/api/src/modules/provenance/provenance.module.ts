import { Module } from '@nestjs/common';
import { CaptureController } from './capture.controller.js';
import { CaptureJobsQuery } from './capture-jobs.query.js';
import { ProvenanceService } from './provenance.service.js';

@Module({ controllers: [CaptureController], providers: [ProvenanceService, CaptureJobsQuery] })
export class ProvenanceModule {}
