import { Module } from '@nestjs/common';
import { ProvenanceModule } from '../provenance/provenance.module.js';
import { SampleController } from './sample.controller.js';
import { SampleQuery } from './sample.query.js';
import { SampleService } from './sample.service.js';

@Module({ imports: [ProvenanceModule], controllers: [SampleController], providers: [SampleService, SampleQuery] })
export class SampleModule {}
