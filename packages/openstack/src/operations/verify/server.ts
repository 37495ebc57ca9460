/** A server as nova tells of it. */
export interface Server {
  readonly id: string;
  readonly name?: string;
  readonly status: string;
  /** Only of a server in ERROR. */
  readonly fault?: { readonly message?: string; readonly code?: number };
  readonly "OS-EXT-STS:task_state"?: string | null;
}

/** Nova's own reason for a server in ERROR: what the provider does not show. */
export const faultOf = ({ status, fault }: Server): string | undefined =>
  status === "ERROR" ? `it is in ERROR: ${fault?.message ?? "nova gives no reason"}` : undefined;
