import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { jsonCommand } from '../http/body-parsing.js';
import { parseWith } from '../http/parse-with.js';

const published = z.registry<{ id: string }>();
const names = new Map<string, z.ZodType>();

const uri = (id: string) => `#/components/schemas/${id}`;

type JsonSchema = Record<string, unknown>;
type SchemaOrReference = { readonly $ref: string } | JsonSchema;

/**
 * Publishes a zod schema as the OpenAPI component `name` (PascalCase, unique in the API) and gives it back. Published schemas that occur
 * in others become references. Export the type beside it: `export type Person = z.infer<typeof person>`.
 *
 * Example (`platform/health/health.controller.ts`):
 * ```ts
 * const health = apiSchema('Health', z.object({ status: z.literal('up') }));
 * // above the method:
 * @ApiOperation({ operationId: 'healthLive', summary: 'The process runs' })
 * @ApiAnswers(200, health)            // @ApiTakes(command) for a body, @ApiTakesQuery(query) for parameters
 * ```
 */
export function apiSchema<Schema extends z.ZodType>(name: string, schema: Schema): Schema {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) throw new Error(`"${name}" is no name for a component of the description`);
  const before = names.get(name);
  if (before !== undefined && before !== schema) throw new Error(`two schemas are published as "${name}"`);
  names.set(name, schema);
  published.add(schema, { id: name });
  return schema;
}

/** All published schemas, as components of OpenAPI 3.0. */
export function apiSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(published, { target: 'openapi-3.0', io: 'input', uri });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema as JsonSchema)]));
}

/** The request's body: JSON as `schema` says. The controller reads it with {@link commandBody}. */
export const ApiTakes = (schema: z.ZodType, example?: unknown) =>
  ApiBody({ required: true, schema: shown(schema, example) });

/** The answer with this status: JSON as `schema` says. */
export const ApiAnswers = (
  status: number,
  schema: z.ZodType,
  description = status === 201 ? 'Made' : 'As asked for',
  example?: unknown,
) => ApiResponse({ status, description, schema: shown(schema, example) });

/** One query parameter for each property of an object schema; the controller reads them with `parseWith`. */
export const ApiTakesQuery = (schema: z.ZodObject) =>
  applyDecorators(
    ...Object.entries(schema.shape).map(([name, part]) => {
      const {
        default: _default,
        description,
        ...property
      } = inline(part as z.ZodType) as JsonSchema & {
        description?: string;
      };
      const required = !(part as z.ZodType).safeParse(undefined).success;
      return ApiQuery({ name, required, schema: property as never, ...(description !== undefined && { description }) });
    }),
  );

/** The body of a small command, checked; what does not fit is a 400 that names each place. */
export function commandBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  return parseWith(schema, jsonCommand(body));
}

function shown(schema: z.ZodType, example: unknown): never {
  const name = published.get(schema)?.id;
  const base: SchemaOrReference = name === undefined ? inline(schema) : { $ref: uri(name) };
  return (example === undefined ? base : { ...('$ref' in base ? { allOf: [base] } : base), example }) as never;
}

function inline(schema: z.ZodType): JsonSchema {
  const { definitions: _published, ...rest } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    metadata: published,
  }) as JsonSchema;
  return plain(JSON.parse(JSON.stringify(rest).replaceAll('"#/definitions/', `"${uri('')}`)) as JsonSchema);
}

/** Without the address of the schema, and without the patterns by which zod checks what `format` says already. */
function plain(value: JsonSchema): JsonSchema {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).filter(
      ([key, inner]) => !(key === 'pattern' && typeof inner === 'string' && 'format' in part),
    );
    return Object.fromEntries(entries.map(([key, inner]) => [key, walk(inner)]));
  };
  const { $id: _id, $schema: _schema, ...rest } = walk(value) as JsonSchema;
  return rest;
}
