/** What a person may do in the organisation they act for; the API decides, the console only leaves out what would be refused. */
export type Permission = 'read' | 'capture' | 'visibility' | 'people' | 'keys' | 'audit' | 'regulate' | 'operate';
