// What the server answers and takes (docs/http-api.md), as types. Names are the server's own.

export type Tlp = 'TLP:CLEAR' | 'TLP:GREEN' | 'TLP:AMBER' | 'TLP:AMBER+STRICT' | 'TLP:RED';

// Who may see a document and pass it on.
export interface Handling {
  tlp: Tlp;
  statuses: string[]; // "OSCE/partner_for_cooperation"
  recipients: string[]; // "KAZ", "account:amina"
  originator: string; // id of an organization or a State; empty if nobody
  public: boolean;
}

// A status that a document can be opened to, in the language.
export interface StatusList {
  statuses: { id: string; organization: string; name: string; source?: string }[];
  proposed: string[];
}

export interface Named {
  id: string;
  name: string;
  short?: string;
}

export type Role = 'reader' | 'reviewer' | 'officer' | 'administrator';
export type Right = 'upload' | 'review' | 'revise' | 'warn' | 'set_handling' | 'erase' | 'manage_accounts' | 'see_log';

export interface Account {
  id: string;
  name: string;
  role: Role;
  party: Named | null; // null: acts for nobody
  staff: boolean;
  statuses: string[];
  totp: boolean;
  language: string;
}

// A session of one's own, as it can be told from others and ended.
export interface OpenSession {
  id: string;
  opened_at: string;
  last_seen_at: string;
  this: boolean; // the one that asks
}

export interface Session {
  signed_in: boolean;
  csrf: string;
  public: boolean;
  oidc: boolean;
  first_start: boolean;
  account: Account | null;
  rights: Right[];
}

// [begin, end) in code points of the text beside it.
export type Range = [number, number];
// [begin, end) in bytes of the whole raw text.
export type ByteRange = [number, number];

export interface Page {
  limit: number;
  offset: number;
  next_offset: number | null;
}

export interface DocumentRow {
  id: string;
  name: string;
  title: string;
  symbol: string;
  date: string; // EDTF
  language: string;
  issuer: string;
  handling: Handling;
  format: string;
  encoding: string;
  entry: number;
  read_at: string;
  sections: number;
  complete: boolean;
  raw_bytes: number;
  paragraphs: number;
  statements: number;
  edits: number;
  doubts: number;
  rights?: DocumentRight[];
}
export type DocumentRight = 'export' | 'revise' | 'set_handling' | 'erase' | 'review';

export interface Documents {
  documents: DocumentRow[];
  total?: number;
  page: Page;
}

export interface Citation {
  document: string;
  name: string;
  symbol: string;
  date: string;
  paragraph: string;
  raw_bytes: ByteRange[];
  words: string;
}

export type ReviewState = 'proposed' | 'confirmed' | 'corrected' | 'rejected';

export type StatementType =
  | 'membership'
  | 'cooperation'
  | 'lead'
  | 'mandate'
  | 'commitment'
  | 'implementation'
  | 'meeting'
  | 'deployment'
  | 'instrument'
  | 'figure'
  | 'incident';

export interface Party {
  role: 'actor' | 'counterpart' | 'beneficiary' | 'addressee' | 'subject';
  entity: string;
  name: string;
  found_by: 'name' | 'anaphora' | 'context';
}

export interface Statement {
  statement: number;
  type: StatementType;
  parties: Party[];
  themes: string[];
  topic: string;
  places: { entity: string; name: string }[];
  time: string; // EDTF
  modality: string;
  negated: boolean;
  status: string;
  instrument: string;
  value: string;
  unit: string;
  confidence: 'A' | 'B' | 'C';
  rule: string;
  review: { state: ReviewState; by: string; at: string; by_name?: string };
  citation: Citation;
}

export type MentionType = 'organization' | 'state' | 'place' | 'person' | 'date' | 'document' | 'amount';

export interface Mention {
  type: MentionType;
  ref: string;
  entities: string[];
  names?: string[];
  name: string;
  value: string;
  unit: string;
  title: string;
  nested: boolean;
  range: Range;
  raw_bytes: ByteRange[];
}

export interface Piece {
  range: Range;
  raw_bytes: ByteRange;
  verbatim: boolean;
}

export type ParagraphKind = 'title' | 'heading' | 'body' | 'item' | 'footnote' | 'table_row' | 'furniture';

export interface Paragraph {
  id: string;
  number: string;
  kind: ParagraphKind;
  section: number;
  text: string;
  raw?: string;
  section_begin?: number; // the byte of the whole raw text at which its section begins
  pieces: Piece[];
  mentions: Mention[];
  statements: Statement[];
}

export type Grade = 'safe' | 'uncertain' | 'flag';

export interface Edit {
  id?: string;
  rule: string;
  grade: Grade;
  kind: 'replace' | 'permute' | 'drop' | 'join' | 'move';
  raw_bytes: ByteRange;
  before: string;
  after: string;
  reason: string;
  undone?: boolean;
  by?: string;
  at?: string;
}

export interface Doubt {
  id?: string;
  rule: string;
  readings: { text: string; reason: string; taken: boolean }[];
  citation: Citation;
  chosen?: number | null;
  by?: string;
  at?: string;
}

export interface DocumentText {
  document: DocumentRow;
  paragraphs: Paragraph[];
  edits: Edit[];
  doubts: Doubt[];
  page: Page;
}

export type JobState = 'queued' | 'reading' | 'done' | 'known' | 'refused' | 'cancelled';

export interface Job {
  id: string;
  name: string;
  bytes: number;
  state: JobState;
  part: number; // 0 to 1
  message: string;
  document: string | null;
  created_at: string;
  handling?: Handling;
}

export interface Overview {
  counts: {
    documents: number;
    paragraphs: number;
    statements: number;
    proposed: number;
    confirmed: number;
    doubts: number;
    entries: number;
  };
  latest_documents: DocumentRow[];
  jobs: Job[];
  checkpoint: { size: number; at: string; key: string } | null;
  languages: { id: string; count?: number; documents?: number }[] | string[];
}

export type ReviewAction = 'confirm' | 'correct' | 'reject' | 'withdraw';

// A place that a stream of events reports.
export type ServerEvent =
  | { event: 'job'; data: Job | { job: Job } }
  | { event: 'record'; data: { entries: number } }
  | { event: 'session'; data: { ended: boolean } };
