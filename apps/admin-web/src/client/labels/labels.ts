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
  LabelFacts,
  LabelParams,
  LabelSizesParams,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * Modules are at least 0.396 mm wide, the quiet zone has 4 modules, error correction is M. A PNG has whole pixels for each module and may therefore be a little larger than asked for; Waymark-Label-Size-Mm says how large it prints.
 * @summary The label of an item or a lot: a QR code with its GS1 Digital Link
 */
export const getLabelUrl = (params: LabelParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/labels?${stringifiedParams}` : `/labels`
}

export const label = async (params: LabelParams, options?: RequestInit): Promise<string | Blob> => {
  
  return callJson<string | Blob>(getLabelUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getLabelQueryKey = (params?: LabelParams,) => {
    return [
    `/labels`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getLabelQueryOptions = <TData = Awaited<ReturnType<typeof label>>, TError = ErrorType<Problem | Problem>>(params: LabelParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getLabelQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof label>>> = ({ signal }) => label(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type LabelQueryResult = NonNullable<Awaited<ReturnType<typeof label>>>
export type LabelQueryError = ErrorType<Problem | Problem>


export function useLabel<TData = Awaited<ReturnType<typeof label>>, TError = ErrorType<Problem | Problem>>(
 params: LabelParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof label>>,
          TError,
          Awaited<ReturnType<typeof label>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useLabel<TData = Awaited<ReturnType<typeof label>>, TError = ErrorType<Problem | Problem>>(
 params: LabelParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof label>>,
          TError,
          Awaited<ReturnType<typeof label>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useLabel<TData = Awaited<ReturnType<typeof label>>, TError = ErrorType<Problem | Problem>>(
 params: LabelParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The label of an item or a lot: a QR code with its GS1 Digital Link
 */

export function useLabel<TData = Awaited<ReturnType<typeof label>>, TError = ErrorType<Problem | Problem>>(
 params: LabelParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof label>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getLabelQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary What the label of an item says and the sizes in which scanners read it
 */
export const getLabelSizesUrl = (params: LabelSizesParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/labels/sizes?${stringifiedParams}` : `/labels/sizes`
}

export const labelSizes = async (params: LabelSizesParams, options?: RequestInit): Promise<LabelFacts> => {
  
  return callJson<LabelFacts>(getLabelSizesUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getLabelSizesQueryKey = (params?: LabelSizesParams,) => {
    return [
    `/labels/sizes`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getLabelSizesQueryOptions = <TData = Awaited<ReturnType<typeof labelSizes>>, TError = ErrorType<Problem | Problem>>(params: LabelSizesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getLabelSizesQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof labelSizes>>> = ({ signal }) => labelSizes(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type LabelSizesQueryResult = NonNullable<Awaited<ReturnType<typeof labelSizes>>>
export type LabelSizesQueryError = ErrorType<Problem | Problem>


export function useLabelSizes<TData = Awaited<ReturnType<typeof labelSizes>>, TError = ErrorType<Problem | Problem>>(
 params: LabelSizesParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof labelSizes>>,
          TError,
          Awaited<ReturnType<typeof labelSizes>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useLabelSizes<TData = Awaited<ReturnType<typeof labelSizes>>, TError = ErrorType<Problem | Problem>>(
 params: LabelSizesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof labelSizes>>,
          TError,
          Awaited<ReturnType<typeof labelSizes>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useLabelSizes<TData = Awaited<ReturnType<typeof labelSizes>>, TError = ErrorType<Problem | Problem>>(
 params: LabelSizesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What the label of an item says and the sizes in which scanners read it
 */

export function useLabelSizes<TData = Awaited<ReturnType<typeof labelSizes>>, TError = ErrorType<Problem | Problem>>(
 params: LabelSizesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof labelSizes>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getLabelSizesQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



