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
  Problem,
  SampleState
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType } from '../../shared/api/call.js';




/**
 * @summary Whether your organisation's sample data is loaded
 */
export const getSampleStateUrl = () => {


  

  return `/sample`
}

export const sampleState = async ( options?: RequestInit): Promise<SampleState> => {
  
  return callJson<SampleState>(getSampleStateUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getSampleStateQueryKey = () => {
    return [
    `/sample`
    ] as const;
    }

    
export const getSampleStateQueryOptions = <TData = Awaited<ReturnType<typeof sampleState>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getSampleStateQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof sampleState>>> = ({ signal }) => sampleState({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type SampleStateQueryResult = NonNullable<Awaited<ReturnType<typeof sampleState>>>
export type SampleStateQueryError = ErrorType<Problem | Problem>


export function useSampleState<TData = Awaited<ReturnType<typeof sampleState>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof sampleState>>,
          TError,
          Awaited<ReturnType<typeof sampleState>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSampleState<TData = Awaited<ReturnType<typeof sampleState>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof sampleState>>,
          TError,
          Awaited<ReturnType<typeof sampleState>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSampleState<TData = Awaited<ReturnType<typeof sampleState>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Whether your organisation's sample data is loaded
 */

export function useSampleState<TData = Awaited<ReturnType<typeof sampleState>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof sampleState>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getSampleStateQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * One product from harvest to shipment, captured as your organisation under its own company prefix, visible to your organisation only, with SAMPLE in every lot and serial.
 * @summary Load sample data
 */
export const getLoadSampleUrl = () => {


  

  return `/sample`
}

export const loadSample = async ( options?: RequestInit): Promise<SampleState> => {
  
  return callJson<SampleState>(getLoadSampleUrl(),
  {      
    ...options,
    method: 'POST'
    
    
  }
);}




export const getLoadSampleMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof loadSample>>, TError,void, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof loadSample>>, TError,void, TContext> => {

const mutationKey = ['loadSample'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof loadSample>>, void> = () => {
          

          return  loadSample()
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type LoadSampleMutationResult = NonNullable<Awaited<ReturnType<typeof loadSample>>>
    
    export type LoadSampleMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Load sample data
 */
export const useLoadSample = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof loadSample>>, TError,void, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof loadSample>>,
        TError,
        void,
        TContext
      > => {

      const mutationOptions = getLoadSampleMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Every event is declared as one that did not occur. It leaves the lists and traces; a ledger keeps withdrawn records for ever.
 * @summary Remove the sample data
 */
export const getRemoveSampleUrl = () => {


  

  return `/sample`
}

export const removeSample = async ( options?: RequestInit): Promise<SampleState> => {
  
  return callJson<SampleState>(getRemoveSampleUrl(),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getRemoveSampleMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof removeSample>>, TError,void, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof removeSample>>, TError,void, TContext> => {

const mutationKey = ['removeSample'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof removeSample>>, void> = () => {
          

          return  removeSample()
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type RemoveSampleMutationResult = NonNullable<Awaited<ReturnType<typeof removeSample>>>
    
    export type RemoveSampleMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Remove the sample data
 */
export const useRemoveSample = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof removeSample>>, TError,void, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof removeSample>>,
        TError,
        void,
        TContext
      > => {

      const mutationOptions = getRemoveSampleMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    