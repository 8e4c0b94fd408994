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
  ApproveMotion,
  LedgerTicket,
  ListMotionsParams,
  Motion,
  MotionList,
  Problem,
  ProposeMotion
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * @summary What waits for signatures, or was decided; the newest first, at most 200
 */
export const getListMotionsUrl = (params?: ListMotionsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/motions?${stringifiedParams}` : `/motions`
}

export const listMotions = async (params?: ListMotionsParams, options?: RequestInit): Promise<MotionList> => {
  
  return callJson<MotionList>(getListMotionsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListMotionsQueryKey = (params?: ListMotionsParams,) => {
    return [
    `/motions`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getListMotionsQueryOptions = <TData = Awaited<ReturnType<typeof listMotions>>, TError = ErrorType<Problem | Problem>>(params?: ListMotionsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListMotionsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listMotions>>> = ({ signal }) => listMotions(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListMotionsQueryResult = NonNullable<Awaited<ReturnType<typeof listMotions>>>
export type ListMotionsQueryError = ErrorType<Problem | Problem>


export function useListMotions<TData = Awaited<ReturnType<typeof listMotions>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ListMotionsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listMotions>>,
          TError,
          Awaited<ReturnType<typeof listMotions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListMotions<TData = Awaited<ReturnType<typeof listMotions>>, TError = ErrorType<Problem | Problem>>(
 params?: ListMotionsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listMotions>>,
          TError,
          Awaited<ReturnType<typeof listMotions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListMotions<TData = Awaited<ReturnType<typeof listMotions>>, TError = ErrorType<Problem | Problem>>(
 params?: ListMotionsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What waits for signatures, or was decided; the newest first, at most 200
 */

export function useListMotions<TData = Awaited<ReturnType<typeof listMotions>>, TError = ErrorType<Problem | Problem>>(
 params?: ListMotionsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listMotions>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListMotionsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * To propose is to approve: your organisation signs first. The last approval executes it.
 * @summary Propose what takes several signatures
 */
export const getProposeMotionUrl = () => {


  

  return `/motions`
}

export const proposeMotion = async (proposeMotion: ProposeMotion, options?: RequestInit): Promise<LedgerTicket> => {
  
  return callJson<LedgerTicket>(getProposeMotionUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      proposeMotion,)
  }
);}




export const getProposeMotionMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof proposeMotion>>, TError,{data: BodyType<ProposeMotion>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof proposeMotion>>, TError,{data: BodyType<ProposeMotion>}, TContext> => {

const mutationKey = ['proposeMotion'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof proposeMotion>>, {data: BodyType<ProposeMotion>}> = (props) => {
          const {data} = props ?? {};

          return  proposeMotion(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ProposeMotionMutationResult = NonNullable<Awaited<ReturnType<typeof proposeMotion>>>
    export type ProposeMotionMutationBody = BodyType<ProposeMotion>
    export type ProposeMotionMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Propose what takes several signatures
 */
export const useProposeMotion = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof proposeMotion>>, TError,{data: BodyType<ProposeMotion>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof proposeMotion>>,
        TError,
        {data: BodyType<ProposeMotion>},
        TContext
      > => {

      const mutationOptions = getProposeMotionMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary One motion, with everything that it carries
 */
export const getGetMotionUrl = (motion: string,) => {


  

  return `/motions/${motion}`
}

export const getMotion = async (motion: string, options?: RequestInit): Promise<Motion> => {
  
  return callJson<Motion>(getGetMotionUrl(motion),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getGetMotionQueryKey = (motion?: string,) => {
    return [
    `/motions/${motion}`
    ] as const;
    }

    
export const getGetMotionQueryOptions = <TData = Awaited<ReturnType<typeof getMotion>>, TError = ErrorType<Problem | Problem | Problem>>(motion: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getGetMotionQueryKey(motion);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof getMotion>>> = ({ signal }) => getMotion(motion, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(motion), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type GetMotionQueryResult = NonNullable<Awaited<ReturnType<typeof getMotion>>>
export type GetMotionQueryError = ErrorType<Problem | Problem | Problem>


export function useGetMotion<TData = Awaited<ReturnType<typeof getMotion>>, TError = ErrorType<Problem | Problem | Problem>>(
 motion: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof getMotion>>,
          TError,
          Awaited<ReturnType<typeof getMotion>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetMotion<TData = Awaited<ReturnType<typeof getMotion>>, TError = ErrorType<Problem | Problem | Problem>>(
 motion: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof getMotion>>,
          TError,
          Awaited<ReturnType<typeof getMotion>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetMotion<TData = Awaited<ReturnType<typeof getMotion>>, TError = ErrorType<Problem | Problem | Problem>>(
 motion: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One motion, with everything that it carries
 */

export function useGetMotion<TData = Awaited<ReturnType<typeof getMotion>>, TError = ErrorType<Problem | Problem | Problem>>(
 motion: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getMotion>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getGetMotionQueryOptions(motion,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary Sign a motion that you have read
 */
export const getApproveMotionUrl = (motion: string,) => {


  

  return `/motions/${motion}/approve`
}

export const approveMotion = async (motion: string,
    approveMotion: ApproveMotion, options?: RequestInit): Promise<LedgerTicket> => {
  
  return callJson<LedgerTicket>(getApproveMotionUrl(motion),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      approveMotion,)
  }
);}




export const getApproveMotionMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof approveMotion>>, TError,{motion: string;data: BodyType<ApproveMotion>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof approveMotion>>, TError,{motion: string;data: BodyType<ApproveMotion>}, TContext> => {

const mutationKey = ['approveMotion'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof approveMotion>>, {motion: string;data: BodyType<ApproveMotion>}> = (props) => {
          const {motion,data} = props ?? {};

          return  approveMotion(motion,data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ApproveMotionMutationResult = NonNullable<Awaited<ReturnType<typeof approveMotion>>>
    export type ApproveMotionMutationBody = BodyType<ApproveMotion>
    export type ApproveMotionMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Sign a motion that you have read
 */
export const useApproveMotion = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof approveMotion>>, TError,{motion: string;data: BodyType<ApproveMotion>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof approveMotion>>,
        TError,
        {motion: string;data: BodyType<ApproveMotion>},
        TContext
      > => {

      const mutationOptions = getApproveMotionMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Take your own motion back, or clear one away whose time is over
 */
export const getWithdrawMotionUrl = (motion: string,) => {


  

  return `/motions/${motion}/withdraw`
}

export const withdrawMotion = async (motion: string, options?: RequestInit): Promise<LedgerTicket> => {
  
  return callJson<LedgerTicket>(getWithdrawMotionUrl(motion),
  {      
    ...options,
    method: 'POST'
    
    
  }
);}




export const getWithdrawMotionMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof withdrawMotion>>, TError,{motion: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof withdrawMotion>>, TError,{motion: string}, TContext> => {

const mutationKey = ['withdrawMotion'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof withdrawMotion>>, {motion: string}> = (props) => {
          const {motion} = props ?? {};

          return  withdrawMotion(motion,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type WithdrawMotionMutationResult = NonNullable<Awaited<ReturnType<typeof withdrawMotion>>>
    
    export type WithdrawMotionMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Take your own motion back, or clear one away whose time is over
 */
export const useWithdrawMotion = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof withdrawMotion>>, TError,{motion: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof withdrawMotion>>,
        TError,
        {motion: string},
        TContext
      > => {

      const mutationOptions = getWithdrawMotionMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    