import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequireSession } from '../../platform/auth/permission.js';
import { personOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { AccountService } from './account.service.js';
import {
  beginTotp,
  changeAccount,
  changePassword,
  confirmTotp,
  endedSessions,
  endTotp,
  type OwnSessions,
  ownSessions,
  recoveryCodes,
  sessionFacts,
  type SessionFacts,
  totpBegun,
} from './dto/member-schemas.js';
import { identifier } from './identifier.js';
import { SessionAnswers } from './session-answers.js';

const wrong = ApiResponse(problemAnswer(403, 'The current password or the code is wrong'));

@ApiTags('Session')
@Controller('session')
export class AccountController {
  constructor(
    private readonly service: AccountService,
    private readonly answers: SessionAnswers,
  ) {}

  @Patch('account')
  @RequireSession()
  @ApiOperation({ operationId: 'changeAccount', summary: 'Change your own name' })
  @ApiTakes(changeAccount)
  @ApiAnswers(200, sessionFacts)
  @ApiResponse(problemAnswer(409, 'Changed elsewhere meanwhile (EDIT_CONFLICT)'))
  async change(@Context() context: RequestContext, @Body() body: unknown): Promise<SessionFacts> {
    await this.service.rename(context, commandBody(changeAccount, body));
    const person = personOf(context);
    return this.answers.facts(person.userId, person.sessionId, person.organisation);
  }

  @Post('password')
  @HttpCode(200)
  @RequireSession()
  @ApiOperation({ operationId: 'changePassword', summary: 'Change your password; your other sessions end' })
  @ApiTakes(changePassword)
  @ApiAnswers(200, endedSessions)
  @wrong
  @ApiResponse(problemAnswer(422, 'The new password is too easy to guess'))
  async password(@Context() context: RequestContext, @Body() body: unknown): Promise<{ ended: number }> {
    return { ended: await this.service.changePassword(context, commandBody(changePassword, body)) };
  }

  @Get('sessions')
  @RequireSession()
  @ApiOperation({ operationId: 'listOwnSessions', summary: 'Where you are signed in' })
  @ApiAnswers(200, ownSessions)
  sessions(@Context() context: RequestContext): Promise<OwnSessions> {
    return this.service.listSessions(context);
  }

  @Delete('sessions')
  @HttpCode(200)
  @RequireSession()
  @ApiOperation({ operationId: 'endOtherSessions', summary: 'End all your sessions but this one' })
  @ApiAnswers(200, endedSessions)
  async endOthers(@Context() context: RequestContext): Promise<{ ended: number }> {
    return { ended: await this.service.endOtherSessions(context) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @RequireSession()
  @ApiOperation({ operationId: 'endOwnSession', summary: 'End one of your sessions' })
  @ApiResponse({ status: 204, description: 'It has ended' })
  @ApiResponse(problemAnswer(404, 'You have no such session'))
  end(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.service.endSession(context, identifier(id));
  }

  @Post('totp')
  @HttpCode(201)
  @RequireSession()
  @ApiOperation({
    operationId: 'beginTotp',
    summary: 'Begin a second factor: codes from your phone',
    description: 'Asks for the password; who has none must have signed in a moment ago.',
  })
  @ApiTakes(beginTotp)
  @ApiAnswers(201, totpBegun)
  @wrong
  @ApiResponse(problemAnswer(409, 'It is on already, or this deployment cannot keep its secret'))
  begin(@Context() context: RequestContext, @Body() body: unknown): Promise<{ secret: string; uri: string }> {
    return this.service.beginSecondFactor(context, commandBody(beginTotp, body).password);
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @RequireSession()
  @ApiOperation({
    operationId: 'confirmTotp',
    summary: 'Turn the second factor on, with a first code',
    description: 'Gives recovery codes, shown once.',
  })
  @ApiTakes(confirmTotp)
  @ApiAnswers(200, recoveryCodes)
  @wrong
  async confirm(@Context() context: RequestContext, @Body() body: unknown): Promise<{ recoveryCodes: string[] }> {
    return { recoveryCodes: await this.service.confirmSecondFactor(context, commandBody(confirmTotp, body).code) };
  }

  @Post('totp/off')
  @HttpCode(204)
  @RequireSession()
  @ApiOperation({ operationId: 'endTotp', summary: 'Turn the second factor off' })
  @ApiTakes(endTotp)
  @ApiResponse({ status: 204, description: 'It is off' })
  @wrong
  off(@Context() context: RequestContext, @Body() body: unknown): Promise<void> {
    return this.service.endSecondFactor(context, commandBody(endTotp, body));
  }
}
