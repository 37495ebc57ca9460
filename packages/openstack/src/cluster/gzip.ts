import { gzipSync } from "fflate";

/**
 * Not Node's own: that one answers with other bytes on another processor or in another version, and user data that
 * differs is a new server.
 */
export const gzip = (data: Uint8Array): Buffer => Buffer.from(gzipSync(data, { level: 9, mtime: 0 }));
