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
  BeginTotp,
  ChangeAccount,
  ChangePassword,
  ChooseOrganisation,
  ConfirmOidc,
  ConfirmTotp,
  EndTotp,
  EndedSessions,
  OidcStarted,
  OidcWaiting,
  OwnSessions,
  Problem,
  RecoveryCodes,
  RefreshSession,
  Session,
  SessionFacts,
  SignIn,
  SignInWays,
  StartOidc,
  TotpBegun
} from '../api.schemas.js';

import { callJson } from '../../shared/api/call.js';
import type { ErrorType , BodyType } from '../../shared/api/call.js';




/**
 * @summary How one can sign in here
 */
export const getSignInWaysUrl = () => {


  

  return `/session/ways`
}

export const signInWays = async ( options?: RequestInit): Promise<SignInWays> => {
  
  return callJson<SignInWays>(getSignInWaysUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getSignInWaysQueryKey = () => {
    return [
    `/session/ways`
    ] as const;
    }

    
export const getSignInWaysQueryOptions = <TData = Awaited<ReturnType<typeof signInWays>>, TError = ErrorType<unknown>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getSignInWaysQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof signInWays>>> = ({ signal }) => signInWays({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type SignInWaysQueryResult = NonNullable<Awaited<ReturnType<typeof signInWays>>>
export type SignInWaysQueryError = ErrorType<unknown>


export function useSignInWays<TData = Awaited<ReturnType<typeof signInWays>>, TError = ErrorType<unknown>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof signInWays>>,
          TError,
          Awaited<ReturnType<typeof signInWays>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSignInWays<TData = Awaited<ReturnType<typeof signInWays>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof signInWays>>,
          TError,
          Awaited<ReturnType<typeof signInWays>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useSignInWays<TData = Awaited<ReturnType<typeof signInWays>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary How one can sign in here
 */

export function useSignInWays<TData = Awaited<ReturnType<typeof signInWays>>, TError = ErrorType<unknown>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof signInWays>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getSignInWaysQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Gives an access token for ten minutes, to be kept in memory and sent as `Authorization: Bearer ws_...`, and sets a cookie with which `POST /session/refresh` gives the next one.
 * @summary Sign in with e-mail address and password
 */
export const getSignInUrl = () => {


  

  return `/session`
}

export const signIn = async (signIn: SignIn, options?: RequestInit): Promise<Session> => {
  
  return callJson<Session>(getSignInUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      signIn,)
  }
);}




export const getSignInMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof signIn>>, TError,{data: BodyType<SignIn>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof signIn>>, TError,{data: BodyType<SignIn>}, TContext> => {

const mutationKey = ['signIn'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof signIn>>, {data: BodyType<SignIn>}> = (props) => {
          const {data} = props ?? {};

          return  signIn(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type SignInMutationResult = NonNullable<Awaited<ReturnType<typeof signIn>>>
    export type SignInMutationBody = BodyType<SignIn>
    export type SignInMutationError = ErrorType<Problem>

    /**
 * @summary Sign in with e-mail address and password
 */
export const useSignIn = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof signIn>>, TError,{data: BodyType<SignIn>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof signIn>>,
        TError,
        {data: BodyType<SignIn>},
        TContext
      > => {

      const mutationOptions = getSignInMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Who you are, and what you may do
 */
export const getCurrentSessionUrl = () => {


  

  return `/session`
}

export const currentSession = async ( options?: RequestInit): Promise<SessionFacts> => {
  
  return callJson<SessionFacts>(getCurrentSessionUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getCurrentSessionQueryKey = () => {
    return [
    `/session`
    ] as const;
    }

    
export const getCurrentSessionQueryOptions = <TData = Awaited<ReturnType<typeof currentSession>>, TError = ErrorType<Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getCurrentSessionQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof currentSession>>> = ({ signal }) => currentSession({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type CurrentSessionQueryResult = NonNullable<Awaited<ReturnType<typeof currentSession>>>
export type CurrentSessionQueryError = ErrorType<Problem>


export function useCurrentSession<TData = Awaited<ReturnType<typeof currentSession>>, TError = ErrorType<Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof currentSession>>,
          TError,
          Awaited<ReturnType<typeof currentSession>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCurrentSession<TData = Awaited<ReturnType<typeof currentSession>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof currentSession>>,
          TError,
          Awaited<ReturnType<typeof currentSession>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useCurrentSession<TData = Awaited<ReturnType<typeof currentSession>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Who you are, and what you may do
 */

export function useCurrentSession<TData = Awaited<ReturnType<typeof currentSession>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof currentSession>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getCurrentSessionQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Ends the session, all its tokens, at once.
 * @summary Sign out
 */
export const getSignOutUrl = () => {


  

  return `/session`
}

export const signOut = async ( options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getSignOutUrl(),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getSignOutMutationOptions = <TError = ErrorType<unknown>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof signOut>>, TError,void, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof signOut>>, TError,void, TContext> => {

const mutationKey = ['signOut'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof signOut>>, void> = () => {
          

          return  signOut()
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type SignOutMutationResult = NonNullable<Awaited<ReturnType<typeof signOut>>>
    
    export type SignOutMutationError = ErrorType<unknown>

    /**
 * @summary Sign out
 */
export const useSignOut = <TError = ErrorType<unknown>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof signOut>>, TError,void, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof signOut>>,
        TError,
        void,
        TContext
      > => {

      const mutationOptions = getSignOutMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * The cookie is replaced too. An old one that comes back after 20 seconds ends the session: it was copied. With `organisation`, the token is for that one or there is none.
 * @summary A new access token, by the cookie
 */
export const getRefreshSessionUrl = () => {


  

  return `/session/refresh`
}

export const refreshSession = async (refreshSession: RefreshSession, options?: RequestInit): Promise<Session> => {
  
  return callJson<Session>(getRefreshSessionUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      refreshSession,)
  }
);}




export const getRefreshSessionMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof refreshSession>>, TError,{data: BodyType<RefreshSession>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof refreshSession>>, TError,{data: BodyType<RefreshSession>}, TContext> => {

const mutationKey = ['refreshSession'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof refreshSession>>, {data: BodyType<RefreshSession>}> = (props) => {
          const {data} = props ?? {};

          return  refreshSession(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type RefreshSessionMutationResult = NonNullable<Awaited<ReturnType<typeof refreshSession>>>
    export type RefreshSessionMutationBody = BodyType<RefreshSession>
    export type RefreshSessionMutationError = ErrorType<Problem>

    /**
 * @summary A new access token, by the cookie
 */
export const useRefreshSession = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof refreshSession>>, TError,{data: BodyType<RefreshSession>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof refreshSession>>,
        TError,
        {data: BodyType<RefreshSession>},
        TContext
      > => {

      const mutationOptions = getRefreshSessionMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Gives new tokens. What other tabs hold acts for the organisation it was given for, until it runs out.
 * @summary Act for another of your organisations
 */
export const getChooseOrganisationUrl = () => {


  

  return `/session/organisation`
}

export const chooseOrganisation = async (chooseOrganisation: ChooseOrganisation, options?: RequestInit): Promise<Session> => {
  
  return callJson<Session>(getChooseOrganisationUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      chooseOrganisation,)
  }
);}




export const getChooseOrganisationMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof chooseOrganisation>>, TError,{data: BodyType<ChooseOrganisation>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof chooseOrganisation>>, TError,{data: BodyType<ChooseOrganisation>}, TContext> => {

const mutationKey = ['chooseOrganisation'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof chooseOrganisation>>, {data: BodyType<ChooseOrganisation>}> = (props) => {
          const {data} = props ?? {};

          return  chooseOrganisation(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ChooseOrganisationMutationResult = NonNullable<Awaited<ReturnType<typeof chooseOrganisation>>>
    export type ChooseOrganisationMutationBody = BodyType<ChooseOrganisation>
    export type ChooseOrganisationMutationError = ErrorType<Problem>

    /**
 * @summary Act for another of your organisations
 */
export const useChooseOrganisation = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof chooseOrganisation>>, TError,{data: BodyType<ChooseOrganisation>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof chooseOrganisation>>,
        TError,
        {data: BodyType<ChooseOrganisation>},
        TContext
      > => {

      const mutationOptions = getChooseOrganisationMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Change your own name
 */
export const getChangeAccountUrl = () => {


  

  return `/session/account`
}

export const changeAccount = async (changeAccount: ChangeAccount, options?: RequestInit): Promise<SessionFacts> => {
  
  return callJson<SessionFacts>(getChangeAccountUrl(),
  {      
    ...options,
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      changeAccount,)
  }
);}




export const getChangeAccountMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changeAccount>>, TError,{data: BodyType<ChangeAccount>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof changeAccount>>, TError,{data: BodyType<ChangeAccount>}, TContext> => {

const mutationKey = ['changeAccount'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof changeAccount>>, {data: BodyType<ChangeAccount>}> = (props) => {
          const {data} = props ?? {};

          return  changeAccount(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ChangeAccountMutationResult = NonNullable<Awaited<ReturnType<typeof changeAccount>>>
    export type ChangeAccountMutationBody = BodyType<ChangeAccount>
    export type ChangeAccountMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Change your own name
 */
export const useChangeAccount = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changeAccount>>, TError,{data: BodyType<ChangeAccount>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof changeAccount>>,
        TError,
        {data: BodyType<ChangeAccount>},
        TContext
      > => {

      const mutationOptions = getChangeAccountMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Change your password; your other sessions end
 */
export const getChangePasswordUrl = () => {


  

  return `/session/password`
}

export const changePassword = async (changePassword: ChangePassword, options?: RequestInit): Promise<EndedSessions> => {
  
  return callJson<EndedSessions>(getChangePasswordUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      changePassword,)
  }
);}




export const getChangePasswordMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changePassword>>, TError,{data: BodyType<ChangePassword>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof changePassword>>, TError,{data: BodyType<ChangePassword>}, TContext> => {

const mutationKey = ['changePassword'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof changePassword>>, {data: BodyType<ChangePassword>}> = (props) => {
          const {data} = props ?? {};

          return  changePassword(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ChangePasswordMutationResult = NonNullable<Awaited<ReturnType<typeof changePassword>>>
    export type ChangePasswordMutationBody = BodyType<ChangePassword>
    export type ChangePasswordMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Change your password; your other sessions end
 */
export const useChangePassword = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof changePassword>>, TError,{data: BodyType<ChangePassword>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof changePassword>>,
        TError,
        {data: BodyType<ChangePassword>},
        TContext
      > => {

      const mutationOptions = getChangePasswordMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Where you are signed in
 */
export const getListOwnSessionsUrl = () => {


  

  return `/session/sessions`
}

export const listOwnSessions = async ( options?: RequestInit): Promise<OwnSessions> => {
  
  return callJson<OwnSessions>(getListOwnSessionsUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getListOwnSessionsQueryKey = () => {
    return [
    `/session/sessions`
    ] as const;
    }

    
export const getListOwnSessionsQueryOptions = <TData = Awaited<ReturnType<typeof listOwnSessions>>, TError = ErrorType<Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getListOwnSessionsQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof listOwnSessions>>> = ({ signal }) => listOwnSessions({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type ListOwnSessionsQueryResult = NonNullable<Awaited<ReturnType<typeof listOwnSessions>>>
export type ListOwnSessionsQueryError = ErrorType<Problem>


export function useListOwnSessions<TData = Awaited<ReturnType<typeof listOwnSessions>>, TError = ErrorType<Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof listOwnSessions>>,
          TError,
          Awaited<ReturnType<typeof listOwnSessions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListOwnSessions<TData = Awaited<ReturnType<typeof listOwnSessions>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof listOwnSessions>>,
          TError,
          Awaited<ReturnType<typeof listOwnSessions>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useListOwnSessions<TData = Awaited<ReturnType<typeof listOwnSessions>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Where you are signed in
 */

export function useListOwnSessions<TData = Awaited<ReturnType<typeof listOwnSessions>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof listOwnSessions>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getListOwnSessionsQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * @summary End all your sessions but this one
 */
export const getEndOtherSessionsUrl = () => {


  

  return `/session/sessions`
}

export const endOtherSessions = async ( options?: RequestInit): Promise<EndedSessions> => {
  
  return callJson<EndedSessions>(getEndOtherSessionsUrl(),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getEndOtherSessionsMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endOtherSessions>>, TError,void, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof endOtherSessions>>, TError,void, TContext> => {

const mutationKey = ['endOtherSessions'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof endOtherSessions>>, void> = () => {
          

          return  endOtherSessions()
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type EndOtherSessionsMutationResult = NonNullable<Awaited<ReturnType<typeof endOtherSessions>>>
    
    export type EndOtherSessionsMutationError = ErrorType<Problem>

    /**
 * @summary End all your sessions but this one
 */
export const useEndOtherSessions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endOtherSessions>>, TError,void, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof endOtherSessions>>,
        TError,
        void,
        TContext
      > => {

      const mutationOptions = getEndOtherSessionsMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary End one of your sessions
 */
export const getEndOwnSessionUrl = (id: string,) => {


  

  return `/session/sessions/${id}`
}

export const endOwnSession = async (id: string, options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getEndOwnSessionUrl(id),
  {      
    ...options,
    method: 'DELETE'
    
    
  }
);}




export const getEndOwnSessionMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endOwnSession>>, TError,{id: string}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof endOwnSession>>, TError,{id: string}, TContext> => {

const mutationKey = ['endOwnSession'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof endOwnSession>>, {id: string}> = (props) => {
          const {id} = props ?? {};

          return  endOwnSession(id,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type EndOwnSessionMutationResult = NonNullable<Awaited<ReturnType<typeof endOwnSession>>>
    
    export type EndOwnSessionMutationError = ErrorType<Problem | Problem>

    /**
 * @summary End one of your sessions
 */
export const useEndOwnSession = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endOwnSession>>, TError,{id: string}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof endOwnSession>>,
        TError,
        {id: string},
        TContext
      > => {

      const mutationOptions = getEndOwnSessionMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Asks for the password; who has none must have signed in a moment ago.
 * @summary Begin a second factor: codes from your phone
 */
export const getBeginTotpUrl = () => {


  

  return `/session/totp`
}

export const beginTotp = async (beginTotp: BeginTotp, options?: RequestInit): Promise<TotpBegun> => {
  
  return callJson<TotpBegun>(getBeginTotpUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      beginTotp,)
  }
);}




export const getBeginTotpMutationOptions = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof beginTotp>>, TError,{data: BodyType<BeginTotp>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof beginTotp>>, TError,{data: BodyType<BeginTotp>}, TContext> => {

const mutationKey = ['beginTotp'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof beginTotp>>, {data: BodyType<BeginTotp>}> = (props) => {
          const {data} = props ?? {};

          return  beginTotp(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type BeginTotpMutationResult = NonNullable<Awaited<ReturnType<typeof beginTotp>>>
    export type BeginTotpMutationBody = BodyType<BeginTotp>
    export type BeginTotpMutationError = ErrorType<Problem | Problem | Problem>

    /**
 * @summary Begin a second factor: codes from your phone
 */
export const useBeginTotp = <TError = ErrorType<Problem | Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof beginTotp>>, TError,{data: BodyType<BeginTotp>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof beginTotp>>,
        TError,
        {data: BodyType<BeginTotp>},
        TContext
      > => {

      const mutationOptions = getBeginTotpMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Gives recovery codes, shown once.
 * @summary Turn the second factor on, with a first code
 */
export const getConfirmTotpUrl = () => {


  

  return `/session/totp/confirm`
}

export const confirmTotp = async (confirmTotp: ConfirmTotp, options?: RequestInit): Promise<RecoveryCodes> => {
  
  return callJson<RecoveryCodes>(getConfirmTotpUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      confirmTotp,)
  }
);}




export const getConfirmTotpMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof confirmTotp>>, TError,{data: BodyType<ConfirmTotp>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof confirmTotp>>, TError,{data: BodyType<ConfirmTotp>}, TContext> => {

const mutationKey = ['confirmTotp'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof confirmTotp>>, {data: BodyType<ConfirmTotp>}> = (props) => {
          const {data} = props ?? {};

          return  confirmTotp(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ConfirmTotpMutationResult = NonNullable<Awaited<ReturnType<typeof confirmTotp>>>
    export type ConfirmTotpMutationBody = BodyType<ConfirmTotp>
    export type ConfirmTotpMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Turn the second factor on, with a first code
 */
export const useConfirmTotp = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof confirmTotp>>, TError,{data: BodyType<ConfirmTotp>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof confirmTotp>>,
        TError,
        {data: BodyType<ConfirmTotp>},
        TContext
      > => {

      const mutationOptions = getConfirmTotpMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Turn the second factor off
 */
export const getEndTotpUrl = () => {


  

  return `/session/totp/off`
}

export const endTotp = async (endTotp: EndTotp, options?: RequestInit): Promise<void> => {
  
  return callJson<void>(getEndTotpUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      endTotp,)
  }
);}




export const getEndTotpMutationOptions = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endTotp>>, TError,{data: BodyType<EndTotp>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof endTotp>>, TError,{data: BodyType<EndTotp>}, TContext> => {

const mutationKey = ['endTotp'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof endTotp>>, {data: BodyType<EndTotp>}> = (props) => {
          const {data} = props ?? {};

          return  endTotp(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type EndTotpMutationResult = NonNullable<Awaited<ReturnType<typeof endTotp>>>
    export type EndTotpMutationBody = BodyType<EndTotp>
    export type EndTotpMutationError = ErrorType<Problem | Problem>

    /**
 * @summary Turn the second factor off
 */
export const useEndTotp = <TError = ErrorType<Problem | Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof endTotp>>, TError,{data: BodyType<EndTotp>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof endTotp>>,
        TError,
        {data: BodyType<EndTotp>},
        TContext
      > => {

      const mutationOptions = getEndTotpMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * Send the browser to `location`. With a one-time link its invitation is accepted on the way.
 * @summary Begin to sign in with your identity provider
 */
export const getStartOidcUrl = () => {


  

  return `/session/oidc/start`
}

export const startOidc = async (startOidc: StartOidc, options?: RequestInit): Promise<OidcStarted> => {
  
  return callJson<OidcStarted>(getStartOidcUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      startOidc,)
  }
);}




export const getStartOidcMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof startOidc>>, TError,{data: BodyType<StartOidc>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof startOidc>>, TError,{data: BodyType<StartOidc>}, TContext> => {

const mutationKey = ['startOidc'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof startOidc>>, {data: BodyType<StartOidc>}> = (props) => {
          const {data} = props ?? {};

          return  startOidc(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type StartOidcMutationResult = NonNullable<Awaited<ReturnType<typeof startOidc>>>
    export type StartOidcMutationBody = BodyType<StartOidc>
    export type StartOidcMutationError = ErrorType<Problem>

    /**
 * @summary Begin to sign in with your identity provider
 */
export const useStartOidc = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof startOidc>>, TError,{data: BodyType<StartOidc>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof startOidc>>,
        TError,
        {data: BodyType<StartOidc>},
        TContext
      > => {

      const mutationOptions = getStartOidcMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    /**
 * @summary Where the identity provider sends the browser back to
 */
export const getFinishOidcUrl = () => {


  

  return `/session/oidc/callback`
}

export const finishOidc = async ( options?: RequestInit): Promise<unknown> => {
  
  return callJson<unknown>(getFinishOidcUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getFinishOidcQueryKey = () => {
    return [
    `/session/oidc/callback`
    ] as const;
    }

    
export const getFinishOidcQueryOptions = <TData = Awaited<ReturnType<typeof finishOidc>>, TError = ErrorType<void>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getFinishOidcQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof finishOidc>>> = ({ signal }) => finishOidc({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type FinishOidcQueryResult = NonNullable<Awaited<ReturnType<typeof finishOidc>>>
export type FinishOidcQueryError = ErrorType<void>


export function useFinishOidc<TData = Awaited<ReturnType<typeof finishOidc>>, TError = ErrorType<void>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof finishOidc>>,
          TError,
          Awaited<ReturnType<typeof finishOidc>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useFinishOidc<TData = Awaited<ReturnType<typeof finishOidc>>, TError = ErrorType<void>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof finishOidc>>,
          TError,
          Awaited<ReturnType<typeof finishOidc>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useFinishOidc<TData = Awaited<ReturnType<typeof finishOidc>>, TError = ErrorType<void>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary Where the identity provider sends the browser back to
 */

export function useFinishOidc<TData = Awaited<ReturnType<typeof finishOidc>>, TError = ErrorType<void>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof finishOidc>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getFinishOidcQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * The callback sends the browser to `/sign-in?provider=confirm` when the identity is not tied to your account yet, or the account has a second step.
 * @summary What you are still asked for after your identity provider vouched for you
 */
export const getOidcWaitingUrl = () => {


  

  return `/session/oidc/waiting`
}

export const oidcWaiting = async ( options?: RequestInit): Promise<OidcWaiting> => {
  
  return callJson<OidcWaiting>(getOidcWaitingUrl(),
  {      
    ...options,
    method: 'GET'
    
    
  }
);}





export const getOidcWaitingQueryKey = () => {
    return [
    `/session/oidc/waiting`
    ] as const;
    }

    
export const getOidcWaitingQueryOptions = <TData = Awaited<ReturnType<typeof oidcWaiting>>, TError = ErrorType<Problem>>( options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData>>, }
) => {

const {query: queryOptions} = options ?? {};

  const queryKey =  queryOptions?.queryKey ?? getOidcWaitingQueryKey();

  

    const queryFn: QueryFunction<Awaited<ReturnType<typeof oidcWaiting>>> = ({ signal }) => oidcWaiting({ signal });

      

      

   return  { queryKey, queryFn, ...queryOptions} as UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData> & { queryKey: DataTag<QueryKey, TData, TError> }
}

export type OidcWaitingQueryResult = NonNullable<Awaited<ReturnType<typeof oidcWaiting>>>
export type OidcWaitingQueryError = ErrorType<Problem>


export function useOidcWaiting<TData = Awaited<ReturnType<typeof oidcWaiting>>, TError = ErrorType<Problem>>(
  options: { query:Partial<UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData>> & Pick<
        DefinedInitialDataOptions<
          Awaited<ReturnType<typeof oidcWaiting>>,
          TError,
          Awaited<ReturnType<typeof oidcWaiting>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  DefinedUseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOidcWaiting<TData = Awaited<ReturnType<typeof oidcWaiting>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData>> & Pick<
        UndefinedInitialDataOptions<
          Awaited<ReturnType<typeof oidcWaiting>>,
          TError,
          Awaited<ReturnType<typeof oidcWaiting>>
        > , 'initialData'
      >, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
export function useOidcWaiting<TData = Awaited<ReturnType<typeof oidcWaiting>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData>>, }
 , queryClient?: QueryClient
  ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> }
/**
 * @summary What you are still asked for after your identity provider vouched for you
 */

export function useOidcWaiting<TData = Awaited<ReturnType<typeof oidcWaiting>>, TError = ErrorType<Problem>>(
  options?: { query?:Partial<UseQueryOptions<Awaited<ReturnType<typeof oidcWaiting>>, TError, TData>>, }
 , queryClient?: QueryClient 
 ):  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> } {

  const queryOptions = getOidcWaitingQueryOptions(options)

  const query = useQuery(queryOptions, queryClient) as  UseQueryResult<TData, TError> & { queryKey: DataTag<QueryKey, TData, TError> };

  query.queryKey = queryOptions.queryKey ;

  return query;
}



/**
 * Ties the identity to the account where it was not; from then on the password is not asked for again.
 * @summary Finish the sign-in with your identity provider: the password and the code that are still asked for
 */
export const getConfirmOidcUrl = () => {


  

  return `/session/oidc/confirm`
}

export const confirmOidc = async (confirmOidc: ConfirmOidc, options?: RequestInit): Promise<Session> => {
  
  return callJson<Session>(getConfirmOidcUrl(),
  {      
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...options?.headers },
    body: JSON.stringify(
      confirmOidc,)
  }
);}




export const getConfirmOidcMutationOptions = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof confirmOidc>>, TError,{data: BodyType<ConfirmOidc>}, TContext>, }
): UseMutationOptions<Awaited<ReturnType<typeof confirmOidc>>, TError,{data: BodyType<ConfirmOidc>}, TContext> => {

const mutationKey = ['confirmOidc'];
const {mutation: mutationOptions} = options ?
      options.mutation && 'mutationKey' in options.mutation && options.mutation.mutationKey ?
      options
      : {...options, mutation: {...options.mutation, mutationKey}}
      : {mutation: { mutationKey, }};

      


      const mutationFn: MutationFunction<Awaited<ReturnType<typeof confirmOidc>>, {data: BodyType<ConfirmOidc>}> = (props) => {
          const {data} = props ?? {};

          return  confirmOidc(data,)
        }

        


  return  { mutationFn, ...mutationOptions }}

    export type ConfirmOidcMutationResult = NonNullable<Awaited<ReturnType<typeof confirmOidc>>>
    export type ConfirmOidcMutationBody = BodyType<ConfirmOidc>
    export type ConfirmOidcMutationError = ErrorType<Problem>

    /**
 * @summary Finish the sign-in with your identity provider: the password and the code that are still asked for
 */
export const useConfirmOidc = <TError = ErrorType<Problem>,
    TContext = unknown>(options?: { mutation?:UseMutationOptions<Awaited<ReturnType<typeof confirmOidc>>, TError,{data: BodyType<ConfirmOidc>}, TContext>, }
 , queryClient?: QueryClient): UseMutationResult<
        Awaited<ReturnType<typeof confirmOidc>>,
        TError,
        {data: BodyType<ConfirmOidc>},
        TContext
      > => {

      const mutationOptions = getConfirmOidcMutationOptions(options);

      return useMutation(mutationOptions, queryClient);
    }
    