import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { NodeClient } from '../../chain/client/node-client.js';
import { LedgerCommands } from '../../chain/submission/ledger-commands.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Queues } from '../../platform/queue/queues.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { MotionsController } from './motions.controller.js';
import { MotionsQuery } from './motions.query.js';
import { MotionsService } from './motions.service.js';

@Module({
  controllers: [AccountsController, MotionsController],
  providers: [
    AccountsService,
    MotionsService,
    MotionsQuery,
    {
      provide: LedgerCommands,
      inject: [DATABASE, NodeClient, AuditLog, QUEUES],
      useFactory: (database: DataSource, nodes: NodeClient, audit: AuditLog, queues: Queues) =>
        new LedgerCommands(database, nodes, audit, queues),
    },
  ],
  exports: [LedgerCommands],
})
export class AccountsModule {}
