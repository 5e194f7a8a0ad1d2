/**
 * The profile's templates over a group, with the defaults that a ticket says where a profile has none (P22, P38). Nothing here asks
 * ServiceNow but the queries by which a record is adopted.
 */
package io.ticketbridge.deliver.text;
