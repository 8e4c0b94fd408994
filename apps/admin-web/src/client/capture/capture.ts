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
  CaptureCheck,
  CaptureCheckBody,
  CaptureJob,
  CaptureJobEvents,
  CaptureJobEventsParams,
  CaptureJobsParams,
  CaptureNamesParams,
  CaptureSendBody,
  KnownNames,
  Problem
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * One EPCISDocument (or EPCISQueryDocument) in JSON becomes one transaction, signed with your organisation's key: at most 1000 events and 983040 bytes. The answer names the job; faults of single events are errors of the job.
 * @summary Capture EPCIS events
 */
export const getCaptureSendUrl = () => {


  

  return `/epcis/capture`
}

export const captureSend = async (captureSendBody: CaptureSendBody, options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getCaptureSendUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      captureSendBody,)
  }
);}




export const getCaptureSendMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof captureSend>>, TError,{data: BodyType<CaptureSendBody>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof captureSend>>, TError,{data: BodyType<CaptureSendBody>}, TContext> => {

const mutationKey = ['captureSend'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof captureSend>>, {data: BodyType<CaptureSendBody>}> = (props) => {
          const {data} = props ?? {};

          return  captureSend(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type CaptureSendMutationResult = NonNullable<Awaited<ReturnType<typeof captureSend>>>
    export type CaptureSendMutationBody = BodyType<CaptureSendBody>
    export type CaptureSendMutationError = ErrorType<Problem | Problem | Problem | Problem | Problem | Problem | Problem>

    /**
 * @summary Capture EPCIS events
 */
export const useCaptureSend = <TError = ErrorType<Problem | Problem | Problem | Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof captureSend>>, TError,{data: BodyType<CaptureSendBody>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof captureSend>>,
        TError,
        {data: BodyType<CaptureSendBody>},
        TContext
      > => {

      const mutationOptions = getCaptureSendMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Your organisation's capture jobs, newest first
 */
export const getCaptureJobsUrl = (params?: CaptureJobsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/epcis/capture?${stringifiedParams}` : `/epcis/capture`
}

export const captureJobs = async (params?: CaptureJobsParams, options?: RequestInit): Promise<CaptureJob[]> => {
  
  return callJson<CaptureJob[]>(getCaptureJobsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCaptureJobsQueryKey = (params?: CaptureJobsParams,) => {
    return [
    `/epcis/capture`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getCaptureJobsQueryOptions = <TData = Awaited<ReturnType<typeof captureJobs>>, TError = ErrorType<Problem | Problem>>(params?: CaptureJobsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCaptureJobsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof captureJobs>>> = ({ signal }) => captureJobs(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CaptureJobsQueryResult = NonNullable<Awaited<ReturnType<typeof captureJobs>>>
export type CaptureJobsQueryError = ErrorType<Problem | Problem>


export function useCaptureJobs<TData = Awaited<ReturnType<typeof captureJobs>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  CaptureJobsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJobs>>,
          TError,
          Awaited<ReturnType<typeof captureJobs>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJobs<TData = Awaited<ReturnType<typeof captureJobs>>, TError = ErrorType<Problem | Problem>>(
 params?: CaptureJobsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJobs>>,
          TError,
          Awaited<ReturnType<typeof captureJobs>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJobs<TData = Awaited<ReturnType<typeof captureJobs>>, TError = ErrorType<Problem | Problem>>(
 params?: CaptureJobsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Your organisation's capture jobs, newest first
 */

export function useCaptureJobs<TData = Awaited<ReturnType<typeof captureJobs>>, TError = ErrorType<Problem | Problem>>(
 params?: CaptureJobsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobs>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCaptureJobsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Finished when `running` is false; then every event is final or refused.
 * @summary One capture job
 */
export const getCaptureJobUrl = (captureID: string,) => {


  

  return `/epcis/capture/${captureID}`
}

export const captureJob = async (captureID: string, options?: RequestInit): Promise<CaptureJob> => {
  
  return callJson<CaptureJob>(getCaptureJobUrl(captureID),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCaptureJobQueryKey = (captureID?: string,) => {
    return [
    `/epcis/capture/${captureID}`
    ] as const;
    }

    
export const getCaptureJobQueryOptions = <TData = Awaited<ReturnType<typeof captureJob>>, TError = ErrorType<Problem | Problem | Problem>>(captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCaptureJobQueryKey(captureID);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof captureJob>>> = ({ signal }) => captureJob(captureID, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(captureID), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CaptureJobQueryResult = NonNullable<Awaited<ReturnType<typeof captureJob>>>
export type CaptureJobQueryError = ErrorType<Problem | Problem | Problem>


export function useCaptureJob<TData = Awaited<ReturnType<typeof captureJob>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJob>>,
          TError,
          Awaited<ReturnType<typeof captureJob>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJob<TData = Awaited<ReturnType<typeof captureJob>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJob>>,
          TError,
          Awaited<ReturnType<typeof captureJob>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJob<TData = Awaited<ReturnType<typeof captureJob>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One capture job
 */

export function useCaptureJob<TData = Awaited<ReturnType<typeof captureJob>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJob>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCaptureJobQueryOptions(captureID,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Server-sent events: `job` with the whole job whenever it changes, at once and until it is finished; then `end`. `end` with `{"why":"later"}` means: ask again.
 * @summary Follow a capture job live
 */
export const getCaptureProgressUrl = (captureID: string,) => {


  

  return `/epcis/capture/${captureID}/progress`
}

export const captureProgress = async (captureID: string, options?: RequestInit): Promise<string> => {
  
  return callJson<string>(getCaptureProgressUrl(captureID),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCaptureProgressQueryKey = (captureID?: string,) => {
    return [
    `/epcis/capture/${captureID}/progress`
    ] as const;
    }

    
export const getCaptureProgressQueryOptions = <TData = Awaited<ReturnType<typeof captureProgress>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCaptureProgressQueryKey(captureID);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof captureProgress>>> = ({ signal }) => captureProgress(captureID, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(captureID), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CaptureProgressQueryResult = NonNullable<Awaited<ReturnType<typeof captureProgress>>>
export type CaptureProgressQueryError = ErrorType<Problem | Problem | Problem | Problem>


export function useCaptureProgress<TData = Awaited<ReturnType<typeof captureProgress>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 captureID: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureProgress>>,
          TError,
          Awaited<ReturnType<typeof captureProgress>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureProgress<TData = Awaited<ReturnType<typeof captureProgress>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureProgress>>,
          TError,
          Awaited<ReturnType<typeof captureProgress>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureProgress<TData = Awaited<ReturnType<typeof captureProgress>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Follow a capture job live
 */

export function useCaptureProgress<TData = Awaited<ReturnType<typeof captureProgress>>, TError = ErrorType<Problem | Problem | Problem | Problem>>(
 captureID: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureProgress>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCaptureProgressQueryOptions(captureID,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Says of each event whether a capture would take it, with the place in the text; stores nothing. The judge on the ledger is asked too, about what it would do now; the receipt decides. At most 20000 events and 8388608 bytes.
 * @summary Check a document without capturing it
 */
export const getCaptureCheckUrl = () => {


  

  return `/capture/check`
}

export const captureCheck = async (captureCheckBody: CaptureCheckBody, options?: RequestInit): Promise<CaptureCheck> => {
  
  return callJson<CaptureCheck>(getCaptureCheckUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      captureCheckBody,)
  }
);}




export const getCaptureCheckMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof captureCheck>>, TError,{data: BodyType<CaptureCheckBody>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof captureCheck>>, TError,{data: BodyType<CaptureCheckBody>}, TContext> => {

const mutationKey = ['captureCheck'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof captureCheck>>, {data: BodyType<CaptureCheckBody>}> = (props) => {
          const {data} = props ?? {};

          return  captureCheck(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type CaptureCheckMutationResult = NonNullable<Awaited<ReturnType<typeof captureCheck>>>
    export type CaptureCheckMutationBody = BodyType<CaptureCheckBody>
    export type CaptureCheckMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Check a document without capturing it
 */
export const useCaptureCheck = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof captureCheck>>, TError,{data: BodyType<CaptureCheckBody>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof captureCheck>>,
        TError,
        {data: BodyType<CaptureCheckBody>},
        TContext
      > => {

      const mutationOptions = getCaptureCheckMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Products, places and parties known by name, own ones first
 */
export const getCaptureNamesUrl = (params: CaptureNamesParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/capture/names?${stringifiedParams}` : `/capture/names`
}

export const captureNames = async (params: CaptureNamesParams, options?: RequestInit): Promise<KnownNames> => {
  
  return callJson<KnownNames>(getCaptureNamesUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCaptureNamesQueryKey = (params?: CaptureNamesParams,) => {
    return [
    `/capture/names`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getCaptureNamesQueryOptions = <TData = Awaited<ReturnType<typeof captureNames>>, TError = ErrorType<Problem | Problem>>(params: CaptureNamesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCaptureNamesQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof captureNames>>> = ({ signal }) => captureNames(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CaptureNamesQueryResult = NonNullable<Awaited<ReturnType<typeof captureNames>>>
export type CaptureNamesQueryError = ErrorType<Problem | Problem>


export function useCaptureNames<TData = Awaited<ReturnType<typeof captureNames>>, TError = ErrorType<Problem | Problem>>(
 params: CaptureNamesParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureNames>>,
          TError,
          Awaited<ReturnType<typeof captureNames>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureNames<TData = Awaited<ReturnType<typeof captureNames>>, TError = ErrorType<Problem | Problem>>(
 params: CaptureNamesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureNames>>,
          TError,
          Awaited<ReturnType<typeof captureNames>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureNames<TData = Awaited<ReturnType<typeof captureNames>>, TError = ErrorType<Problem | Problem>>(
 params: CaptureNamesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Products, places and parties known by name, own ones first
 */

export function useCaptureNames<TData = Awaited<ReturnType<typeof captureNames>>, TError = ErrorType<Problem | Problem>>(
 params: CaptureNamesParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureNames>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCaptureNamesQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Step, time, place and first item of each, in the order of the document. `next` of a page is `from` of the following one.
 * @summary What the events of a capture job are
 */
export const getCaptureJobEventsUrl = (captureID: string,
    params?: CaptureJobEventsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/capture/jobs/${captureID}/events?${stringifiedParams}` : `/capture/jobs/${captureID}/events`
}

export const captureJobEvents = async (captureID: string,
    params?: CaptureJobEventsParams, options?: RequestInit): Promise<CaptureJobEvents> => {
  
  return callJson<CaptureJobEvents>(getCaptureJobEventsUrl(captureID,params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCaptureJobEventsQueryKey = (captureID?: string,
    params?: CaptureJobEventsParams,) => {
    return [
    `/capture/jobs/${captureID}/events`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getCaptureJobEventsQueryOptions = <TData = Awaited<ReturnType<typeof captureJobEvents>>, TError = ErrorType<Problem | Problem | Problem>>(captureID: string,
    params?: CaptureJobEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCaptureJobEventsQueryKey(captureID,params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof captureJobEvents>>> = ({ signal }) => captureJobEvents(captureID,params, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(captureID), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CaptureJobEventsQueryResult = NonNullable<Awaited<ReturnType<typeof captureJobEvents>>>
export type CaptureJobEventsQueryError = ErrorType<Problem | Problem | Problem>


export function useCaptureJobEvents<TData = Awaited<ReturnType<typeof captureJobEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string,
    params: undefined |  CaptureJobEventsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJobEvents>>,
          TError,
          Awaited<ReturnType<typeof captureJobEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJobEvents<TData = Awaited<ReturnType<typeof captureJobEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string,
    params?: CaptureJobEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof captureJobEvents>>,
          TError,
          Awaited<ReturnType<typeof captureJobEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCaptureJobEvents<TData = Awaited<ReturnType<typeof captureJobEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string,
    params?: CaptureJobEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What the events of a capture job are
 */

export function useCaptureJobEvents<TData = Awaited<ReturnType<typeof captureJobEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 captureID: string,
    params?: CaptureJobEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof captureJobEvents>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCaptureJobEventsQueryOptions(captureID,params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



