/**
 * How rows pass from the database to the part writer: CSV by RFC 4180 with characters of its own, no header, null = an
 * unquoted empty field. JSON text never holds these two characters, so a body is copied as it is, where ordinary CSV
 * would double each of its quotes.
 */
export const rowFileFormat = { delimiter: '\u0002', quote: '\u0001' } as const;
