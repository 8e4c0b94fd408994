import { Module } from '@nestjs/common';
import { DeadLettersService } from './dead-letters.service.js';
import { NodesService } from './nodes.service.js';
import { OperationsController } from './operations.controller.js';
import { ProjectionsService } from './projections.service.js';
import { VersionsService } from './versions.service.js';
import { WorkService } from './work.service.js';

@Module({
  controllers: [OperationsController],
  providers: [NodesService, DeadLettersService, WorkService, ProjectionsService, VersionsService],
})
export class OperationsModule {}
