import { Module } from '@nestjs/common';
import { JoiningController } from './joining.controller.js';
import { JoiningService } from './joining.service.js';

@Module({ controllers: [JoiningController], providers: [JoiningService] })
export class JoiningModule {}
