import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { DATABASE } from '../../platform/tokens.js';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditController } from './audit.controller.js';
import { AuditQuery } from './audit.query.js';
import { InvitationsController } from './invitations.controller.js';
import { AcceptingService } from './accepting.service.js';
import { InvitationsService } from './invitations.service.js';
import { OidcController } from './oidc.controller.js';
import { OidcService } from './oidc.service.js';
import { OrganisationsController } from './organisations.controller.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { SecondFactor } from './second-factor.js';
import { SessionAnswers } from './session-answers.js';
import { SessionController } from './session.controller.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInService } from './sign-in.service.js';

@Module({
  controllers: [
    SessionController,
    AccountController,
    OidcController,
    PeopleController,
    InvitationsController,
    ApiKeysController,
    AuditController,
    OrganisationsController,
  ],
  providers: [
    {
      provide: SecondFactor,
      inject: [CONFIG],
      useFactory: (config: Config) => new SecondFactor(config.accountSecretFile),
    },
    { provide: SignInLimits, inject: [DATABASE], useFactory: (database: DataSource) => new SignInLimits(database) },
    SessionAnswers,
    SignInService,
    InvitationsService,
    AcceptingService,
    PeopleService,
    AccountService,
    ApiKeysService,
    AuditQuery,
    OidcService,
  ],
})
export class MembersModule {}
