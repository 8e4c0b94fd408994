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
  ExportEvents200One,
  ExportEventsParams,
  ExportItemsParams,
  GetItemParams,
  ItemList,
  ItemPage,
  ListItemsParams,
  Problem,
  SearchAnswer,
  SearchParams,
  VisibilityAccepted,
  VisibilityCommand
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * Items, products, places, parties, days, records, jobs, blocks and transactions, in groups, among what you may see.
 * @summary Find anything by what people type
 */
export const getSearchUrl = (params: SearchParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/search?${stringifiedParams}` : `/search`
}

export const search = async (params: SearchParams, options?: RequestInit): Promise<SearchAnswer> => {
  
  return callJson<SearchAnswer>(getSearchUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getSearchQueryKey = (params?: SearchParams,) => {
    return [
    `/search`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getSearchQueryOptions = <TData = Awaited<ReturnType<typeof search>>, TError = ErrorType<Problem | Problem | Problem>>(params: SearchParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getSearchQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof search>>> = ({ signal }) => search(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type SearchQueryResult = NonNullable<Awaited<ReturnType<typeof search>>>
export type SearchQueryError = ErrorType<Problem | Problem | Problem>


export function useSearch<TData = Awaited<ReturnType<typeof search>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: SearchParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof search>>,
          TError,
          Awaited<ReturnType<typeof search>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSearch<TData = Awaited<ReturnType<typeof search>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: SearchParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof search>>,
          TError,
          Awaited<ReturnType<typeof search>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSearch<TData = Awaited<ReturnType<typeof search>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: SearchParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Find anything by what people type
 */

export function useSearch<TData = Awaited<ReturnType<typeof search>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: SearchParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof search>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getSearchQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Of each item stands here what the events say that you may read in full. Withdrawn events do not count: an item of which nothing else is left is in no list.
 * @summary Items that you may see, with what was last said of each
 */
export const getListItemsUrl = (params?: ListItemsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/items?${stringifiedParams}` : `/items`
}

