package io.ticketbridge.deliver;

/**
 * A question for one record.
 *
 * @param column holds the value by which it is found
 * @param wanted the column whose value is asked for
 */
record LookUp(String table, String column, String value, String wanted) {}
