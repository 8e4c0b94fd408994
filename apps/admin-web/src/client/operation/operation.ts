/**
 * Written by `npm run client` from the description of the API; do not edit.
 */
import {
  useMutation,
  useQuery
} from '@tanstack/react-query';
import type {
  DataTag,
  DefinedInitialDataOptions,
  DefinedUseQueryResult,
  MutationFunction,
  QueryClient,
  QueryFunction,
  QueryKey,
  UndefinedInitialDataOptions,
  UseMutationOptions,
  UseMutationResult,
  UseQueryOptions,
  UseQueryResult
} from '@tanstack/react-query';

import type {
  DeadLetters,
  DeadLettersOutcome,
  DiscardDeadLetters,
  Health,
  OperatorNodes,
  Problem,
  ProjectionRebuild,
  Projections,
  PurgeSettled,
  PurgedSettled,
  RetryDeadLetters,
  Versions,
  Work
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * Asks nobody else: use it to decide whether to start the process again.
 * @summary The process runs
 */
export const getHealthLiveUrl = () => {


  

  return `/health/live`
}

export const healthLive = async ( options?: RequestInit): Promise<Health> => {
  
  return callJson<Health>(getHealthLiveUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getHealthLiveQueryKey = () => {
    return [
    `/health/live`
    ] as const;
    }

    
export const getHealthLiveQueryOptions = <TData = Awaited<ReturnType<typeof healthLive>>, TError = ErrorType<unknown>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getHealthLiveQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof healthLive>>> = ({ signal }) => healthLive({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type HealthLiveQueryResult = NonNullable<Awaited<ReturnType<typeof healthLive>>>
export type HealthLiveQueryError = ErrorType<unknown>


export function useHealthLive<TData = Awaited<ReturnType<typeof healthLive>>, TError = ErrorType<unknown>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof healthLive>>,
          TError,
          Awaited<ReturnType<typeof healthLive>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useHealthLive<TData = Awaited<ReturnType<typeof healthLive>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof healthLive>>,
          TError,
          Awaited<ReturnType<typeof healthLive>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useHealthLive<TData = Awaited<ReturnType<typeof healthLive>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The process runs
 */

export function useHealthLive<TData = Awaited<ReturnType<typeof healthLive>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof healthLive>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getHealthLiveQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Asks each node now. What a node says of itself is its own word; the blocks are checked elsewhere.
 * @summary Every node, who hears whom, and whether the consortium keeps up
 */
export const getOperationsNodesUrl = () => {


  

  return `/operations/nodes`
}

export const operationsNodes = async ( options?: RequestInit): Promise<OperatorNodes> => {
  
  return callJson<OperatorNodes>(getOperationsNodesUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOperationsNodesQueryKey = () => {
    return [
    `/operations/nodes`
    ] as const;
    }

    
export const getOperationsNodesQueryOptions = <TData = Awaited<ReturnType<typeof operationsNodes>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOperationsNodesQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof operationsNodes>>> = ({ signal }) => operationsNodes({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OperationsNodesQueryResult = NonNullable<Awaited<ReturnType<typeof operationsNodes>>>
export type OperationsNodesQueryError = ErrorType<Problem | Problem>


export function useOperationsNodes<TData = Awaited<ReturnType<typeof operationsNodes>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsNodes>>,
          TError,
          Awaited<ReturnType<typeof operationsNodes>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsNodes<TData = Awaited<ReturnType<typeof operationsNodes>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsNodes>>,
          TError,
          Awaited<ReturnType<typeof operationsNodes>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsNodes<TData = Awaited<ReturnType<typeof operationsNodes>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Every node, who hears whom, and whether the consortium keeps up
 */

export function useOperationsNodes<TData = Awaited<ReturnType<typeof operationsNodes>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsNodes>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOperationsNodesQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary What waits to be done here
 */
export const getOperationsWorkUrl = () => {


  

  return `/operations/queues`
}

export const operationsWork = async ( options?: RequestInit): Promise<Work> => {
  
  return callJson<Work>(getOperationsWorkUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOperationsWorkQueryKey = () => {
    return [
    `/operations/queues`
    ] as const;
    }

    
export const getOperationsWorkQueryOptions = <TData = Awaited<ReturnType<typeof operationsWork>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOperationsWorkQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof operationsWork>>> = ({ signal }) => operationsWork({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OperationsWorkQueryResult = NonNullable<Awaited<ReturnType<typeof operationsWork>>>
export type OperationsWorkQueryError = ErrorType<Problem | Problem>


export function useOperationsWork<TData = Awaited<ReturnType<typeof operationsWork>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsWork>>,
          TError,
          Awaited<ReturnType<typeof operationsWork>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsWork<TData = Awaited<ReturnType<typeof operationsWork>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsWork>>,
          TError,
          Awaited<ReturnType<typeof operationsWork>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsWork<TData = Awaited<ReturnType<typeof operationsWork>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What waits to be done here
 */

export function useOperationsWork<TData = Awaited<ReturnType<typeof operationsWork>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsWork>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOperationsWorkQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Captures that nobody could sign, signed transactions that no block has taken, jobs that failed as often as they are tried. What heals meanwhile goes from the list.
 * @summary Work that does not get on by itself
 */
export const getOperationsDeadLettersUrl = () => {


  

  return `/operations/dead-letters`
}

export const operationsDeadLetters = async ( options?: RequestInit): Promise<DeadLetters> => {
  
  return callJson<DeadLetters>(getOperationsDeadLettersUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOperationsDeadLettersQueryKey = () => {
    return [
    `/operations/dead-letters`
    ] as const;
    }

    
export const getOperationsDeadLettersQueryOptions = <TData = Awaited<ReturnType<typeof operationsDeadLetters>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOperationsDeadLettersQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof operationsDeadLetters>>> = ({ signal }) => operationsDeadLetters({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OperationsDeadLettersQueryResult = NonNullable<Awaited<ReturnType<typeof operationsDeadLetters>>>
export type OperationsDeadLettersQueryError = ErrorType<Problem | Problem>


export function useOperationsDeadLetters<TData = Awaited<ReturnType<typeof operationsDeadLetters>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsDeadLetters>>,
          TError,
          Awaited<ReturnType<typeof operationsDeadLetters>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsDeadLetters<TData = Awaited<ReturnType<typeof operationsDeadLetters>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsDeadLetters>>,
          TError,
          Awaited<ReturnType<typeof operationsDeadLetters>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsDeadLetters<TData = Awaited<ReturnType<typeof operationsDeadLetters>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Work that does not get on by itself
 */

export function useOperationsDeadLetters<TData = Awaited<ReturnType<typeof operationsDeadLetters>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsDeadLetters>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOperationsDeadLettersQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Always the same: the same command, the same signed bytes, the same job.
 * @summary Put work back to be done
 */
export const getOperationsRetryDeadLettersUrl = () => {


  

  return `/operations/dead-letters/retry`
}

export const operationsRetryDeadLetters = async (retryDeadLetters: RetryDeadLetters, options?: RequestInit): Promise<DeadLettersOutcome> => {
  
  return callJson<DeadLettersOutcome>(getOperationsRetryDeadLettersUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      retryDeadLetters,)
  }
);}




export const getOperationsRetryDeadLettersMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsRetryDeadLetters>>, TError,{data: BodyType<RetryDeadLetters>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof operationsRetryDeadLetters>>, TError,{data: BodyType<RetryDeadLetters>}, TContext> => {

const mutationKey = ['operationsRetryDeadLetters'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof operationsRetryDeadLetters>>, {data: BodyType<RetryDeadLetters>}> = (props) => {
          const {data} = props ?? {};

          return  operationsRetryDeadLetters(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type OperationsRetryDeadLettersMutationResult = NonNullable<Awaited<ReturnType<typeof operationsRetryDeadLetters>>>
    export type OperationsRetryDeadLettersMutationBody = BodyType<RetryDeadLetters>
    export type OperationsRetryDeadLettersMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Put work back to be done
 */
export const useOperationsRetryDeadLetters = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsRetryDeadLetters>>, TError,{data: BodyType<RetryDeadLetters>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof operationsRetryDeadLetters>>,
        TError,
        {data: BodyType<RetryDeadLetters>},
        TContext
      > => {

      const mutationOptions = getOperationsRetryDeadLettersMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * The owner of a capture reads the reason in its job. A signed transaction that nodes have already may still become final until it expires; its job then says so.
 * @summary Give work up, with a reason
 */
export const getOperationsDiscardDeadLettersUrl = () => {


  

  return `/operations/dead-letters/discard`
}

export const operationsDiscardDeadLetters = async (discardDeadLetters: DiscardDeadLetters, options?: RequestInit): Promise<DeadLettersOutcome> => {
  
  return callJson<DeadLettersOutcome>(getOperationsDiscardDeadLettersUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      discardDeadLetters,)
  }
);}




export const getOperationsDiscardDeadLettersMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsDiscardDeadLetters>>, TError,{data: BodyType<DiscardDeadLetters>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof operationsDiscardDeadLetters>>, TError,{data: BodyType<DiscardDeadLetters>}, TContext> => {

const mutationKey = ['operationsDiscardDeadLetters'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof operationsDiscardDeadLetters>>, {data: BodyType<DiscardDeadLetters>}> = (props) => {
          const {data} = props ?? {};

          return  operationsDiscardDeadLetters(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type OperationsDiscardDeadLettersMutationResult = NonNullable<Awaited<ReturnType<typeof operationsDiscardDeadLetters>>>
    export type OperationsDiscardDeadLettersMutationBody = BodyType<DiscardDeadLetters>
    export type OperationsDiscardDeadLettersMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Give work up, with a reason
 */
export const useOperationsDiscardDeadLetters = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsDiscardDeadLetters>>, TError,{data: BodyType<DiscardDeadLetters>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof operationsDiscardDeadLetters>>,
        TError,
        {data: BodyType<DiscardDeadLetters>},
        TContext
      > => {

      const mutationOptions = getOperationsDiscardDeadLettersMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Signed bytes of settled transactions, tickets of captures that ended, failed jobs that were settled. The ledger keeps every record; nothing that waits is touched.
 * @summary Delete what was settled long ago
 */
export const getOperationsPurgeUrl = () => {


  

  return `/operations/purge`
}

export const operationsPurge = async (purgeSettled: PurgeSettled, options?: RequestInit): Promise<PurgedSettled> => {
  
  return callJson<PurgedSettled>(getOperationsPurgeUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      purgeSettled,)
  }
);}




export const getOperationsPurgeMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsPurge>>, TError,{data: BodyType<PurgeSettled>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof operationsPurge>>, TError,{data: BodyType<PurgeSettled>}, TContext> => {

const mutationKey = ['operationsPurge'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof operationsPurge>>, {data: BodyType<PurgeSettled>}> = (props) => {
          const {data} = props ?? {};

          return  operationsPurge(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type OperationsPurgeMutationResult = NonNullable<Awaited<ReturnType<typeof operationsPurge>>>
    export type OperationsPurgeMutationBody = BodyType<PurgeSettled>
    export type OperationsPurgeMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Delete what was settled long ago
 */
export const useOperationsPurge = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsPurge>>, TError,{data: BodyType<PurgeSettled>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof operationsPurge>>,
        TError,
        {data: BodyType<PurgeSettled>},
        TContext
      > => {

      const mutationOptions = getOperationsPurgeMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary How far what is shown follows the chain
 */
export const getOperationsProjectionsUrl = () => {


  

  return `/operations/projections`
}

export const operationsProjections = async ( options?: RequestInit): Promise<Projections> => {
  
  return callJson<Projections>(getOperationsProjectionsUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOperationsProjectionsQueryKey = () => {
    return [
    `/operations/projections`
    ] as const;
    }

    
export const getOperationsProjectionsQueryOptions = <TData = Awaited<ReturnType<typeof operationsProjections>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOperationsProjectionsQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof operationsProjections>>> = ({ signal }) => operationsProjections({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OperationsProjectionsQueryResult = NonNullable<Awaited<ReturnType<typeof operationsProjections>>>
export type OperationsProjectionsQueryError = ErrorType<Problem | Problem>


export function useOperationsProjections<TData = Awaited<ReturnType<typeof operationsProjections>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsProjections>>,
          TError,
          Awaited<ReturnType<typeof operationsProjections>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsProjections<TData = Awaited<ReturnType<typeof operationsProjections>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsProjections>>,
          TError,
          Awaited<ReturnType<typeof operationsProjections>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsProjections<TData = Awaited<ReturnType<typeof operationsProjections>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary How far what is shown follows the chain
 */

export function useOperationsProjections<TData = Awaited<ReturnType<typeof operationsProjections>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsProjections>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOperationsProjectionsQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Out of verified blocks, by the worker, beside the tables that are read: everybody goes on seeing the old rows until the new ones are complete. It survives a restart of the worker.
 * @summary Fill the views anew from height 1
 */
export const getOperationsRebuildUrl = (name: string,) => {


  

  return `/operations/projections/${name}/rebuild`
}

export const operationsRebuild = async (name: string, options?: RequestInit): Promise<ProjectionRebuild> => {
  
  return callJson<ProjectionRebuild>(getOperationsRebuildUrl(name),
  {      
    ...options,
    method: 'POST'
    
    
  }
);}




export const getOperationsRebuildMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsRebuild>>, TError,{name: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof operationsRebuild>>, TError,{name: string}, TContext> => {

const mutationKey = ['operationsRebuild'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof operationsRebuild>>, {name: string}> = (props) => {
          const {name} = props ?? {};

          return  operationsRebuild(name,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type OperationsRebuildMutationResult = NonNullable<Awaited<ReturnType<typeof operationsRebuild>>>
    
    export type OperationsRebuildMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Fill the views anew from height 1
 */
export const useOperationsRebuild = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsRebuild>>, TError,{name: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof operationsRebuild>>,
        TError,
        {name: string},
        TContext
      > => {

      const mutationOptions = getOperationsRebuildMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Stop filling the views anew; the old rows stay
 */
export const getOperationsCancelRebuildUrl = (name: string,) => {


  

  return `/operations/projections/${name}/rebuild/cancel`
}

export const operationsCancelRebuild = async (name: string, options?: RequestInit): Promise<ProjectionRebuild> => {
  
  return callJson<ProjectionRebuild>(getOperationsCancelRebuildUrl(name),
  {      
    ...options,
    method: 'POST'
    
    
  }
);}




export const getOperationsCancelRebuildMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsCancelRebuild>>, TError,{name: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof operationsCancelRebuild>>, TError,{name: string}, TContext> => {

const mutationKey = ['operationsCancelRebuild'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof operationsCancelRebuild>>, {name: string}> = (props) => {
          const {name} = props ?? {};

          return  operationsCancelRebuild(name,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type OperationsCancelRebuildMutationResult = NonNullable<Awaited<ReturnType<typeof operationsCancelRebuild>>>
    
    export type OperationsCancelRebuildMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Stop filling the views anew; the old rows stay
 */
export const useOperationsCancelRebuild = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof operationsCancelRebuild>>, TError,{name: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof operationsCancelRebuild>>,
        TError,
        {name: string},
        TContext
      > => {

      const mutationOptions = getOperationsCancelRebuildMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary What runs here, part by part
 */
export const getOperationsVersionsUrl = () => {


  

  return `/operations/versions`
}

export const operationsVersions = async ( options?: RequestInit): Promise<Versions> => {
  
  return callJson<Versions>(getOperationsVersionsUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOperationsVersionsQueryKey = () => {
    return [
    `/operations/versions`
    ] as const;
    }

    
export const getOperationsVersionsQueryOptions = <TData = Awaited<ReturnType<typeof operationsVersions>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOperationsVersionsQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof operationsVersions>>> = ({ signal }) => operationsVersions({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OperationsVersionsQueryResult = NonNullable<Awaited<ReturnType<typeof operationsVersions>>>
export type OperationsVersionsQueryError = ErrorType<Problem | Problem>


export function useOperationsVersions<TData = Awaited<ReturnType<typeof operationsVersions>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsVersions>>,
          TError,
          Awaited<ReturnType<typeof operationsVersions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsVersions<TData = Awaited<ReturnType<typeof operationsVersions>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof operationsVersions>>,
          TError,
          Awaited<ReturnType<typeof operationsVersions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOperationsVersions<TData = Awaited<ReturnType<typeof operationsVersions>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What runs here, part by part
 */

export function useOperationsVersions<TData = Awaited<ReturnType<typeof operationsVersions>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof operationsVersions>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOperationsVersionsQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



