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
  LedgerAccount,
  LedgerTicket,
  Problem,
  RotateKey
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * One node’s word; `stateProof` of `proofKey` at a node proves it.
 * @summary An account as the ledger keeps it: permissions, links, delegations, deposit
 */
export const getGetLedgerAccountUrl = (account: string,) => {


  

  return `/accounts/${account}`
}

export const getLedgerAccount = async (account: string, options?: RequestInit): Promise<LedgerAccount> => {
  
  return callJson<LedgerAccount>(getGetLedgerAccountUrl(account),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getGetLedgerAccountQueryKey = (account?: string,) => {
    return [
    `/accounts/${account}`
    ] as const;
    }

    
export const getGetLedgerAccountQueryOptions = <TData = Awaited<ReturnType<typeof getLedgerAccount>>, TError = ErrorType<Problem | Problem | Problem>>(account: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getGetLedgerAccountQueryKey(account);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof getLedgerAccount>>> = ({ signal }) => getLedgerAccount(account, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(account), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type GetLedgerAccountQueryResult = NonNullable<Awaited<ReturnType<typeof getLedgerAccount>>>
export type GetLedgerAccountQueryError = ErrorType<Problem | Problem | Problem>


export function useGetLedgerAccount<TData = Awaited<ReturnType<typeof getLedgerAccount>>, TError = ErrorType<Problem | Problem | Problem>>(
 account: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof getLedgerAccount>>,
          TError,
          Awaited<ReturnType<typeof getLedgerAccount>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetLedgerAccount<TData = Awaited<ReturnType<typeof getLedgerAccount>>, TError = ErrorType<Problem | Problem | Problem>>(
 account: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof getLedgerAccount>>,
          TError,
          Awaited<ReturnType<typeof getLedgerAccount>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetLedgerAccount<TData = Awaited<ReturnType<typeof getLedgerAccount>>, TError = ErrorType<Problem | Problem | Problem>>(
 account: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary An account as the ledger keeps it: permissions, links, delegations, deposit
 */

export function useGetLedgerAccount<TData = Awaited<ReturnType<typeof getLedgerAccount>>, TError = ErrorType<Problem | Problem | Problem>>(
 account: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getLedgerAccount>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getGetLedgerAccountQueryOptions(account,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Put the sealed file of the new key beside the old one first (`waymark key`); the old one ends with the block.
 * @summary Replace a key of your organisation in every permission that names it
 */
export const getRotateLedgerKeyUrl = () => {


  

  return `/accounts/own/key-rotation`
}

export const rotateLedgerKey = async (rotateKey: RotateKey, options?: RequestInit): Promise<LedgerTicket> => {
  
  return callJson<LedgerTicket>(getRotateLedgerKeyUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      rotateKey,)
  }
);}




export const getRotateLedgerKeyMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof rotateLedgerKey>>, TError,{data: BodyType<RotateKey>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof rotateLedgerKey>>, TError,{data: BodyType<RotateKey>}, TContext> => {

const mutationKey = ['rotateLedgerKey'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof rotateLedgerKey>>, {data: BodyType<RotateKey>}> = (props) => {
          const {data} = props ?? {};

          return  rotateLedgerKey(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type RotateLedgerKeyMutationResult = NonNullable<Awaited<ReturnType<typeof rotateLedgerKey>>>
    export type RotateLedgerKeyMutationBody = BodyType<RotateKey>
    export type RotateLedgerKeyMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Replace a key of your organisation in every permission that names it
 */
export const useRotateLedgerKey = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof rotateLedgerKey>>, TError,{data: BodyType<RotateKey>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof rotateLedgerKey>>,
        TError,
        {data: BodyType<RotateKey>},
        TContext
      > => {

      const mutationOptions = getRotateLedgerKeyMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    