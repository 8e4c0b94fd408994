import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { writeFileSync } from 'node:fs';
import { AppModule, type Parts } from './app.module.js';
import { isEntryPoint } from './entry-point.js';
import { openApiDocument } from './platform/openapi/openapi.js';

/**
 * The description of all routes without database, queue or chain: in Nest's preview mode no provider is made, so nothing asks for what is
 * not there.
 */
export async function describeApi(): Promise<object> {
  const nothing = { config: { operators: [] }, chain: {} } as unknown as Parts;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(nothing), new FastifyAdapter(), {
    preview: true,
    logger: ['error', 'warn'],
  });
  return openApiDocument(app);
}

if (isEntryPoint(import.meta.url)) {
  const [, , file] = process.argv;
  if (file === undefined) {
    process.stderr.write('Usage: write-openapi.js FILE\n');
    process.exitCode = 2;
  } else writeFileSync(file, `${JSON.stringify(await describeApi(), null, 2)}\n`);
}
