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
  ChainBlock,
  ChainBlocks,
  ChainBlocksParams,
  ChainTransaction,
  ChainTrust200,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * As the node that is asked lists them. A block of its own address is checked.
 * @summary Blocks, newest first
 */
export const getChainBlocksUrl = (params?: ChainBlocksParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/chain/blocks?${stringifiedParams}` : `/chain/blocks`
}

export const chainBlocks = async (params?: ChainBlocksParams, options?: RequestInit): Promise<ChainBlocks> => {
  
  return callJson<ChainBlocks>(getChainBlocksUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getChainBlocksQueryKey = (params?: ChainBlocksParams,) => {
    return [
    `/chain/blocks`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getChainBlocksQueryOptions = <TData = Awaited<ReturnType<typeof chainBlocks>>, TError = ErrorType<Problem | Problem>>(params?: ChainBlocksParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getChainBlocksQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof chainBlocks>>> = ({ signal }) => chainBlocks(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ChainBlocksQueryResult = NonNullable<Awaited<ReturnType<typeof chainBlocks>>>
export type ChainBlocksQueryError = ErrorType<Problem | Problem>


export function useChainBlocks<TData = Awaited<ReturnType<typeof chainBlocks>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ChainBlocksParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainBlocks>>,
          TError,
          Awaited<ReturnType<typeof chainBlocks>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainBlocks<TData = Awaited<ReturnType<typeof chainBlocks>>, TError = ErrorType<Problem | Problem>>(
 params?: ChainBlocksParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainBlocks>>,
          TError,
          Awaited<ReturnType<typeof chainBlocks>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainBlocks<TData = Awaited<ReturnType<typeof chainBlocks>>, TError = ErrorType<Problem | Problem>>(
 params?: ChainBlocksParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Blocks, newest first
 */

export function useChainBlocks<TData = Awaited<ReturnType<typeof chainBlocks>>, TError = ErrorType<Problem | Problem>>(
 params?: ChainBlocksParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlocks>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getChainBlocksQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Header, transactions and receipts. Who sent a transaction is told to its sender, to regulators and to the operator.
 * @summary One block, checked against the signatures of the consortium
 */
export const getChainBlockUrl = (height: string,) => {


  

  return `/chain/blocks/${height}`
}

export const chainBlock = async (height: string, options?: RequestInit): Promise<ChainBlock> => {
  
  return callJson<ChainBlock>(getChainBlockUrl(height),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getChainBlockQueryKey = (height?: string,) => {
    return [
    `/chain/blocks/${height}`
    ] as const;
    }

    
export const getChainBlockQueryOptions = <TData = Awaited<ReturnType<typeof chainBlock>>, TError = ErrorType<Problem | Problem | Problem>>(height: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getChainBlockQueryKey(height);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof chainBlock>>> = ({ signal }) => chainBlock(height, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(height), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ChainBlockQueryResult = NonNullable<Awaited<ReturnType<typeof chainBlock>>>
export type ChainBlockQueryError = ErrorType<Problem | Problem | Problem>


export function useChainBlock<TData = Awaited<ReturnType<typeof chainBlock>>, TError = ErrorType<Problem | Problem | Problem>>(
 height: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainBlock>>,
          TError,
          Awaited<ReturnType<typeof chainBlock>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainBlock<TData = Awaited<ReturnType<typeof chainBlock>>, TError = ErrorType<Problem | Problem | Problem>>(
 height: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainBlock>>,
          TError,
          Awaited<ReturnType<typeof chainBlock>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainBlock<TData = Awaited<ReturnType<typeof chainBlock>>, TError = ErrorType<Problem | Problem | Problem>>(
 height: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One block, checked against the signatures of the consortium
 */

export function useChainBlock<TData = Awaited<ReturnType<typeof chainBlock>>, TError = ErrorType<Problem | Problem | Problem>>(
 height: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainBlock>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getChainBlockQueryOptions(height,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Checked against the signatures of the consortium. Contents, pointers and facts are shown to whoever may read them by their visibility; the others see kinds and sizes.
 * @summary One transaction: its state, its receipt in words, and what of it you may read
 */
export const getChainTransactionUrl = (txId: string,) => {


  

  return `/chain/transactions/${txId}`
}

export const chainTransaction = async (txId: string, options?: RequestInit): Promise<ChainTransaction> => {
  
  return callJson<ChainTransaction>(getChainTransactionUrl(txId),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getChainTransactionQueryKey = (txId?: string,) => {
    return [
    `/chain/transactions/${txId}`
    ] as const;
    }

    
export const getChainTransactionQueryOptions = <TData = Awaited<ReturnType<typeof chainTransaction>>, TError = ErrorType<Problem | Problem | Problem>>(txId: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getChainTransactionQueryKey(txId);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof chainTransaction>>> = ({ signal }) => chainTransaction(txId, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(txId), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ChainTransactionQueryResult = NonNullable<Awaited<ReturnType<typeof chainTransaction>>>
export type ChainTransactionQueryError = ErrorType<Problem | Problem | Problem>


export function useChainTransaction<TData = Awaited<ReturnType<typeof chainTransaction>>, TError = ErrorType<Problem | Problem | Problem>>(
 txId: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainTransaction>>,
          TError,
          Awaited<ReturnType<typeof chainTransaction>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainTransaction<TData = Awaited<ReturnType<typeof chainTransaction>>, TError = ErrorType<Problem | Problem | Problem>>(
 txId: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainTransaction>>,
          TError,
          Awaited<ReturnType<typeof chainTransaction>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainTransaction<TData = Awaited<ReturnType<typeof chainTransaction>>, TError = ErrorType<Problem | Problem | Problem>>(
 txId: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One transaction: its state, its receipt in words, and what of it you may read
 */

export function useChainTransaction<TData = Awaited<ReturnType<typeof chainTransaction>>, TError = ErrorType<Problem | Problem | Problem>>(
 txId: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTransaction>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getChainTransactionQueryOptions(txId,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * What evidence is checked against. Compare its fingerprint with the one you got another way.
 * @summary The trust root of this chain
 */
export const getChainTrustUrl = () => {


  

  return `/chain/trust`
}

export const chainTrust = async ( options?: RequestInit): Promise<ChainTrust200> => {
  
  return callJson<ChainTrust200>(getChainTrustUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getChainTrustQueryKey = () => {
    return [
    `/chain/trust`
    ] as const;
    }

    
export const getChainTrustQueryOptions = <TData = Awaited<ReturnType<typeof chainTrust>>, TError = ErrorType<unknown>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getChainTrustQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof chainTrust>>> = ({ signal }) => chainTrust({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ChainTrustQueryResult = NonNullable<Awaited<ReturnType<typeof chainTrust>>>
export type ChainTrustQueryError = ErrorType<unknown>


export function useChainTrust<TData = Awaited<ReturnType<typeof chainTrust>>, TError = ErrorType<unknown>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainTrust>>,
          TError,
          Awaited<ReturnType<typeof chainTrust>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainTrust<TData = Awaited<ReturnType<typeof chainTrust>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof chainTrust>>,
          TError,
          Awaited<ReturnType<typeof chainTrust>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useChainTrust<TData = Awaited<ReturnType<typeof chainTrust>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The trust root of this chain
 */

export function useChainTrust<TData = Awaited<ReturnType<typeof chainTrust>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof chainTrust>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getChainTrustQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



