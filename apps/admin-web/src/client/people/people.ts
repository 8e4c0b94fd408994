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
  AcceptInvitation,
  ChangePerson,
  InvitationFacts,
  Invitations,
  Invite,
  ListPeopleParams,
  LookInvitation,
  OneTimeLink,
  OrganisationList,
  People,
  Person,
  Problem,
  RoleMeanings,
  Session,
  VersionOnly
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * @summary People of your organisation, by e-mail address
 */
export const getListPeopleUrl = (params?: ListPeopleParams,) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : value.toString())
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/people?${stringifiedParams}` : `/people`
}

export const listPeople = async (params?: ListPeopleParams, options?: RequestInit): Promise<People> => {
  
  return callJson<People>(getListPeopleUrl(params),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListPeopleQueryKey = (params?: ListPeopleParams,) => {
    return [
    `/people`, ...(params ? [params]: [])
    ] as const;
    }

    
export const getListPeopleQueryOptions = <TData = Awaited<ReturnType<typeof listPeople>>, TError = ErrorType<Problem | Problem>>(params?: ListPeopleParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListPeopleQueryKey(params);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listPeople>>> = ({ signal }) => listPeople(params, { signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListPeopleQueryResult = NonNullable<Awaited<ReturnType<typeof listPeople>>>
export type ListPeopleQueryError = ErrorType<Problem | Problem>


export function useListPeople<TData = Awaited<ReturnType<typeof listPeople>>, TError = ErrorType<Problem | Problem>>(
 params: undefined |  ListPeopleParams, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listPeople>>,
          TError,
          Awaited<ReturnType<typeof listPeople>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListPeople<TData = Awaited<ReturnType<typeof listPeople>>, TError = ErrorType<Problem | Problem>>(
 params?: ListPeopleParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listPeople>>,
          TError,
          Awaited<ReturnType<typeof listPeople>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListPeople<TData = Awaited<ReturnType<typeof listPeople>>, TError = ErrorType<Problem | Problem>>(
 params?: ListPeopleParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary People of your organisation, by e-mail address
 */

export function useListPeople<TData = Awaited<ReturnType<typeof listPeople>>, TError = ErrorType<Problem | Problem>>(
 params?: ListPeopleParams, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listPeople>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListPeopleQueryOptions(params,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary Who may do what: roles, their permissions, and which your organisation may give
 */
export const getListRolesUrl = () => {


  

  return `/people/roles`
}

export const listRoles = async ( options?: RequestInit): Promise<RoleMeanings> => {
  
  return callJson<RoleMeanings>(getListRolesUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListRolesQueryKey = () => {
    return [
    `/people/roles`
    ] as const;
    }

    
export const getListRolesQueryOptions = <TData = Awaited<ReturnType<typeof listRoles>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListRolesQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listRoles>>> = ({ signal }) => listRoles({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListRolesQueryResult = NonNullable<Awaited<ReturnType<typeof listRoles>>>
export type ListRolesQueryError = ErrorType<Problem | Problem>


export function useListRoles<TData = Awaited<ReturnType<typeof listRoles>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listRoles>>,
          TError,
          Awaited<ReturnType<typeof listRoles>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListRoles<TData = Awaited<ReturnType<typeof listRoles>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listRoles>>,
          TError,
          Awaited<ReturnType<typeof listRoles>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListRoles<TData = Awaited<ReturnType<typeof listRoles>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Who may do what: roles, their permissions, and which your organisation may give
 */

export function useListRoles<TData = Awaited<ReturnType<typeof listRoles>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listRoles>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListRolesQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary One person of your organisation
 */
export const getGetPersonUrl = (id: string,) => {


  

  return `/people/${id}`
}

export const getPerson = async (id: string, options?: RequestInit): Promise<Person> => {
  
  return callJson<Person>(getGetPersonUrl(id),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getGetPersonQueryKey = (id?: string,) => {
    return [
    `/people/${id}`
    ] as const;
    }

    
export const getGetPersonQueryOptions = <TData = Awaited<ReturnType<typeof getPerson>>, TError = ErrorType<Problem | Problem | Problem>>(id: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getGetPersonQueryKey(id);

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof getPerson>>> = ({ signal }) => getPerson(id, { signal });

      

      

   return  { queryKey, queryFn, enabled: !!(id), ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type GetPersonQueryResult = NonNullable<Awaited<ReturnType<typeof getPerson>>>
export type GetPersonQueryError = ErrorType<Problem | Problem | Problem>


export function useGetPerson<TData = Awaited<ReturnType<typeof getPerson>>, TError = ErrorType<Problem | Problem | Problem>>(
 id: string, options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof getPerson>>,
          TError,
          Awaited<ReturnType<typeof getPerson>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetPerson<TData = Awaited<ReturnType<typeof getPerson>>, TError = ErrorType<Problem | Problem | Problem>>(
 id: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof getPerson>>,
          TError,
          Awaited<ReturnType<typeof getPerson>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useGetPerson<TData = Awaited<ReturnType<typeof getPerson>>, TError = ErrorType<Problem | Problem | Problem>>(
 id: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One person of your organisation
 */

export function useGetPerson<TData = Awaited<ReturnType<typeof getPerson>>, TError = ErrorType<Problem | Problem | Problem>>(
 id: string, options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof getPerson>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getGetPersonQueryOptions(id,options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Holds from the next request of the person on.
 * @summary Change roles and job title
 */
export const getChangePersonUrl = (id: string,) => {


  

  return `/people/${id}`
}

export const changePerson = async (id: string,
    changePerson: ChangePerson, options?: RequestInit): Promise<Person> => {
  
  return callJson<Person>(getChangePersonUrl(id),
  {      
    ...options,
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      changePerson,)
  }
);}




export const getChangePersonMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changePerson>>, TError,{id: string;data: BodyType<ChangePerson>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof changePerson>>, TError,{id: string;data: BodyType<ChangePerson>}, TContext> => {

const mutationKey = ['changePerson'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof changePerson>>, {id: string;data: BodyType<ChangePerson>}> = (props) => {
          const {id,data} = props ?? {};

          return  changePerson(id,data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ChangePersonMutationResult = NonNullable<Awaited<ReturnType<typeof changePerson>>>
    export type ChangePersonMutationBody = BodyType<ChangePerson>
    export type ChangePersonMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Change roles and job title
 */
export const useChangePerson = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changePerson>>, TError,{id: string;data: BodyType<ChangePerson>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof changePerson>>,
        TError,
        {id: string;data: BodyType<ChangePerson>},
        TContext
      > => {

      const mutationOptions = getChangePersonMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Deactivate a person: their sessions for your organisation end at once
 */
export const getDeactivatePersonUrl = (id: string,) => {


  

  return `/people/${id}/deactivate`
}

export const deactivatePerson = async (id: string,
    versionOnly: VersionOnly, options?: RequestInit): Promise<Person> => {
  
  return callJson<Person>(getDeactivatePersonUrl(id),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      versionOnly,)
  }
);}




export const getDeactivatePersonMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof deactivatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof deactivatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext> => {

const mutationKey = ['deactivatePerson'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof deactivatePerson>>, {id: string;data: BodyType<VersionOnly>}> = (props) => {
          const {id,data} = props ?? {};

          return  deactivatePerson(id,data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type DeactivatePersonMutationResult = NonNullable<Awaited<ReturnType<typeof deactivatePerson>>>
    export type DeactivatePersonMutationBody = BodyType<VersionOnly>
    export type DeactivatePersonMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Deactivate a person: their sessions for your organisation end at once
 */
export const useDeactivatePerson = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof deactivatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof deactivatePerson>>,
        TError,
        {id: string;data: BodyType<VersionOnly>},
        TContext
      > => {

      const mutationOptions = getDeactivatePersonMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Let a deactivated person in again
 */
export const getActivatePersonUrl = (id: string,) => {


  

  return `/people/${id}/activate`
}

export const activatePerson = async (id: string,
    versionOnly: VersionOnly, options?: RequestInit): Promise<Person> => {
  
  return callJson<Person>(getActivatePersonUrl(id),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      versionOnly,)
  }
);}




export const getActivatePersonMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof activatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof activatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext> => {

const mutationKey = ['activatePerson'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof activatePerson>>, {id: string;data: BodyType<VersionOnly>}> = (props) => {
          const {id,data} = props ?? {};

          return  activatePerson(id,data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ActivatePersonMutationResult = NonNullable<Awaited<ReturnType<typeof activatePerson>>>
    export type ActivatePersonMutationBody = BodyType<VersionOnly>
    export type ActivatePersonMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Let a deactivated person in again
 */
export const useActivatePerson = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof activatePerson>>, TError,{id: string;data: BodyType<VersionOnly>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof activatePerson>>,
        TError,
        {id: string;data: BodyType<VersionOnly>},
        TContext
      > => {

      const mutationOptions = getActivatePersonMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Shown once. Using it ends all sessions of the person and takes their second factor off.
 * @summary A one-time link for a new password
 */
export const getResetPersonUrl = (id: string,) => {


  

  return `/people/${id}/reset`
}

export const resetPerson = async (id: string, options?: RequestInit): Promise<OneTimeLink> => {
  
  return callJson<OneTimeLink>(getResetPersonUrl(id),
  {      
    ...options,
    method: 'POST'
    
    
  }
);}




export const getResetPersonMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof resetPerson>>, TError,{id: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof resetPerson>>, TError,{id: string}, TContext> => {

const mutationKey = ['resetPerson'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof resetPerson>>, {id: string}> = (props) => {
          const {id} = props ?? {};

          return  resetPerson(id,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ResetPersonMutationResult = NonNullable<Awaited<ReturnType<typeof resetPerson>>>
    
    export type ResetPersonMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary A one-time link for a new password
 */
export const useResetPerson = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof resetPerson>>, TError,{id: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof resetPerson>>,
        TError,
        {id: string},
        TContext
      > => {

      const mutationOptions = getResetPersonMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary One-time links of your organisation that still wait to be used
 */
export const getListInvitationsUrl = () => {


  

  return `/invitations`
}

export const listInvitations = async ( options?: RequestInit): Promise<Invitations> => {
  
  return callJson<Invitations>(getListInvitationsUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListInvitationsQueryKey = () => {
    return [
    `/invitations`
    ] as const;
    }

    
export const getListInvitationsQueryOptions = <TData = Awaited<ReturnType<typeof listInvitations>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListInvitationsQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listInvitations>>> = ({ signal }) => listInvitations({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListInvitationsQueryResult = NonNullable<Awaited<ReturnType<typeof listInvitations>>>
export type ListInvitationsQueryError = ErrorType<Problem | Problem>


export function useListInvitations<TData = Awaited<ReturnType<typeof listInvitations>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listInvitations>>,
          TError,
          Awaited<ReturnType<typeof listInvitations>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListInvitations<TData = Awaited<ReturnType<typeof listInvitations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listInvitations>>,
          TError,
          Awaited<ReturnType<typeof listInvitations>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListInvitations<TData = Awaited<ReturnType<typeof listInvitations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary One-time links of your organisation that still wait to be used
 */

export function useListInvitations<TData = Awaited<ReturnType<typeof listInvitations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listInvitations>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListInvitationsQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Gives a link that is shown once, works once, and for 24 hours. Pass it on yourself; nothing is sent.
 * @summary Invite somebody into your organisation
 */
export const getInvitePersonUrl = () => {


  

  return `/invitations`
}

export const invitePerson = async (invite: Invite, options?: RequestInit): Promise<OneTimeLink> => {
  
  return callJson<OneTimeLink>(getInvitePersonUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      invite,)
  }
);}




export const getInvitePersonMutationOptions = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof invitePerson>>, TError,{data: BodyType<Invite>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof invitePerson>>, TError,{data: BodyType<Invite>}, TContext> => {

const mutationKey = ['invitePerson'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof invitePerson>>, {data: BodyType<Invite>}> = (props) => {
          const {data} = props ?? {};

          return  invitePerson(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type InvitePersonMutationResult = NonNullable<Awaited<ReturnType<typeof invitePerson>>>
    export type InvitePersonMutationBody = BodyType<Invite>
    export type InvitePersonMutationError = ErrorType<Problem | Problem | Problem | Problem>

    /**
 * @summary Invite somebody into your organisation
 */
export const useInvitePerson = <TError = ErrorType<Problem | Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof invitePerson>>, TError,{data: BodyType<Invite>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof invitePerson>>,
        TError,
        {data: BodyType<Invite>},
        TContext
      > => {

      const mutationOptions = getInvitePersonMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary End a link that was not used
 */
export const getWithdrawInvitationUrl = (id: string,) => {


  

  return `/invitations/${id}`
}

export const withdrawInvitation = async (id: string, options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getWithdrawInvitationUrl(id),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getWithdrawInvitationMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof withdrawInvitation>>, TError,{id: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof withdrawInvitation>>, TError,{id: string}, TContext> => {

const mutationKey = ['withdrawInvitation'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof withdrawInvitation>>, {id: string}> = (props) => {
          const {id} = props ?? {};

          return  withdrawInvitation(id,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type WithdrawInvitationMutationResult = NonNullable<Awaited<ReturnType<typeof withdrawInvitation>>>
    
    export type WithdrawInvitationMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary End a link that was not used
 */
export const useWithdrawInvitation = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof withdrawInvitation>>, TError,{id: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof withdrawInvitation>>,
        TError,
        {id: string},
        TContext
      > => {

      const mutationOptions = getWithdrawInvitationMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary What a one-time link is for
 */
export const getLookAtInvitationUrl = () => {


  

  return `/invitations/look`
}

export const lookAtInvitation = async (lookInvitation: LookInvitation, options?: RequestInit): Promise<InvitationFacts> => {
  
  return callJson<InvitationFacts>(getLookAtInvitationUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      lookInvitation,)
  }
);}




export const getLookAtInvitationMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof lookAtInvitation>>, TError,{data: BodyType<LookInvitation>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof lookAtInvitation>>, TError,{data: BodyType<LookInvitation>}, TContext> => {

const mutationKey = ['lookAtInvitation'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof lookAtInvitation>>, {data: BodyType<LookInvitation>}> = (props) => {
          const {data} = props ?? {};

          return  lookAtInvitation(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type LookAtInvitationMutationResult = NonNullable<Awaited<ReturnType<typeof lookAtInvitation>>>
    export type LookAtInvitationMutationBody = BodyType<LookInvitation>
    export type LookAtInvitationMutationError = ErrorType<Problem>

    /**
 * @summary What a one-time link is for
 */
export const useLookAtInvitation = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof lookAtInvitation>>, TError,{data: BodyType<LookInvitation>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof lookAtInvitation>>,
        TError,
        {data: BodyType<LookInvitation>},
        TContext
      > => {

      const mutationOptions = getLookAtInvitationMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Where the address has an account already, `password` (and `totp`) are those of that account.
 * @summary Use a one-time link: choose a password and be signed in
 */
export const getAcceptInvitationUrl = () => {


  

  return `/invitations/accept`
}

export const acceptInvitation = async (acceptInvitation: AcceptInvitation, options?: RequestInit): Promise<Session> => {
  
  return callJson<Session>(getAcceptInvitationUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      acceptInvitation,)
  }
);}




export const getAcceptInvitationMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof acceptInvitation>>, TError,{data: BodyType<AcceptInvitation>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof acceptInvitation>>, TError,{data: BodyType<AcceptInvitation>}, TContext> => {

const mutationKey = ['acceptInvitation'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof acceptInvitation>>, {data: BodyType<AcceptInvitation>}> = (props) => {
          const {data} = props ?? {};

          return  acceptInvitation(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type AcceptInvitationMutationResult = NonNullable<Awaited<ReturnType<typeof acceptInvitation>>>
    export type AcceptInvitationMutationBody = BodyType<AcceptInvitation>
    export type AcceptInvitationMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Use a one-time link: choose a password and be signed in
 */
export const useAcceptInvitation = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof acceptInvitation>>, TError,{data: BodyType<AcceptInvitation>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof acceptInvitation>>,
        TError,
        {data: BodyType<AcceptInvitation>},
        TContext
      > => {

      const mutationOptions = getAcceptInvitationMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Organisations of the consortium, as the genesis file names them
 */
export const getListOrganisationsUrl = () => {


  

  return `/organisations`
}

export const listOrganisations = async ( options?: RequestInit): Promise<OrganisationList> => {
  
  return callJson<OrganisationList>(getListOrganisationsUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListOrganisationsQueryKey = () => {
    return [
    `/organisations`
    ] as const;
    }

    
export const getListOrganisationsQueryOptions = <TData = Awaited<ReturnType<typeof listOrganisations>>, TError = ErrorType<Problem | Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListOrganisationsQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listOrganisations>>> = ({ signal }) => listOrganisations({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListOrganisationsQueryResult = NonNullable<Awaited<ReturnType<typeof listOrganisations>>>
export type ListOrganisationsQueryError = ErrorType<Problem | Problem>


export function useListOrganisations<TData = Awaited<ReturnType<typeof listOrganisations>>, TError = ErrorType<Problem | Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listOrganisations>>,
          TError,
          Awaited<ReturnType<typeof listOrganisations>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListOrganisations<TData = Awaited<ReturnType<typeof listOrganisations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listOrganisations>>,
          TError,
          Awaited<ReturnType<typeof listOrganisations>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListOrganisations<TData = Awaited<ReturnType<typeof listOrganisations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Organisations of the consortium, as the genesis file names them
 */

export function useListOrganisations<TData = Awaited<ReturnType<typeof listOrganisations>>, TError = ErrorType<Problem | Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOrganisations>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListOrganisationsQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



