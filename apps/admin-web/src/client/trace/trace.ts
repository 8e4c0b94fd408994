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
  EvidenceRecord200,
  EvidenceRecordParams,
  Problem,
  TraceGraph,
  TraceGraphParams
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * Things and the events that turned them into others, with places, quantities and states, nearest first. A node says whether there is more beyond it: ask again with its id. Steps of which you see only the outline stand in `steps` alone.
 * @summary The trace as a graph
 */
export const getTraceGraphUrl = (params: TraceGraphParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/trace/graph?${stringifiedParams}` : `/trace/graph`
}

export const traceGraph = async (params: TraceGraphParams, options?: RequestInit): Promise<TraceGraph> => {
  
  return callJson<TraceGraph>(getTraceGraphUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getTraceGraphQueryKey = (params?: TraceGraphParams,) => {
    return [
    `/trace/graph`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getTraceGraphQueryOptions = <TData = Awaited<ReturnType<typeof traceGraph>>, TError = ErrorType<Problem | Problem>>(params: TraceGraphParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getTraceGraphQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof traceGraph>>> = ({ signal }) => traceGraph(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type TraceGraphQueryResult = NonNullable<Awaited<ReturnType<typeof traceGraph>>>
export type TraceGraphQueryError = ErrorType<Problem | Problem>


export function useTraceGraph<TData = Awaited<ReturnType<typeof traceGraph>>, TError = ErrorType<Problem | Problem>>(
 params: TraceGraphParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof traceGraph>>,
          TError,
          Awaited<ReturnType<typeof traceGraph>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useTraceGraph<TData = Awaited<ReturnType<typeof traceGraph>>, TError = ErrorType<Problem | Problem>>(
 params: TraceGraphParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof traceGraph>>,
          TError,
          Awaited<ReturnType<typeof traceGraph>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useTraceGraph<TData = Awaited<ReturnType<typeof traceGraph>>, TError = ErrorType<Problem | Problem>>(
 params: TraceGraphParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The trace as a graph
 */

export function useTraceGraph<TData = Awaited<ReturnType<typeof traceGraph>>, TError = ErrorType<Problem | Problem>>(
 params: TraceGraphParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof traceGraph>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getTraceGraphQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Proves one event, or one error declaration, that you may read in full: who signed it, and that the ledger accepted it.
 * @summary The evidence file of one record
 */
export const getEvidenceRecordUrl = (params: EvidenceRecordParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/evidence/record?${stringifiedParams}` : `/evidence/record`
}

export const evidenceRecord = async (params: EvidenceRecordParams, options?: RequestInit): Promise<EvidenceRecord200> => {
  
  return callJson<EvidenceRecord200>(getEvidenceRecordUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getEvidenceRecordQueryKey = (params?: EvidenceRecordParams,) => {
    return [
    `/evidence/record`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getEvidenceRecordQueryOptions = <TData = Awaited<ReturnType<typeof evidenceRecord>>, TError = ErrorType<Problem | Problem>>(params: EvidenceRecordParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getEvidenceRecordQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof evidenceRecord>>> = ({ signal }) => evidenceRecord(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type EvidenceRecordQueryResult = NonNullable<Awaited<ReturnType<typeof evidenceRecord>>>
export type EvidenceRecordQueryError = ErrorType<Problem | Problem>


export function useEvidenceRecord<TData = Awaited<ReturnType<typeof evidenceRecord>>, TError = ErrorType<Problem | Problem>>(
 params: EvidenceRecordParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof evidenceRecord>>,
          TError,
          Awaited<ReturnType<typeof evidenceRecord>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useEvidenceRecord<TData = Awaited<ReturnType<typeof evidenceRecord>>, TError = ErrorType<Problem | Problem>>(
 params: EvidenceRecordParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof evidenceRecord>>,
          TError,
          Awaited<ReturnType<typeof evidenceRecord>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useEvidenceRecord<TData = Awaited<ReturnType<typeof evidenceRecord>>, TError = ErrorType<Problem | Problem>>(
 params: EvidenceRecordParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The evidence file of one record
 */

export function useEvidenceRecord<TData = Awaited<ReturnType<typeof evidenceRecord>>, TError = ErrorType<Problem | Problem>>(
 params: EvidenceRecordParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof evidenceRecord>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getEvidenceRecordQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



