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
  Problem,
  RangePiece,
  RegulatorBlocksEvidenceFileParams,
  RegulatorBlocksEvidenceParams,
  RegulatorEvents,
  RegulatorEventsExport200One,
  RegulatorEventsExportParams,
  RegulatorEventsParams,
  RegulatorEvidence200,
  RegulatorEvidenceParams,
  RegulatorItem,
  RegulatorItemParams,
  RegulatorOverview
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * @summary What there is to supervise: organisations and blocks
 */
export const getRegulatorOverviewUrl = () => {


  

  return `/regulator/overview`
}

export const regulatorOverview = async ( options?: RequestInit): Promise<RegulatorOverview> => {
  
  return callJson<RegulatorOverview>(getRegulatorOverviewUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorOverviewQueryKey = () => {
    return [
    `/regulator/overview`
    ] as const;
    }

    
export const getRegulatorOverviewQueryOptions = <TData = Awaited<ReturnType<typeof regulatorOverview>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorOverviewQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorOverview>>> = ({ signal }) => regulatorOverview({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorOverviewQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorOverview>>>
export type RegulatorOverviewQueryError = ErrorType<Problem | Problem>


export function useRegulatorOverview<TData = Awaited<ReturnType<typeof regulatorOverview>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorOverview>>,
          TError,
          Awaited<ReturnType<typeof regulatorOverview>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorOverview<TData = Awaited<ReturnType<typeof regulatorOverview>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorOverview>>,
          TError,
          Awaited<ReturnType<typeof regulatorOverview>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorOverview<TData = Awaited<ReturnType<typeof regulatorOverview>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What there is to supervise: organisations and blocks
 */

export function useRegulatorOverview<TData = Awaited<ReturnType<typeof regulatorOverview>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorOverview>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorOverviewQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Whatever their visibility, newest first. `next` of a page is `after` of the following one.
 * @summary All events of the consortium
 */
export const getRegulatorEventsUrl = (params?: RegulatorEventsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/events?${stringifiedParams}` : `/regulator/events`
}

export const regulatorEvents = async (params?: RegulatorEventsParams, options?: RequestInit): Promise<RegulatorEvents> => {
  
  return callJson<RegulatorEvents>(getRegulatorEventsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorEventsQueryKey = (params?: RegulatorEventsParams,) => {
    return [
    `/regulator/events`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorEventsQueryOptions = <TData = Awaited<ReturnType<typeof regulatorEvents>>, TError = ErrorType<Problem | Problem | Problem>>(params?: RegulatorEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorEventsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorEvents>>> = ({ signal }) => regulatorEvents(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorEventsQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorEvents>>>
export type RegulatorEventsQueryError = ErrorType<Problem | Problem | Problem>


export function useRegulatorEvents<TData = Awaited<ReturnType<typeof regulatorEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: undefined |  RegulatorEventsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEvents>>,
          TError,
          Awaited<ReturnType<typeof regulatorEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEvents<TData = Awaited<ReturnType<typeof regulatorEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: RegulatorEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEvents>>,
          TError,
          Awaited<ReturnType<typeof regulatorEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEvents<TData = Awaited<ReturnType<typeof regulatorEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: RegulatorEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary All events of the consortium
 */

export function useRegulatorEvents<TData = Awaited<ReturnType<typeof regulatorEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: RegulatorEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvents>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorEventsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * JSON-LD (an EPCISQueryDocument, events as captured) or CSV. At most 10,000 events, the newest; `Waymark-Truncated: true` says that there are more.
 * @summary The events as a file
 */
export const getRegulatorEventsExportUrl = (params: RegulatorEventsExportParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/events/export?${stringifiedParams}` : `/regulator/events/export`
}

export const regulatorEventsExport = async (params: RegulatorEventsExportParams, options?: RequestInit): Promise<RegulatorEventsExport200One | string> => {
  
  return callJson<RegulatorEventsExport200One | string>(getRegulatorEventsExportUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorEventsExportQueryKey = (params?: RegulatorEventsExportParams,) => {
    return [
    `/regulator/events/export`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorEventsExportQueryOptions = <TData = Awaited<ReturnType<typeof regulatorEventsExport>>, TError = ErrorType<Problem | Problem>>(params: RegulatorEventsExportParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorEventsExportQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorEventsExport>>> = ({ signal }) => regulatorEventsExport(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorEventsExportQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorEventsExport>>>
export type RegulatorEventsExportQueryError = ErrorType<Problem | Problem>


export function useRegulatorEventsExport<TData = Awaited<ReturnType<typeof regulatorEventsExport>>, TError = ErrorType<Problem | Problem>>(
 params: RegulatorEventsExportParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEventsExport>>,
          TError,
          Awaited<ReturnType<typeof regulatorEventsExport>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEventsExport<TData = Awaited<ReturnType<typeof regulatorEventsExport>>, TError = ErrorType<Problem | Problem>>(
 params: RegulatorEventsExportParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEventsExport>>,
          TError,
          Awaited<ReturnType<typeof regulatorEventsExport>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEventsExport<TData = Awaited<ReturnType<typeof regulatorEventsExport>>, TError = ErrorType<Problem | Problem>>(
 params: RegulatorEventsExportParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The events as a file
 */

export function useRegulatorEventsExport<TData = Awaited<ReturnType<typeof regulatorEventsExport>>, TError = ErrorType<Problem | Problem>>(
 params: RegulatorEventsExportParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEventsExport>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorEventsExportQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Up- and downstream, with all who recorded the same. `/regulator/evidence` proves exactly these.
 * @summary Every record about an item
 */
export const getRegulatorItemUrl = (params: RegulatorItemParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/item?${stringifiedParams}` : `/regulator/item`
}

export const regulatorItem = async (params: RegulatorItemParams, options?: RequestInit): Promise<RegulatorItem> => {
  
  return callJson<RegulatorItem>(getRegulatorItemUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorItemQueryKey = (params?: RegulatorItemParams,) => {
    return [
    `/regulator/item`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorItemQueryOptions = <TData = Awaited<ReturnType<typeof regulatorItem>>, TError = ErrorType<Problem | Problem | Problem>>(params: RegulatorItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorItemQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorItem>>> = ({ signal }) => regulatorItem(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorItemQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorItem>>>
export type RegulatorItemQueryError = ErrorType<Problem | Problem | Problem>


export function useRegulatorItem<TData = Awaited<ReturnType<typeof regulatorItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorItemParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorItem>>,
          TError,
          Awaited<ReturnType<typeof regulatorItem>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorItem<TData = Awaited<ReturnType<typeof regulatorItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorItem>>,
          TError,
          Awaited<ReturnType<typeof regulatorItem>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorItem<TData = Awaited<ReturnType<typeof regulatorItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Every record about an item
 */

export function useRegulatorItem<TData = Awaited<ReturnType<typeof regulatorItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorItem>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorItemQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Checked by anybody without asking us, with the one-file verifier or `npm run waymark -- verify`.
 * @summary The whole evidence file of an item
 */
export const getRegulatorEvidenceUrl = (params: RegulatorEvidenceParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/evidence?${stringifiedParams}` : `/regulator/evidence`
}

export const regulatorEvidence = async (params: RegulatorEvidenceParams, options?: RequestInit): Promise<RegulatorEvidence200> => {
  
  return callJson<RegulatorEvidence200>(getRegulatorEvidenceUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorEvidenceQueryKey = (params?: RegulatorEvidenceParams,) => {
    return [
    `/regulator/evidence`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorEvidenceQueryOptions = <TData = Awaited<ReturnType<typeof regulatorEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(params: RegulatorEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorEvidenceQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorEvidence>>> = ({ signal }) => regulatorEvidence(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorEvidenceQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorEvidence>>>
export type RegulatorEvidenceQueryError = ErrorType<Problem | Problem | Problem | Problem>


export function useRegulatorEvidence<TData = Awaited<ReturnType<typeof regulatorEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorEvidenceParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEvidence>>,
          TError,
          Awaited<ReturnType<typeof regulatorEvidence>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEvidence<TData = Awaited<ReturnType<typeof regulatorEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorEvidence>>,
          TError,
          Awaited<ReturnType<typeof regulatorEvidence>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorEvidence<TData = Awaited<ReturnType<typeof regulatorEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The whole evidence file of an item
 */

export function useRegulatorEvidence<TData = Awaited<ReturnType<typeof regulatorEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorEvidence>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorEvidenceQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Begins with block `from` and ends at `to` or earlier (`to` of the answer): some 4 MiB at most. Ask again from there. Format: docs/protocol/formats.md section 6a.
 * @summary A piece of a range of blocks with every proof
 */
export const getRegulatorBlocksEvidenceUrl = (params: RegulatorBlocksEvidenceParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/blocks/evidence?${stringifiedParams}` : `/regulator/blocks/evidence`
}

export const regulatorBlocksEvidence = async (params: RegulatorBlocksEvidenceParams, options?: RequestInit): Promise<RangePiece> => {
  
  return callJson<RangePiece>(getRegulatorBlocksEvidenceUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorBlocksEvidenceQueryKey = (params?: RegulatorBlocksEvidenceParams,) => {
    return [
    `/regulator/blocks/evidence`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorBlocksEvidenceQueryOptions = <TData = Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(params: RegulatorBlocksEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorBlocksEvidenceQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorBlocksEvidence>>> = ({ signal }) => regulatorBlocksEvidence(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorBlocksEvidenceQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorBlocksEvidence>>>
export type RegulatorBlocksEvidenceQueryError = ErrorType<Problem | Problem | Problem | Problem>


export function useRegulatorBlocksEvidence<TData = Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorBlocksEvidence>>,
          TError,
          Awaited<ReturnType<typeof regulatorBlocksEvidence>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorBlocksEvidence<TData = Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorBlocksEvidence>>,
          TError,
          Awaited<ReturnType<typeof regulatorBlocksEvidence>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorBlocksEvidence<TData = Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary A piece of a range of blocks with every proof
 */

export function useRegulatorBlocksEvidence<TData = Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidence>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorBlocksEvidenceQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * One piece a line, streamed; for the one-file verifier.
 * @summary The evidence file of a range of blocks
 */
export const getRegulatorBlocksEvidenceFileUrl = (params: RegulatorBlocksEvidenceFileParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/regulator/blocks/evidence/file?${stringifiedParams}` : `/regulator/blocks/evidence/file`
}

export const regulatorBlocksEvidenceFile = async (params: RegulatorBlocksEvidenceFileParams, options?: RequestInit): Promise<string> => {
  
  return callJson<string>(getRegulatorBlocksEvidenceFileUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getRegulatorBlocksEvidenceFileQueryKey = (params?: RegulatorBlocksEvidenceFileParams,) => {
    return [
    `/regulator/blocks/evidence/file`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getRegulatorBlocksEvidenceFileQueryOptions = <TData = Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError = ErrorType<Problem | Problem | Problem>>(params: RegulatorBlocksEvidenceFileParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getRegulatorBlocksEvidenceFileQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>> = ({ signal }) => regulatorBlocksEvidenceFile(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type RegulatorBlocksEvidenceFileQueryResult = NonNullable<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>>
export type RegulatorBlocksEvidenceFileQueryError = ErrorType<Problem | Problem | Problem>


export function useRegulatorBlocksEvidenceFile<TData = Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceFileParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>,
          TError,
          Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorBlocksEvidenceFile<TData = Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceFileParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>,
          TError,
          Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useRegulatorBlocksEvidenceFile<TData = Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceFileParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The evidence file of a range of blocks
 */

export function useRegulatorBlocksEvidenceFile<TData = Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: RegulatorBlocksEvidenceFileParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof regulatorBlocksEvidenceFile>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getRegulatorBlocksEvidenceFileQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