export const listItems = async (params?: ListItemsParams, options?: RequestInit): Promise<ItemList> => {
  
  return callJson<ItemList>(getListItemsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListItemsQueryKey = (params?: ListItemsParams,) => {
    return [
    `/items`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getListItemsQueryOptions = <TData = Awaited<ReturnType<typeof listItems>>, TError = ErrorType<Problem | Problem | Problem>>(params?: ListItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListItemsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listItems>>> = ({ signal }) => listItems(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListItemsQueryResult = NonNullable<Awaited<ReturnType<typeof listItems>>>
export type ListItemsQueryError = ErrorType<Problem | Problem | Problem>


export function useListItems<TData = Awaited<ReturnType<typeof listItems>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: undefined |  ListItemsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listItems>>,
          TError,
          Awaited<ReturnType<typeof listItems>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListItems<TData = Awaited<ReturnType<typeof listItems>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ListItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listItems>>,
          TError,
          Awaited<ReturnType<typeof listItems>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListItems<TData = Awaited<ReturnType<typeof listItems>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ListItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Items that you may see, with what was last said of each
 */

export function useListItems<TData = Awaited<ReturnType<typeof listItems>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ListItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listItems>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListItemsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Each fact names the record that says so; `/evidence/record` proves it.
 * @summary One item: what holds of it, by whose word, and its history
 */
export const getGetItemUrl = (params: GetItemParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/items/one?${stringifiedParams}` : `/items/one`
}

export const getItem = async (params: GetItemParams, options?: RequestInit): Promise<ItemPage> => {
  
  return callJson<ItemPage>(getGetItemUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getGetItemQueryKey = (params?: GetItemParams,) => {
    return [
    `/items/one`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getGetItemQueryOptions = <TData = Awaited<ReturnType<typeof getItem>>, TError = ErrorType<Problem | Problem | Problem>>(params: GetItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getGetItemQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof getItem>>> = ({ signal }) => getItem(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type GetItemQueryResult = NonNullable<Awaited<ReturnType<typeof getItem>>>
export type GetItemQueryError = ErrorType<Problem | Problem | Problem>


export function useGetItem<TData = Awaited<ReturnType<typeof getItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: GetItemParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof getItem>>,
          TError,
          Awaited<ReturnType<typeof getItem>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetItem<TData = Awaited<ReturnType<typeof getItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: GetItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof getItem>>,
          TError,
          Awaited<ReturnType<typeof getItem>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetItem<TData = Awaited<ReturnType<typeof getItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: GetItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One item: what holds of it, by whose word, and its history
 */

export function useGetItem<TData = Awaited<ReturnType<typeof getItem>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: GetItemParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getItem>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getGetItemQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * The filters of the list; at most 50,000 rows; where there are more, `Waymark-Truncated: true` and the last row say so. What a spreadsheet would take for a formula stands behind an apostrophe.
 * @summary The list of items as CSV
 */
export const getExportItemsUrl = (params?: ExportItemsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/items/export.csv?${stringifiedParams}` : `/items/export.csv`
}

export const exportItems = async (params?: ExportItemsParams, options?: RequestInit): Promise<string> => {
  
  return callJson<string>(getExportItemsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getExportItemsQueryKey = (params?: ExportItemsParams,) => {
    return [
    `/items/export.csv`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getExportItemsQueryOptions = <TData = Awaited<ReturnType<typeof exportItems>>, TError = ErrorType<Problem | Problem>>(params?: ExportItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getExportItemsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof exportItems>>> = ({ signal }) => exportItems(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ExportItemsQueryResult = NonNullable<Awaited<ReturnType<typeof exportItems>>>
export type ExportItemsQueryError = ErrorType<Problem | Problem>


export function useExportItems<TData = Awaited<ReturnType<typeof exportItems>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ExportItemsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportItems>>,
          TError,
          Awaited<ReturnType<typeof exportItems>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportItems<TData = Awaited<ReturnType<typeof exportItems>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportItems>>,
          TError,
          Awaited<ReturnType<typeof exportItems>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportItems<TData = Awaited<ReturnType<typeof exportItems>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary The list of items as CSV
 */

export function useExportItems<TData = Awaited<ReturnType<typeof exportItems>>, TError = ErrorType<Problem | Problem>>(
 params?: ExportItemsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportItems>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getExportItemsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Of an item its trace, as far as you may read it in full; without `id` by the filters of /epcis/events, at most 50,000. `Waymark-Truncated: true`, and the last row of a table, say that there is more. The document can be captured elsewhere.
 * @summary Events as an EPCIS document or as CSV
 */
export const getExportEventsUrl = (params?: ExportEventsParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/events/export?${stringifiedParams}` : `/events/export`
}

export const exportEvents = async (params?: ExportEventsParams, options?: RequestInit): Promise<ExportEvents200One | string> => {
  
  return callJson<ExportEvents200One | string>(getExportEventsUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getExportEventsQueryKey = (params?: ExportEventsParams,) => {
    return [
    `/events/export`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getExportEventsQueryOptions = <TData = Awaited<ReturnType<typeof exportEvents>>, TError = ErrorType<Problem | Problem | Problem>>(params?: ExportEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getExportEventsQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof exportEvents>>> = ({ signal }) => exportEvents(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ExportEventsQueryResult = NonNullable<Awaited<ReturnType<typeof exportEvents>>>
export type ExportEventsQueryError = ErrorType<Problem | Problem | Problem>


export function useExportEvents<TData = Awaited<ReturnType<typeof exportEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params: undefined |  ExportEventsParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportEvents>>,
          TError,
          Awaited<ReturnType<typeof exportEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportEvents<TData = Awaited<ReturnType<typeof exportEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ExportEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof exportEvents>>,
          TError,
          Awaited<ReturnType<typeof exportEvents>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useExportEvents<TData = Awaited<ReturnType<typeof exportEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ExportEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Events as an EPCIS document or as CSV
 */

export function useExportEvents<TData = Awaited<ReturnType<typeof exportEvents>>, TError = ErrorType<Problem | Problem | Problem>>(
 params?: ExportEventsParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof exportEvents>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getExportEventsQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Signed and put on the ledger like everything else; follow the job. Only the organisation that captured a record first may do so. What somebody saw before they keep.
 * @summary Change who may see records of your organisation
 */
export const getChangeVisibilityUrl = () => {


  

  return `/visibility`
}

export const changeVisibility = async (visibilityCommand: VisibilityCommand, options?: RequestInit): Promise<VisibilityAccepted> => {
  
  return callJson<VisibilityAccepted>(getChangeVisibilityUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      visibilityCommand,)
  }
);}




export const getChangeVisibilityMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changeVisibility>>, TError,{data: BodyType<VisibilityCommand>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof changeVisibility>>, TError,{data: BodyType<VisibilityCommand>}, TContext> => {

const mutationKey = ['changeVisibility'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof changeVisibility>>, {data: BodyType<VisibilityCommand>}> = (props) => {
          const {data} = props ?? {};

          return  changeVisibility(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ChangeVisibilityMutationResult = NonNullable<Awaited<ReturnType<typeof changeVisibility>>>
    export type ChangeVisibilityMutationBody = BodyType<VisibilityCommand>
    export type ChangeVisibilityMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Change who may see records of your organisation
 */
export const useChangeVisibility = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changeVisibility>>, TError,{data: BodyType<VisibilityCommand>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof changeVisibility>>,
        TError,
        {data: BodyType<VisibilityCommand>},
        TContext
      > => {

      const mutationOptions = getChangeVisibilityMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    