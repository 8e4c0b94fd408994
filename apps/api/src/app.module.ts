import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { NodeClient } from './chain/client/node-client.js';
import { CHAIN_FACTS, type ChainFacts } from './chain/genesis.js';
import { Organisations } from './platform/members/organisations.js';
import { AccountsModule } from './modules/accounts/accounts.module.js';
import { ChainModule } from './modules/chain/chain.module.js';
import { ItemsModule } from './modules/items/items.module.js';
import { JoiningModule } from './modules/joining/joining.module.js';
import { LabelsModule } from './modules/labels/labels.module.js';
import { MembersModule } from './modules/members/members.module.js';
import { OperationsModule } from './modules/operations/operations.module.js';
import { ProvenanceModule } from './modules/provenance/provenance.module.js';
import { RegulatorModule } from './modules/regulator/regulator.module.js';
import { SampleModule } from './modules/sample/sample.module.js';
import { TraceModule } from './modules/trace/trace.module.js';
import { AuditLog } from './platform/audit/audit-log.js';
import { ApiKeys } from './platform/auth/api-keys.js';
import { PermissionGuard } from './platform/auth/permission.guard.js';
import { RequestLimits } from './platform/auth/request-limits.js';
import { Sessions } from './platform/auth/sessions.js';
import { Standings } from './platform/auth/standings.js';
import { CONFIG, type Config } from './platform/config/config.js';
import { HealthController } from './platform/health/health.controller.js';
import { LOGGER, type Logger } from './platform/logging/logger.js';
import { Queues } from './platform/queue/queues.js';
import { DATABASE, QUEUES } from './platform/tokens.js';

/** What is built before the modules. */
export interface Parts {
  readonly config: Config;
  readonly logger: Logger;
  readonly chain: ChainFacts;
  readonly database: DataSource;
  readonly queues: Queues;
  readonly nodes: NodeClient;
}

@Global()
@Module({})
class PlatformModule {
  static with(parts: Parts): DynamicModule {
    const shared = [
      { provide: CONFIG, useValue: parts.config },
      { provide: LOGGER, useValue: parts.logger },
      { provide: CHAIN_FACTS, useValue: parts.chain },
      { provide: Organisations, useValue: parts.chain.organisations },
      { provide: DATABASE, useValue: parts.database },
      { provide: QUEUES, useValue: parts.queues },
      { provide: NodeClient, useValue: parts.nodes },
      { provide: ApiKeys, useValue: new ApiKeys(parts.database) },
      { provide: Sessions, useValue: new Sessions(parts.database) },
      { provide: Standings, useValue: new Standings(parts.config.operators) },
      { provide: AuditLog, useValue: new AuditLog(parts.database) },
    ];
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [
        ...shared,
        {
          provide: APP_GUARD,
          inject: [Reflector, ApiKeys, Sessions, Organisations, Standings],
          useFactory: (
            reflector: Reflector,
            keys: ApiKeys,
            sessions: Sessions,
            organisations: Organisations,
            standings: Standings,
          ) =>
            new PermissionGuard(
              reflector,
              keys,
              sessions,
              organisations,
              standings,
              new RequestLimits(parts.config.requestsPerMinute, parts.config.trustedProxies),
            ),
        },
      ],
      exports: shared.map(({ provide }) => provide),
    };
  }
}

/** The HTTP process: platform first, then one module for each business capability. */
@Module({})
export class AppModule {
  static with(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        MembersModule,
        AccountsModule,
        ProvenanceModule,
        LabelsModule,
        TraceModule,
        ItemsModule,
        RegulatorModule,
        ChainModule,
        JoiningModule,
        OperationsModule,
        SampleModule,
      ],
    };
  }
}
