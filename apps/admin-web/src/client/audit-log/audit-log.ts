/**
 * Written by `npm run client` from the description of the API; do not edit.
 */
import {
  useQuery
} from '@tanstack/react-query';
import type {
  DataTag,
  DefinedInitialDataOptions,
  DefinedUseQueryResult,
  QueryClient,
  QueryFunction,
  QueryKey,
  UndefinedInitialDataOptions,
  UseQueryOptions,
  UseQueryResult
} from '@tanstack/react-query';

import type {
  AuditPage,
  ExportAuditParams,
  ListAuditParams,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * @summary Who did what in your organisation, newest first
 */
export const getListAuditUrl = (params?: ListAuditParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/audit?${stringifiedParams}` : `/audit`
}

export const listAudit = async (params?: ListAuditParams, options?: RequestInit): Promise<AuditPage> => {
  
  return callJson<AuditPage>(getListAuditUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListAuditQueryKey = (params?: ListAuditParams,) => {
    return [
    `/audit`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getListAuditQueryOptions = <TData = Awaited<ReturnType<typeof listAudit>>, TError = ErrorType<Problem | Problem>>(params?: ListAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListAuditQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listAudit>>> = ({ signal }) => listAudit(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListAuditQueryResult = NonNullable<Awaited<ReturnType<typeof listAudit>>>
export type ListAuditQueryError = ErrorType<Problem | Problem>


export function useListAudit<TData = Awaited<ReturnType<typeof listAudit>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ListAuditParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listAudit>>,
          TError,
          Awaited<ReturnType<typeof listAudit>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListAudit<TData = Awaited<ReturnType<typeof listAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ListAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listAudit>>,
          TError,
          Awaited<ReturnType<typeof listAudit>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListAudit<TData = Awaited<ReturnType<typeof listAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ListAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Who did what in your organisation, newest first
 */

export function useListAudit<TData = Awaited<ReturnType<typeof listAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ListAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listAudit>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListAuditQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * At most 100000 entries, the newest. What a spreadsheet would run as a formula is written as text.
 * @summary The audit log as CSV
 */
export const getExportAuditUrl = (params?: ExportAuditParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/audit/export?${stringifiedParams}` : `/audit/export`
}

export const exportAudit = async (params?: ExportAuditParams, options?: RequestInit): Promise<string> => {
  
  return callJson<string>(getExportAuditUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getExportAuditQueryKey = (params?: ExportAuditParams,) => {
    return [
    `/audit/export`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getExportAuditQueryOptions = <TData = Awaited<ReturnType<typeof exportAudit>>, TError = ErrorType<Problem | Problem>>(params?: ExportAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getExportAuditQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof exportAudit>>> = ({ signal }) => exportAudit(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ExportAuditQueryResult = NonNullable<Awaited<ReturnType<typeof exportAudit>>>
export type ExportAuditQueryError = ErrorType<Problem | Problem>


export function useExportAudit<TData = Awaited<ReturnType<typeof exportAudit>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ExportAuditParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportAudit>>,
          TError,
          Awaited<ReturnType<typeof exportAudit>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportAudit<TData = Awaited<ReturnType<typeof exportAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportAudit>>,
          TError,
          Awaited<ReturnType<typeof exportAudit>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportAudit<TData = Awaited<ReturnType<typeof exportAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The audit log as CSV
 */

export function useExportAudit<TData = Awaited<ReturnType<typeof exportAudit>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportAuditParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportAudit>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getExportAuditQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



