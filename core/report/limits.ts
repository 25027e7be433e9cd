/** How large a report file may be: far more than this program ever writes, and little enough to read at once. */
export const MOST_BYTES = 16 * 1024 * 1024;
