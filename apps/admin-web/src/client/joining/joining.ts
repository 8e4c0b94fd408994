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
  Joining,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * Shows the full nodes of the organisation that asks, not those of others.
 * @summary What it takes to join with a node of one’s own, and how far that node is
 */
export const getJoiningUrl = () => {


  

  return `/joining`
}

export const joining = async ( options?: RequestInit): Promise<Joining> => {
  
  return callJson<Joining>(getJoiningUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getJoiningQueryKey = () => {
    return [
    `/joining`
    ] as const;
    }

    
export const getJoiningQueryOptions = <TData = Awaited<ReturnType<typeof joining>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getJoiningQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof joining>>> = ({ signal }) => joining({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type JoiningQueryResult = NonNullable<Awaited<ReturnType<typeof joining>>>
export type JoiningQueryError = ErrorType<Problem | Problem>


export function useJoining<TData = Awaited<ReturnType<typeof joining>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof joining>>,
          TError,
          Awaited<ReturnType<typeof joining>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoining<TData = Awaited<ReturnType<typeof joining>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof joining>>,
          TError,
          Awaited<ReturnType<typeof joining>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoining<TData = Awaited<ReturnType<typeof joining>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What it takes to join with a node of one’s own, and how far that node is
 */

export function useJoining<TData = Awaited<ReturnType<typeof joining>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joining>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getJoiningQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary The genesis file, byte for byte
 */
export const getJoiningGenesisUrl = () => {


  

  return `/joining/genesis`
}

export const joiningGenesis = async ( options?: RequestInit): Promise<unknown> => {
  
  return callJson<unknown>(getJoiningGenesisUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getJoiningGenesisQueryKey = () => {
    return [
    `/joining/genesis`
    ] as const;
    }

    
export const getJoiningGenesisQueryOptions = <TData = Awaited<ReturnType<typeof joiningGenesis>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getJoiningGenesisQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof joiningGenesis>>> = ({ signal }) => joiningGenesis({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type JoiningGenesisQueryResult = NonNullable<Awaited<ReturnType<typeof joiningGenesis>>>
export type JoiningGenesisQueryError = ErrorType<Problem | Problem>


export function useJoiningGenesis<TData = Awaited<ReturnType<typeof joiningGenesis>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof joiningGenesis>>,
          TError,
          Awaited<ReturnType<typeof joiningGenesis>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoiningGenesis<TData = Awaited<ReturnType<typeof joiningGenesis>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof joiningGenesis>>,
          TError,
          Awaited<ReturnType<typeof joiningGenesis>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoiningGenesis<TData = Awaited<ReturnType<typeof joiningGenesis>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The genesis file, byte for byte
 */

export function useJoiningGenesis<TData = Awaited<ReturnType<typeof joiningGenesis>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningGenesis>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getJoiningGenesisQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary The trust root, byte for byte
 */
export const getJoiningTrustUrl = () => {


  

  return `/joining/trust`
}

export const joiningTrust = async ( options?: RequestInit): Promise<unknown> => {
  
  return callJson<unknown>(getJoiningTrustUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getJoiningTrustQueryKey = () => {
    return [
    `/joining/trust`
    ] as const;
    }

    
export const getJoiningTrustQueryOptions = <TData = Awaited<ReturnType<typeof joiningTrust>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getJoiningTrustQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof joiningTrust>>> = ({ signal }) => joiningTrust({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type JoiningTrustQueryResult = NonNullable<Awaited<ReturnType<typeof joiningTrust>>>
export type JoiningTrustQueryError = ErrorType<Problem | Problem>


export function useJoiningTrust<TData = Awaited<ReturnType<typeof joiningTrust>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof joiningTrust>>,
          TError,
          Awaited<ReturnType<typeof joiningTrust>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoiningTrust<TData = Awaited<ReturnType<typeof joiningTrust>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof joiningTrust>>,
          TError,
          Awaited<ReturnType<typeof joiningTrust>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useJoiningTrust<TData = Awaited<ReturnType<typeof joiningTrust>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The trust root, byte for byte
 */

export function useJoiningTrust<TData = Awaited<ReturnType<typeof joiningTrust>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof joiningTrust>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getJoiningTrustQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



