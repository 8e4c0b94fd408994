import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { pageQuery } from '../../platform/http/paging.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { AuditQuery, EXPORT_ROWS_MAX } from './audit.query.js';
import { auditFilters, auditPage, type AuditPage, auditQuery } from './dto/member-schemas.js';

@ApiTags('Audit log')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly query: AuditQuery,
    private readonly log: AuditLog,
  ) {}

  @Get()
  @RequirePermission('audit')
  @ApiOperation({ operationId: 'listAudit', summary: 'Who did what in your organisation, newest first' })
  @ApiTakesQuery(auditQuery)
  @ApiAnswers(200, auditPage)
  list(@Context() context: RequestContext, @Query() query: Record<string, unknown>): Promise<AuditPage> {
    const { perPage, nextPageToken, ...filters } = parseWith(auditQuery, query, 'query-parameter');
    const { token } = pageQuery({ nextPageToken }, 200);
    return this.query.page(organisationOf(context), filters, perPage, /^\d{1,18}$/.exec(token?.[0] ?? '')?.[0]);
  }

  @Get('export')
  @RequirePermission('audit')
  @ApiOperation({
    operationId: 'exportAudit',
    summary: 'The audit log as CSV',
    description: `At most ${EXPORT_ROWS_MAX} entries, the newest. What a spreadsheet would run as a formula is written as text.`,
  })
  @ApiTakesQuery(auditFilters)
  @ApiResponse({ status: 200, content: { 'text/csv': { schema: { type: 'string' } } } })
  async export(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const filters = parseWith(auditFilters, query, 'query-parameter');
    await this.log.record({ context, action: 'audit.exported' });
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(this.query.csv(organisationOf(context), filters), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="audit-log.csv"',
    });
  }
}
