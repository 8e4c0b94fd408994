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
  ApiKeys,
  IssueKey,
  IssuedKey,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * @summary Keys of your organisation's machines, the newest first
 */
export const getListApiKeysUrl = () => {


  

  return `/api-keys`
}

export const listApiKeys = async ( options?: RequestInit): Promise<ApiKeys> => {
  
  return callJson<ApiKeys>(getListApiKeysUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListApiKeysQueryKey = () => {
    return [
    `/api-keys`
    ] as const;
    }

    
export const getListApiKeysQueryOptions = <TData = Awaited<ReturnType<typeof listApiKeys>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListApiKeysQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listApiKeys>>> = ({ signal }) => listApiKeys({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListApiKeysQueryResult = NonNullable<Awaited<ReturnType<typeof listApiKeys>>>
export type ListApiKeysQueryError = ErrorType<Problem | Problem>


export function useListApiKeys<TData = Awaited<ReturnType<typeof listApiKeys>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listApiKeys>>,
          TError,
          Awaited<ReturnType<typeof listApiKeys>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListApiKeys<TData = Awaited<ReturnType<typeof listApiKeys>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listApiKeys>>,
          TError,
          Awaited<ReturnType<typeof listApiKeys>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListApiKeys<TData = Awaited<ReturnType<typeof listApiKeys>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Keys of your organisation's machines, the newest first
 */

export function useListApiKeys<TData = Awaited<ReturnType<typeof listApiKeys>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listApiKeys>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListApiKeysQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * The key is shown once.
 * @summary Issue a key
 */
export const getIssueApiKeyUrl = () => {


  

  return `/api-keys`
}

export const issueApiKey = async (issueKey: IssueKey, options?: RequestInit): Promise<IssuedKey> => {
  
  return callJson<IssuedKey>(getIssueApiKeyUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      issueKey,)
  }
);}




export const getIssueApiKeyMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof issueApiKey>>, TError,{data: BodyType<IssueKey>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof issueApiKey>>, TError,{data: BodyType<IssueKey>}, TContext> => {

const mutationKey = ['issueApiKey'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof issueApiKey>>, {data: BodyType<IssueKey>}> = (props) => {
          const {data} = props ?? {};

          return  issueApiKey(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type IssueApiKeyMutationResult = NonNullable<Awaited<ReturnType<typeof issueApiKey>>>
    export type IssueApiKeyMutationBody = BodyType<IssueKey>
    export type IssueApiKeyMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Issue a key
 */
export const useIssueApiKey = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof issueApiKey>>, TError,{data: BodyType<IssueKey>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof issueApiKey>>,
        TError,
        {data: BodyType<IssueKey>},
        TContext
      > => {

      const mutationOptions = getIssueApiKeyMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Revoke a key: it opens nothing from the next request on
 */
export const getRevokeApiKeyUrl = (id: string,) => {


  

  return `/api-keys/${id}`
}

export const revokeApiKey = async (id: string, options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getRevokeApiKeyUrl(id),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getRevokeApiKeyMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof revokeApiKey>>, TError,{id: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof revokeApiKey>>, TError,{id: string}, TContext> => {

const mutationKey = ['revokeApiKey'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof revokeApiKey>>, {id: string}> = (props) => {
          const {id} = props ?? {};

          return  revokeApiKey(id,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type RevokeApiKeyMutationResult = NonNullable<Awaited<ReturnType<typeof revokeApiKey>>>
    
    export type RevokeApiKeyMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Revoke a key: it opens nothing from the next request on
 */
export const useRevokeApiKey = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof revokeApiKey>>, TError,{id: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof revokeApiKey>>,
        TError,
        {id: string},
        TContext
      > => {

      const mutationOptions = getRevokeApiKeyMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    